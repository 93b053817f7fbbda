"""R5 transfers and corrections, R6 closures by the system, R12 routing fallbacks: where inquiries went, and why."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from routing.labels import CAUSE, ROUTING_RULE

from ...models import ClosingReason
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
    names_of,
    over_time,
    sparkline,
    sums,
)
from .shapes import Answer, Chart, Column, Kind, Mark, Row, Table, Tile, Words, against_largest, share
from .volume import TOP

_MOVES = (Figure.TRANSFER, Figure.RETURN, Figure.CORRECTION, Figure.WRONG_TRIPLET)


def transfers(question: Question) -> Answer:
    """R5: transfers, returns under the same triplet, corrections, and closings with a triplet left wrong."""
    field = BREAKDOWNS[question.by][0]
    rows = by_breakdown(sums(question, _MOVES, field, "figure"))
    whole = {figure.value: sum(found.get(figure, NONE).count for found in rows.values()) for figure in _MOVES}
    before = along(sums(question.before, _MOVES, "figure", "day"), 0)
    by_day = sums(question, (Figure.TRANSFER, Figure.CORRECTION), "figure", "day")
    receivers = {int(key): amount for key, amount in sums(question, Figure.TRANSFER, "key").items()}
    names, teams = names_of(question.by, rows), names_of("team", receivers)
    ordered = sorted(rows.items(), key=lambda pair: -all_of(pair[1]).count)
    return Answer(
        tiles=[_moved(question, figure, words, note, whole, before, by_day) for figure, words, note in (
            (Figure.TRANSFER, _("Transfers"), _("from team to team, by an employee")),
            (Figure.RETURN, _("Returns without correction"), _("to a team that had it under the same triplet")),
            (Figure.CORRECTION, _("Triplet corrections"), ""),
            (Figure.WRONG_TRIPLET, _("Closed untreated, triplet wrong"), _("found wrong and not corrected")),
        )],
        charts=[
            Chart("bars", _("Teams that were given most"), against_largest([
                Mark(teams[key], amount.count)
                for key, amount in sorted(receivers.items(), key=lambda pair: -pair[1].count)[:TOP]
            ])),
            _over_weeks(question, by_day, Figure.TRANSFER, _("Transfers over time")),
        ],
        table=Table(
            [Column(BREAKDOWNS[question.by][1], Kind.TEXT), Column(_("Transfers")),
             Column(_("Returns without correction")), Column(_("Triplet corrections")),
             Column(_("Closed untreated, triplet wrong"))],
            [Row((names[key], *(found.get(figure, NONE).count for figure in _MOVES))) for key, found in ordered],
            [_("Total"), *whole.values()],
        ),
        note=_("A transfer is counted at the team that gave the inquiry away, on the day it did."),
    )  # fmt: skip


def system_closures(question: Question) -> Answer:
    """R6: what the system closed in the period, by reason."""
    by_day = sums(question, Figure.SYSTEM_CLOSURE, "key", "day")
    found, closings = along(by_day, 0), sums(question, Figure.CLOSED, "figure")
    before = all_of(sums(question.before, Figure.SYSTEM_CLOSURE, "figure")).count
    reasons: dict[str, Words] = dict(ClosingReason.objects.values_list("code", "name"))
    total = all_of(found).count
    marks = [
        Mark(reasons.get(str(key), str(key)), amount.count)
        for key, amount in sorted(found.items(), key=lambda pair: -pair[1].count)
    ]
    weeks = over_time(question, along(by_day, 1))
    return Answer(
        tiles=[
            Tile(_("Closed by the system"), total, change=change(total, before) if before else None, good="down",
                 points=sparkline([amount.count for _first, _last, amount in weeks])),
            Tile(_("Of all closings"), share(total, all_of(closings).count), Kind.PERCENT),
            *(Tile(mark.label, mark.value) for mark in marks[:2]),
        ],
        charts=[
            Chart("bars", _("By reason"), against_largest(marks)),
            _columns(_("Over time"), weeks),
        ],
        table=Table(
            [Column(_("Closing reason"), Kind.TEXT), Column(_("Closings")), Column(_("Share"), Kind.PERCENT)],
            [Row((mark.label, mark.value, share(float(str(mark.value)), total))) for mark in marks],
            [_("Total"), total, share(total, total)],
        ),
    )  # fmt: skip


def fallbacks(question: Question) -> Answer:
    """R12: what routing could give to nobody but the head team, by cause."""
    found, routed = sums(question, Figure.FALLBACK, "key"), sums(question, Figure.ROUTED, "key")
    subjects = sums(question, Figure.FALLBACK, "triplet")
    before = all_of(sums(question.before, Figure.FALLBACK, "figure")).count
    total, decisions = all_of(found).count, all_of(routed).count
    causes: dict[str, Words] = {code.value: words for code, words in CAUSE.items()}
    rules: dict[str, Words] = dict(ROUTING_RULE)
    names = names_of("triplet", subjects)
    return Answer(
        tiles=[
            Tile(_("Fallbacks"), total, change=change(total, before) if before else None, good="down"),
            Tile(_("Of all routings"), share(total, decisions), Kind.PERCENT),
            Tile(_("Routed"), decisions),
        ],
        charts=[
            Chart("bars", _("By cause"), _largest_first(found, causes)),
            Chart("bars", _("Triplets that fell back"), against_largest([
                Mark(names[key], amount.count)
                for key, amount in sorted(subjects.items(), key=lambda pair: -pair[1].count)[:TOP]
            ])),
            Chart("bars", _("Rules that decided"), _largest_first(routed, rules), wide=True),
        ],
        table=Table(
            [Column(_("Cause"), Kind.TEXT), Column(_("Inquiries")), Column(_("Share"), Kind.PERCENT)],
            [
                Row((causes.get(key, key), amount.count, share(amount.count, total)))
                for key, amount in sorted(found.items(), key=lambda pair: -pair[1].count)
            ],
            [_("Total"), total, share(total, total)],
        ),
    )  # fmt: skip


def _moved(
    question: Question, figure: Figure, words: Words, note: Words, whole: dict[str, int], before: Sums, by_day: Sums
) -> Tile:
    days = {day: amount for (of, day), amount in by_day.items() if of == figure}
    points = sparkline([amount.count for _first, _last, amount in over_time(question, days)]) if days else ""
    changed = change(whole[figure], before.get(figure, NONE).count) if before else None
    return Tile(words, whole[figure], note=note, change=changed, good="down", points=points)


def _largest_first(found: Sums, words: dict[str, Words]) -> list[Mark]:
    ordered = sorted(found.items(), key=lambda pair: -pair[1].count)
    return against_largest([Mark(words.get(str(key), str(key)), amount.count) for key, amount in ordered])


def _over_weeks(question: Question, by_day: Sums, figure: Figure, title: Words) -> Chart:
    days = {day: amount for (of, day), amount in by_day.items() if of == figure}
    return _columns(title, over_time(question, days))


def _columns(title: Words, weeks: list[tuple[Any, Any, Any]]) -> Chart:
    return Chart(
        "columns", title, against_largest([Mark("", amount.count, day=first) for first, _last, amount in weeks])
    )
