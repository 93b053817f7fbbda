"""R1 volume, R3 office statistics, R4 population: how many inquiries were opened, and how they stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm_portal.people.labels import CUSTOMER_KIND

from ... import labels
from ...rules.codes import ACTIVE, CLOSED, Status
from ...rules.figures import Figure
from .question import Question
from .reading import (
    BREAKDOWNS,
    NONE,
    Sums,
    all_of,
    along,
    by_breakdown,
    change,
    filters_of,
    in_period,
    names_of,
    of_keys,
    over_time,
    sparkline,
    sums,
)
from .shapes import (
    Answer,
    Cell,
    Chart,
    Column,
    Kind,
    Mark,
    Row,
    Table,
    Tile,
    Words,
    against_largest,
    as_shares,
    share,
)

TOP = 8  # bars of a chart; the table has all
STATUS_WORDS: Mapping[str, Words] = dict(labels.STATUS)
_ACTIVE = [status.value for status in Status if status in ACTIVE]
_CLOSED = [status.value for status in Status if status in CLOSED]
_WAITING = Status.WAITING_CUSTOMER.value
_TREATED = [status for status in _ACTIVE if status != _WAITING]
HANDLED = [_WAITING, *_CLOSED]  # 6.3: in the office statistics who waits for his customer has handled
HOURS = range(7, 20)
FILE_TYPES: Mapping[str, Words] = {
    "": _("No file in the tax system"),
    "91": _("91 - tax refunds of employees"),
    "10": _("10 - closed self-employed, no balance"),
    "95": _("95 - rent tax, or no file"),
}


def volume(question: Question) -> Answer:
    """R1: what was opened in the period, by its present status, triplet and channel."""
    rows = by_breakdown(sums(question, Figure.OPENED, BREAKDOWNS[question.by][0], "key"))
    by_status = {key: of_keys_of(rows, key) for key in [*_ACTIVE, *_CLOSED]}
    opened = sum(by_status.values())
    in_and_out = sums(question, (Figure.OPENED, Figure.CLOSED), "figure", "day")
    before = all_of(sums(question.before, Figure.OPENED, "figure")).count
    topics = sums(question, Figure.OPENED, "triplet")
    channels = sums(question, Figure.OPENED, "channel")
    came = over_time(question, {day: amount for (figure, day), amount in in_and_out.items() if figure == "opened"})
    went = over_time(question, {day: amount for (figure, day), amount in in_and_out.items() if figure == "closed"})
    closings = sum(amount.count for _first, _last, amount in went)
    shown = [status for status in by_status if by_status[status]]
    return Answer(
        tiles=[
            Tile(
                _("Opened in the period"), opened, change=change(opened, before if before else None),
                points=sparkline([amount.count for _first, _last, amount in came]), filters={},
            ),
            Tile(_("Active now"), sum(by_status[key] for key in _ACTIVE), note=_("of those opened in the period")),
            Tile(
                _("Closed"), sum(by_status[key] for key in _CLOSED), note=_("of those opened in the period"),
                points=sparkline([amount.count for _first, _last, amount in went]),
            ),
            Tile(_("Closings in the period"), closings, note=_("whenever they were opened; each closing counts")),
        ],
        charts=[
            _statuses(by_status),
            _flow(question, came, went),
            _bars(_("Channels"), "channel", channels),
            _bars(_("Triplets most asked about"), "triplet", topics, wide=True),
            _arrivals(question),
        ],
        table=_broken_down(question, rows, [(STATUS_WORDS[key], [key]) for key in shown]),
    )  # fmt: skip


def offices(question: Question) -> Answer:
    """R3: waiting for the customer counts as handled (CRM-6.3-b)."""
    rows = by_breakdown(sums(question, Figure.OPENED, BREAKDOWNS[question.by][0], "key"))
    waiting, treated = of_keys_of(rows, _WAITING), sum(of_keys_of(rows, key) for key in _TREATED)
    closed = sum(of_keys_of(rows, key) for key in _CLOSED)
    opened, handled = waiting + treated + closed, waiting + closed
    before = along(sums(question.before, Figure.OPENED, "figure", "key"), 1)
    handled_before = share(of_keys(before, HANDLED).count, all_of(before).count)
    by_day = sums(question, Figure.OPENED, "day", "key")
    came = over_time(question, along(by_day, 0))
    done = over_time(question, along({key: amount for key, amount in by_day.items() if key[1] in HANDLED}, 0))
    names = names_of(question.by, rows)
    marks = [
        Mark(
            names.get(key, key), share(of_keys(found, HANDLED).count, all_of(found).count),
            size=share(of_keys(found, HANDLED).count, all_of(found).count) or 0, filters=filters_of(question.by, key),
        )
        for key, found in rows.items()
    ]  # fmt: skip
    return Answer(
        tiles=[
            Tile(
                _("Handled"), share(handled, opened), Kind.PERCENT, _("closed, or waiting for the customer"),
                change(share(handled, opened), handled_before), "up",
                sparkline([share(d[2].count, c[2].count) or 0 for c, d in zip(came, done, strict=True) if c[2].count]),
            ),
            Tile(_("Inquiries"), opened, points=sparkline([amount.count for _f, _l, amount in came]), filters={}),
            Tile(_("Waiting for the customer"), waiting, filters={"status": _WAITING}),
            Tile(_("Still to be handled"), treated),
        ],
        charts=[
            Chart(
                "stack", _("How what was opened stands"),
                as_shares([
                    Mark(_("Closed"), closed, look="done"),
                    Mark(_("Waiting for the customer"), waiting, look="waiting", filters={"status": _WAITING}),
                    Mark(_("Still to be handled"), treated, look="work"),
                ]),
            ),
            Chart(
                "bars", _("Share handled"), sorted(marks, key=lambda mark: -mark.size)[: 2 * TOP], Kind.PERCENT,
                note=_("Waiting for the customer counts as handled."),
            ),
        ],
        table=_broken_down(
            question, rows,
            [(_("Handled"), HANDLED), (_("of those closed"), _CLOSED), (_("of those waiting"), [_WAITING]),
             (_("Still to be handled"), _TREATED)],
            of=HANDLED,
        ),
    )  # fmt: skip


def population(question: Question) -> Answer:
    """R4: who asks - kind of customer, himself or by a representative, and with what file."""
    segments: Sequence[tuple[Figure, Words, Mapping[str, Words]]] = (
        (Figure.CUSTOMER_KIND, _("Kind of customer"), {"": _("Without a customer file"), **dict(CUSTOMER_KIND)}),
        (Figure.INQUIRER, _("Who opened"), dict(labels.INQUIRER)),
        (Figure.FILE_TYPE, _("Type of file"), FILE_TYPES),
    )
    found = sums(question, [figure for figure, _title, _words in segments], "figure", "key")
    before = sums(question.before, Figure.INQUIRER, "key")
    opened = all_of(along({k: v for k, v in found.items() if k[0] == Figure.INQUIRER}, 1)).count
    rows, charts = [], []
    for figure, title, words in segments:
        counts = along({key: amount for key, amount in found.items() if key[0] == figure}, 1)
        ordered = sorted(counts.items(), key=lambda pair: -pair[1].count)
        marks = [Mark(words.get(key, _file_type(key)), amount.count) for key, amount in ordered]
        charts.append(Chart("bars", title, against_largest(marks)))
        rows += [Row((title, mark.label, mark.value, share(float(str(mark.value)), opened))) for mark in marks]
    by_representative = of_keys(along(found, 1), ["representative", "own_name"]).count
    was = share(of_keys(before, ["representative", "own_name"]).count, all_of(before).count)
    now = share(by_representative, opened)
    return Answer(
        tiles=[
            Tile(_("Inquiries"), opened, filters={}),
            Tile(_("By representatives"), now, Kind.PERCENT, change=change(now, was)),
            Tile(_("Companies"), found.get((Figure.CUSTOMER_KIND.value, "company"), NONE).count),
            Tile(_("Without a file in the tax system"), found.get((Figure.FILE_TYPE.value, ""), NONE).count),
        ],
        charts=charts,
        table=Table(
            [Column(_("Segmentation"), Kind.TEXT), Column(_("Group"), Kind.TEXT), Column(_("Inquiries")),
             Column(_("Share"), Kind.PERCENT)],
            rows,
        ),
    )  # fmt: skip


def of_keys_of(rows: Mapping[Any, Sums], key: str) -> int:
    """How many of this key all rows have together."""
    return sum(found.get(key, NONE).count for found in rows.values())


def _file_type(key: str) -> str:
    return str(FILE_TYPES.get(key, key))


def _broken_down(
    question: Question, rows: Mapping[Any, Sums], groups: Sequence[tuple[Words, Sequence[str]]], *,
    of: Sequence[str] = (),
) -> Table:  # fmt: skip
    """One row for each triplet, unit, ...; its inquiries, groups of them, and the share of one group."""
    names = names_of(question.by, rows)
    whole = sum(all_of(found).count for found in rows.values())
    made = []
    for key, found in sorted(rows.items(), key=lambda pair: -all_of(pair[1]).count):
        count = all_of(found).count
        last = share(of_keys(found, of).count, count) if of else share(count, whole)
        cells: list[Cell] = [names.get(key, key), count]
        cells += [of_keys(found, keys).count for _words, keys in groups]
        made.append(Row([*cells, last], filters_of(question.by, key)))
    totals = [sum(of_keys_of(rows, key) for key in keys) for _words, keys in groups]
    handled = share(sum(of_keys_of(rows, key) for key in of), whole) if of else share(whole, whole)
    return Table(
        [
            Column(BREAKDOWNS[question.by][1], Kind.TEXT), Column(_("Inquiries")),
            *(Column(words) for words, _keys in groups),
            Column(_("Share handled") if of else _("Share"), Kind.PERCENT),
        ],
        made,
        [_("Total"), whole, *totals, handled],
    )  # fmt: skip


def _statuses(by_status: Mapping[str, int]) -> Chart:
    marks = [
        Mark(STATUS_WORDS[key], count, look=labels.STATUS_LOOK[key], filters={"status": key})
        for key, count in by_status.items()
    ]
    return Chart("stack", _("Present status"), as_shares(marks))


def _flow(question: Question, came: Sequence[Any], went: Sequence[Any]) -> Chart:
    def marks(rows: Sequence[Any], *, opened: bool) -> list[Mark]:
        return [
            Mark("", amount.count, filters=in_period(first, last) if opened else None, day=first)
            for first, last, amount in rows
        ]

    both = against_largest([*marks(came, opened=True), *marks(went, opened=False)])
    return Chart("flow", _("In and out"), both[: len(came)], against=both[len(came) :])


def _bars(title: Words, breakdown: str, found: Sums, *, wide: bool = False) -> Chart:
    names = names_of(breakdown, found)
    ordered = sorted(found.items(), key=lambda pair: -pair[1].count)[:TOP]
    return Chart(
        "bars", title,
        against_largest([
            Mark(names.get(key, str(key)), amount.count, filters=filters_of(breakdown, key)) for key, amount in ordered
        ]),
        wide=wide,
    )  # fmt: skip


def _arrivals(question: Question) -> Chart:
    """When people turn to us: day of the week (Sunday is 1) and hour."""
    found = sums(question, Figure.ARRIVAL, "key")
    cells = {(day, hour): found.get(f"{day}-{hour}", NONE).count for day in range(1, 8) for hour in HOURS}
    most = max(cells.values(), default=0) or 1
    rows = [
        (
            WEEKDAYS[(day + 5) % 7],
            [
                Mark(
                    f"{hour}:00",
                    cells[day, hour],
                    size=_heat(cells[day, hour], most),
                    filters={"opened_weekday": str(day), "opened_hour": str(hour)},
                )
                for hour in HOURS
            ],
        )
        for day in range(1, 8)
    ]
    outside = all_of(found).count - sum(cells.values())
    return Chart(
        "heat", _("When people turn to us"), (), rows=rows, heads=[str(hour) for hour in HOURS], wide=True,
        note=ngettext("One more came at another hour.", "%(n)s more came at other hours.", outside) % {"n": outside}
        if outside
        else "",
    )  # fmt: skip


def _heat(count: int, most: int) -> int:
    """A shade from 0 to 5."""
    return 0 if not count else 1 + round(4 * count / most)
