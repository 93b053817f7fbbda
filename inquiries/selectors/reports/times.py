"""R2 net times and breaches, R10 dwell: how long it took in business time (CRM-2.1.7-d, CRM-2.1.7-f)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured

from ...rules.clock import Indicator
from ...rules.figures import Figure
from .question import Question
from .reading import (
    BREAKDOWNS,
    NONE,
    Amount,
    Sums,
    all_of,
    along,
    by_breakdown,
    change,
    filters_of,
    names_of,
    of_keys,
    over_time,
    sparkline,
    sums,
)
from .shapes import Answer, Chart, Column, Kind, Mark, Row, Table, Tile, against_largest, as_shares, average, share
from .volume import TOP

WITHIN, NEAR, OVER = (indicator.value for indicator in Indicator)
KEPT = (WITHIN, NEAR)
WITH_TARGET = (WITHIN, NEAR, OVER)


def targets(question: Question) -> Answer:
    """R2: what was opened in the period, its net time, and how it stands against its target."""
    rows = by_breakdown(sums(question, Figure.NET_TIME, BREAKDOWNS[question.by][0], "key"))
    whole = _together(rows)
    teams = by_breakdown(sums(question, Figure.NET_TIME, "team", "key"))
    before = sums(question.before, Figure.NET_TIME, "key")
    by_day = sums(question, Figure.NET_TIME, "day", "key")
    kept, kept_before = _compliance(whole), _compliance(before)
    took, took_before = _average(all_of(whole)), _average(all_of(before))
    over, over_before = whole.get(OVER, NONE).count, before.get(OVER, NONE).count
    weeks = [found for found in _weekly(question, by_day) if all_of(found).count]
    return Answer(
        tiles=[
            Tile(_("Within the SLA"), kept, Kind.PERCENT, _("of those with a target"), change(kept, kept_before), "up",
                 sparkline([part for week in weeks if (part := _compliance(week)) is not None])),
            Tile(_("Past the target"), over, change=change(over, over_before) if before else None, good="down",
                 points=sparkline([week.get(OVER, NONE).count for week in weeks])),
            Tile(_("Average net time"), took, Kind.TIME, change=change(took, took_before), good="down",
                 points=sparkline([_average(all_of(week)) or 0 for week in weeks])),
            Tile(_("Near the target"), whole.get(NEAR, NONE).count, note=_("active, the clock runs")),
        ],
        charts=[
            _by_team(teams),
            Chart("stack", _("Against the target"), as_shares([
                Mark(_("Within the target"), whole.get(WITHIN, NONE).count, look="done"),
                Mark(_("Near the target"), whole.get(NEAR, NONE).count, look="waiting"),
                Mark(_("Past the target"), whole.get(OVER, NONE).count, look="rejected"),
                Mark(_("Without a target"), whole.get("", NONE).count, look="team"),
            ])),
            _longest(question, rows),
        ],
        table=_table(question, rows, whole),
        note=_("Net time: business time without waiting for the customer, being closed, and files not yet loaded."),
    )  # fmt: skip


def dwell(question: Question) -> Answer:
    """R10: how long teams and employees had what was opened in the period, all their periods added up."""
    teams = sums(question, Figure.DWELL, "team")
    people = sums(question, Figure.DWELL_EMPLOYEE, "team", "key")
    before = all_of(sums(question.before, Figure.DWELL, "figure"))
    team_names = names_of("team", teams)
    names = names_of("employee", {key for _team, key in people})
    rows: list[Row] = []
    for team, amount in sorted(teams.items(), key=lambda pair: -pair[1].total):
        held = {key: found for (of, key), found in people.items() if of == team}
        rows.append(Row((team_names[team], _("The whole team"), *_dwelt(amount))))
        for key, found in sorted(held.items(), key=lambda pair: -pair[1].total):
            rows.append(Row((team_names[team], names.get(int(key), key), *_dwelt(found)), is_part=True))
        queue = amount.total - sum(found.total for found in held.values())
        rows.append(Row((team_names[team], _("In the queue"), None, queue, None), is_part=True))
    total = all_of(teams)
    employees = along(people, 1)
    return Answer(
        tiles=[
            Tile(_("Business time with teams"), total.total, Kind.TIME),
            Tile(_("Average in a team"), _average(total), Kind.TIME, _("for each inquiry it had"),
                 change(_average(total), _average(before)), "down"),
            Tile(_("With employees"), share(all_of(employees).total, total.total), Kind.PERCENT),
            Tile(_("In queues"), share(total.total - all_of(employees).total, total.total), Kind.PERCENT,
                 _("assigned to nobody")),
        ],
        charts=[
            Chart("bars", _("Average dwell by team"), _longest_first(
                [(team_names[team], amount, None) for team, amount in teams.items()]
            ), Kind.TIME),
            Chart("bars", _("Average dwell by employee"), _longest_first(
                [(names.get(int(key), key), amount, None) for key, amount in employees.items()]
            ), Kind.TIME),
        ],
        table=Table(
            [Column(_("Handling team"), Kind.TEXT), Column(_("Employee"), Kind.TEXT), Column(_("Inquiries")),
             Column(_("Business time"), Kind.TIME), Column(_("Average"), Kind.TIME)],
            rows,
            [_("Total"), "", *_dwelt(total)],
        ),
        note=_("The time of an employee is part of the time of the team for which he held the inquiry."),
    )  # fmt: skip


def _together(rows: dict[Any, Sums]) -> Sums:
    keys = {key for found in rows.values() for key in found}
    return {key: sum((found.get(key, NONE) for found in rows.values()), NONE) for key in keys}


def _weekly(question: Question, by_day: Sums) -> list[Sums]:
    of_key = {key: along({k: v for k, v in by_day.items() if k[1] == key}, 0) for key in {k[1] for k in by_day}}
    along_time = {key: over_time(question, found) for key, found in of_key.items()}
    weeks = over_time(question, {})
    return [{key: found[place][2] for key, found in along_time.items()} for place in range(len(weeks))]


def _compliance(found: Sums) -> float | None:
    return share(of_keys(found, KEPT).count, of_keys(found, WITH_TARGET).count)


def _average(amount: Amount) -> float | None:
    return average(amount.total, amount.count)


def _dwelt(amount: Amount) -> tuple[int, int, float | None]:
    return amount.count, amount.total, _average(amount)


def _by_team(teams: dict[Any, Sums]) -> Chart:
    names, line = names_of("team", teams), configured(options.SLA_TARGET_PERCENT)
    marks = []
    for team, found in teams.items():
        kept = _compliance(found)
        if kept is not None:
            tone = "" if kept >= line else "warn" if kept >= line - 10 else "bad"
            marks.append(Mark(names[team], kept, kept, look=tone, filters=filters_of("team", team)))
    marks.sort(key=lambda mark: -mark.size)
    return Chart(
        "bars", _("Within the SLA, by team"), marks[: 2 * TOP], Kind.PERCENT, target=float(line),
        note=_("The upright line is the aim, %(n)s%%. Time with the customer does not count.") % {"n": line},
    )  # fmt: skip


def _longest(question: Question, rows: dict[Any, Sums]) -> Chart:
    names = names_of(question.by, rows)
    found = [(names[key], all_of(amounts), filters_of(question.by, key)) for key, amounts in rows.items()]
    return Chart("bars", _("Longest average net time"), _longest_first(found), Kind.TIME, wide=True)


def _longest_first(found: list[tuple[Any, Amount, dict[str, str] | None]]) -> list[Mark]:
    marks = [Mark(name, _average(amount), filters=filters) for name, amount, filters in found if amount.count]
    return against_largest(sorted(marks, key=lambda mark: -float(str(mark.value)))[:TOP])


def _table(question: Question, rows: dict[Any, Sums], whole: Sums) -> Table:
    names = names_of(question.by, rows)
    ordered = sorted(rows.items(), key=lambda pair: (-pair[1].get(OVER, NONE).count, -all_of(pair[1]).count))
    figures = (
        (_("Inquiries"), Kind.NUMBER),
        (_("Average net time"), Kind.TIME),
        (_("With a target"), Kind.NUMBER),
        (_("Within the target"), Kind.NUMBER),
        (_("Near the target"), Kind.NUMBER),
        (_("Past the target"), Kind.NUMBER),
        (_("Within the SLA"), Kind.PERCENT),
    )
    return Table(
        [Column(BREAKDOWNS[question.by][1], Kind.TEXT), *(Column(words, kind) for words, kind in figures)],
        [Row((names[key], *_line(found)), filters_of(question.by, key)) for key, found in ordered],
        [_("Total"), *_line(whole)],
    )


def _line(found: Sums) -> tuple[Any, ...]:
    return (
        all_of(found).count, _average(all_of(found)), of_keys(found, WITH_TARGET).count,
        found.get(WITHIN, NONE).count, found.get(NEAR, NONE).count, found.get(OVER, NONE).count, _compliance(found),
    )  # fmt: skip
