"""Charts as shapes: where each bar, column and point stands, in the words and with the link of its segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import labels
from ..forms.filters import AGE
from ..rules.codes import Status
from ..selectors.ages import AGES
from ..selectors.named_charts import Chart, ChartData, Params, Segment

BASE, TOP = 214.0, 18.0  # of a chart 236 high, with room for the words below and the figure above
GAP = 1.4  # between the segments of a column
LATE_AFTER = 4  # the columns of the age chart from which on the usual target of ten days is passed
TICKS = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark. Its `words` are spoken, and stand in the table; `url` is empty where there is nothing to open."""

    words: str
    count: int
    url: str = ""
    look: str = ""  # the style sheet's name of its colour
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    x: float
    words: str
    total: int = 0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One series over time: its points as SVG wants them."""

    name: str
    look: str
    points: str
    shapes: Sequence[Shape]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to be drawn, with the list behind it."""

    key: str
    label: str
    kind: str  # rows, columns or lines
    total: int
    url: str
    shapes: Sequence[Shape] = ()
    axis: Sequence[Axis] = ()
    legend: Sequence[tuple[str, str]] = ()  # look and words
    grid: Sequence[tuple[float, int]] = ()
    lines: Sequence[Line] = field(default_factory=list)
    rest: int = 0  # what no segment shows
    is_stock: bool = False  # of what is open now, whatever the period


def address(view: str, params: Params) -> str:
    """The full view with these filters; nothing for whoever has no view."""
    return f"{reverse('inquiries:view', args=[view])}?{urlencode(params, doseq=True)}" if view else ""


def draw(chart: Chart, data: ChartData, view: str) -> Drawing:
    """The chart as shapes; `view` is where its records are shown."""
    common: dict[str, Any] = {
        "key": chart.key, "label": str(chart.label), "kind": chart.shape, "total": data.total,
        "url": address(view, data.params), "is_stock": chart.key in ("age", "employee"),
        "rest": sum(segment.count for segment in data.segments if segment.params is None),
    }  # fmt: skip
    shown = [segment for segment in data.segments if segment.params is not None]
    if chart.shape == "rows":
        return Drawing(**common, shapes=_rows(shown, data, view))
    return _columns(common, shown, view) if chart.shape == "columns" else _lines(common, shown, data, view)


def _name(code: str, names: Mapping[str, str]) -> str:
    return str(names.get(code) or dict(labels.STATUS).get(code) or code)


def _spoken(words: str, count: int) -> str:
    spoken = ngettext("%(words)s: one inquiry", "%(words)s: %(n)s inquiries", count)
    return spoken % {"words": words, "n": count}


def _rows(segments: Sequence[Segment], data: ChartData, view: str) -> list[Shape]:
    largest = max((segment.count for segment in segments), default=0) or 1
    return [
        Shape(
            words=_spoken(name := _name(segment.series, data.names), segment.count),
            count=segment.count,
            url=address(view, segment.params or {}),
            look=labels.STATUS_LOOK.get(segment.series, ""),
            width=round(100 * segment.count / largest, 2),
            label=name,
        )
        for segment in segments
    ]


def _columns(common: dict[str, Any], segments: Sequence[Segment], view: str) -> Drawing:
    totals = {key: sum(one.count for one in segments if one.place == key) for key in AGES}
    scale = (BASE - TOP) / _ceiling(max(totals.values()))
    step, ages, shapes, axis = 100 / len(AGES), dict(AGE), [], []
    for place, key in enumerate(AGES):
        y = BASE
        for segment in segments:
            if segment.place != key:
                continue
            height = segment.count * scale
            words = f"{ages[key]}, {_name(segment.series, {})}"
            y -= height
            shapes.append(
                Shape(
                    _spoken(words, segment.count), segment.count, address(view, segment.params or {}),
                    labels.STATUS_LOOK[segment.series], round(place * step + step * 0.24, 2), round(y, 1),
                    round(step * 0.52, 2), round(max(height - GAP, 1), 1), words,
                )
            )  # fmt: skip
        axis.append(Axis(round((place + 0.5) * step, 2), str(ages[key]), totals[key], round(y - 6, 1)))
    used = {segment.series for segment in segments}
    legend = [(labels.STATUS_LOOK[status], _name(status, {})) for status in Status if status in used]
    return Drawing(**common, shapes=shapes, axis=axis, legend=legend, grid=_grid(max(totals.values()), scale))


def _lines(common: dict[str, Any], segments: Sequence[Segment], data: ChartData, view: str) -> Drawing:
    places = list(dict.fromkeys(segment.place for segment in segments))
    highest = max((segment.count for segment in segments), default=0)
    scale = (BASE - TOP) / _ceiling(highest)
    at = {key: round(100 * (place + 0.5) / len(places), 2) for place, key in enumerate(places)}
    lines = []
    for number, series in enumerate(dict.fromkeys(segment.series for segment in segments), start=1):
        name, shapes = _name(series, data.names), []
        for segment in segments:
            if segment.series == series:
                words = f"{_day(segment.place, data.step)}, {name}"
                shapes.append(
                    Shape(
                        _spoken(words, segment.count), segment.count, address(view, segment.params or {}), str(number),
                        at[segment.place], round(BASE - segment.count * scale, 1), label=words,
                    )
                )  # fmt: skip
        points = " ".join(f"{shape.x},{shape.y}" for shape in shapes)
        lines.append(Line(name, str(number), points, shapes))
    every = max(1, -(-len(places) // TICKS))
    axis = [Axis(at[key], _day(key, data.step)) for key in places[::-1][::every]]
    return Drawing(**common, lines=lines, axis=axis, grid=_grid(highest, scale))


def _day(iso: str, step: str) -> str:
    day = date.fromisoformat(iso)
    return date_format(day, "m.Y") if step == "month" else date_format(day, "d.m")


def _ceiling(highest: int) -> int:
    """The top of the scale: a round figure not below the highest."""
    size = int("1" + "0" * (len(str(highest)) - 1))
    return max(4, -(-highest // size) * size)


def _grid(highest: int, scale: float) -> list[tuple[float, int]]:
    """Three lines behind the marks, each with its figure."""
    ceiling = _ceiling(highest)
    step = max(1, ceiling // 4)
    return [(round(BASE - value * scale, 1), value) for value in range(step, ceiling, step)][:4]


def spark(values: Sequence[int]) -> str:
    """A sparkline's points in a field of 100 by 32."""
    if len(values) < 2:
        return ""
    least, most = min(values), max(values)
    span = (most - least) or 1
    step = 100 / (len(values) - 1)
    return " ".join(f"{place * step:.1f},{28 - 24 * (value - least) / span:.1f}" for place, value in enumerate(values))


def title_of(key: str) -> str:
    """The words of a matter that needs attention."""
    return str(
        {
            "mine_over": _("Mine, past their target"),
            "mine_soon": _("Mine, near their target"),
            "mine_unread": _("Mine, with messages I have not read"),
            "queue_over": _("Waiting for my team, past their target"),
            "queue_unread": _("Waiting for my team, with unread messages"),
            "over_unheld": _("Past their target and held by nobody"),
            "due_today": _("Their target is today"),
            "absent": _("Held by employees who are away"),
            "many_messages": _("Many messages: a phone call helps more"),
            "head_fallback": _("In the queue because routing found no team"),
            "head_over": _("In the head team's queue, past their target"),
            "all_over": _("Past their target"),
            "all_unheld": _("Held by no employee"),
            "all_fallback": _("Active, sent to the head team by routing"),
        }[key]
    )
