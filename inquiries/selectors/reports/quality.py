"""R7 daily follow-up, R8 quality and time to answer, R9 many correspondences, R11 use of templates."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Sum
from django.utils.translation import gettext_lazy as _

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.ui.figures import day as day_in_words
from routing.models import Team

from ...models import DailyFollowUp, QualityReview, ResponseTemplate
from ...models.supervision import GRADES
from ...rules.figures import MANY_AT_MOST, Figure
from ..moments import Moment, midnight
from .question import Question, teams_in_reach
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
    over_time,
    sparkline,
    sums,
)
from .shapes import Answer, Cell, Chart, Column, Kind, Mark, Row, Table, Tile, Words, against_largest, average, share
from .volume import TOP

DAYS_SHOWN = 12


def follow_up(question: Question, now: Moment) -> Answer:
    """R7: the working days on which each team's follow-up was confirmed, and those on which it was not (3.4-g)."""
    teams = Team.objects.active().select_related("unit").filter(teams_in_reach(question))
    begun = dict(DailyFollowUp.objects.filter(team__in=teams).values_list("team").annotate(Min("day")).order_by())
    kept: dict[int, set[date]] = {}
    rows = DailyFollowUp.objects.filter(team__in=teams, day__range=(question.since, question.until))
    for team_id, day in rows.filter(confirmed_at__isnull=False).values_list("team", "day"):
        kept.setdefault(team_id, set()).add(day)
    working = [
        day for day in _days(question.since, min(question.until, now.today)) if now.authority.is_business_day(day)
    ]
    lines: list[Row] = []
    strips: list[tuple[Words, list[Mark]]] = []
    done = due = 0
    for team in teams:
        if team.pk not in begun:  # the list was never sent to it: there is nothing to confirm
            continue
        days = [day for day in working if day >= begun[team.pk]]
        confirmed = [day for day in days if day in kept.get(team.pk, ())]
        done, due = done + len(confirmed), due + len(days)
        last = max(confirmed, default=None)
        lines.append(
            Row(
                (
                    str(team),
                    len(days),
                    len(confirmed),
                    len(days) - len(confirmed),
                    share(len(confirmed), len(days)),
                    last,
                )
            )
        )
        strips.append(
            (team.name, [_performed(day, begun[team.pk], kept.get(team.pk, set())) for day in working[-DAYS_SHOWN:]])
        )
    lines.sort(key=lambda row: -float(str(row.cells[3])))
    heads = [day_in_words(day)[:5] for day in working[-DAYS_SHOWN:]]
    return Answer(
        tiles=[
            Tile(_("Follow-up performed"), share(done, due), Kind.PERCENT, _("of working days")),
            Tile(_("Days without confirmation"), due - done),
            Tile(_("Teams that are followed up"), len(lines)),
        ],
        charts=[Chart("strip", _("The last working days"), (), rows=strips, heads=heads, wide=True)] if strips else [],
        table=Table(
            [Column(_("Handling team"), Kind.TEXT), Column(_("Working days")), Column(_("Confirmed")),
             Column(_("Not confirmed")), Column(_("Performed"), Kind.PERCENT), Column(_("Last confirmed"), Kind.DAY)],
            lines,
            [_("Total"), due, done, due - done, share(done, due), None],
        ),
        note=_("Counted from the first day on which the list was sent to the team, and up to today."),
    )  # fmt: skip


def answers(question: Question) -> Answer:
    """R8: the time to the first and to each answer, and the grades managers gave (CRM-2-c)."""
    field = BREAKDOWNS[question.by][0]
    rows = by_breakdown(sums(question, (Figure.FIRST_ANSWER, Figure.ANSWER), field, "figure"))
    graded = _grades(question, f"inquiry__measures__{field}")
    by_day = sums(question, Figure.FIRST_ANSWER, "day")
    before = along(sums(question.before, (Figure.FIRST_ANSWER, Figure.ANSWER), "figure", "day"), 0)
    first = sum((found.get(Figure.FIRST_ANSWER, NONE) for found in rows.values()), NONE)
    every = sum((found.get(Figure.ANSWER, NONE) for found in rows.values()), NONE)
    grades = along(graded, 1)
    given = all_of(grades)
    keys = {*rows, *(key for key, _grade in graded)}
    names = names_of(question.by, keys)
    lines = [
        (key, _answered(rows.get(key, {})), all_of({k: v for k, v in graded.items() if k[0] == key})) for key in keys
    ]
    lines.sort(key=lambda line: -line[1][0])
    took = [amount.total / amount.count for _f, _l, amount in over_time(question, by_day) if amount.count]
    return Answer(
        tiles=[
            Tile(_("To the first answer"), average(first.total, first.count), Kind.TIME, _("business time, on average"),
                 change(average(first.total, first.count), _average(before, Figure.FIRST_ANSWER)), "down",
                 sparkline(took)),
            Tile(_("To each answer"), average(every.total, every.count), Kind.TIME, _("business time, on average"),
                 change(average(every.total, every.count), _average(before, Figure.ANSWER)), "down"),
            Tile(_("Answers given"), every.count),
            Tile(_("Average grade"), average(given.total, given.count), Kind.GRADE,
                 _("%(n)s answers were graded") % {"n": given.count}),
        ],
        charts=[
            Chart("bars", _("To the first answer, on average"), _slowest(rows, names), Kind.TIME),
            Chart("columns", _("Grades"), against_largest([
                Mark(str(grade), grades.get(grade, NONE).count) for grade, _words in GRADES
            ]), note=_("1 is poor, 5 is excellent.")),
        ],
        table=Table(
            [Column(BREAKDOWNS[question.by][1], Kind.TEXT), Column(_("Answers given")),
             Column(_("To the first answer"), Kind.TIME), Column(_("To each answer"), Kind.TIME),
             Column(_("Grades")), Column(_("Average grade"), Kind.GRADE)],
            [Row((names[key], *said, marks.count, average(marks.total, marks.count)))
             for key, said, marks in lines],
            [_("Total"), every.count, average(first.total, first.count), average(every.total, every.count),
             given.count, average(given.total, given.count)],
        ),
    )  # fmt: skip


def correspondence(question: Question) -> Answer:
    """R9: how much customers write, and the inquiries on which they wrote many times (CRM-6.7-a)."""
    threshold = configured(options.MANY_MESSAGES_THRESHOLD)
    many = [str(n) for n in range(min(threshold, MANY_AT_MOST), MANY_AT_MOST + 1)]
    rows = by_breakdown(sums(question, Figure.MESSAGES, BREAKDOWNS[question.by][0], "key"))
    names = names_of(question.by, rows)
    by_number = {str(n): sum(found.get(str(n), NONE).count for found in rows.values()) for n in range(MANY_AT_MOST + 1)}
    before = sums(question.before, Figure.MESSAGES, "key")
    opened, written = sum(by_number.values()), sum(by_number[key] for key in many)
    counted = [(key, all_of(found).count, _of(found, many)) for key, found in rows.items()]
    counted.sort(key=lambda line: (-line[2], -line[1]))
    marks = [Mark(names[key], part) for key, _whole, part in counted if part]
    was = _of(before, many)
    return Answer(
        tiles=[
            Tile(_("With many messages"), written, note=_("%(n)s and more of the customer's") % {"n": threshold},
                 change=change(written, was) if before else None, good="down"),
            Tile(_("Of all inquiries"), share(written, opened), Kind.PERCENT),
            Tile(_("Inquiries"), opened, filters={}),
        ],
        charts=[
            Chart("columns", _("Inquiries by number of the customer's messages"), against_largest([
                Mark(key if int(key) < MANY_AT_MOST else f"{key}+", count, look="warn" if key in many else "")
                for key, count in by_number.items()
            ]), wide=False),
            Chart("bars", _("Where customers write many times"), against_largest(marks[:TOP])),
        ],
        table=Table(
            [Column(BREAKDOWNS[question.by][1], Kind.TEXT), Column(_("Inquiries")), Column(_("With many messages")),
             Column(_("Share"), Kind.PERCENT)],
            [Row((names[key], whole, part, share(part, whole)), filters_of(question.by, key))
             for key, whole, part in counted],
            [_("Total"), opened, written, share(written, opened)],
        ),
    )  # fmt: skip


def templates(question: Question) -> Answer:
    """R11: the replies sent in the period that began from a template (CRM-2.2.5-c)."""
    by_day = sums(question, Figure.TEMPLATE, "key", "day")
    found = along(by_day, 0)
    answered = all_of(sums(question, Figure.ANSWER, "figure")).count
    known = ResponseTemplate.objects.select_related("unit").in_bulk([int(key) for key in found])
    used = all_of(found).count
    rows = [
        (known.get(int(key)), amount.count) for key, amount in sorted(found.items(), key=lambda pair: -pair[1].count)
    ]
    return Answer(
        tiles=[
            Tile(_("Replies from templates"), used,
                 points=sparkline([amount.count for _f, _l, amount in over_time(question, along(by_day, 1))])),
            Tile(_("Of all answers"), share(used, answered), Kind.PERCENT),
            Tile(_("Templates in use"), len(rows)),
        ],
        charts=[Chart("bars", _("Templates used most"), against_largest([
            Mark(str(template or ""), count) for template, count in rows[:TOP]
        ]), wide=True)],
        table=Table(
            [Column(_("Template"), Kind.TEXT), Column(_("Of unit"), Kind.TEXT), Column(_("Replies")),
             Column(_("Share"), Kind.PERCENT)],
            [Row((str(template or ""), _owner(template), count, share(count, used))) for template, count in rows],
            [_("Total"), "", used, share(used, used)],
        ),
        note=_("A template counts once for each reply that was sent, not for each insertion."),
    )  # fmt: skip


def _owner(template: ResponseTemplate | None) -> Cell:
    return str(template.unit) if template is not None and template.unit else _("All units")


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=place) for place in range((last - first).days + 1))


def _performed(day: date, begun: date, confirmed: set[date]) -> Mark:
    if day < begun:
        return Mark(day_in_words(day), "")
    return Mark(day_in_words(day), "✓" if day in confirmed else "–", size=4 if day in confirmed else 1)


def _grades(question: Question, field: str) -> Sums:
    rows = QualityReview.objects.filter(
        question.narrowed("inquiry__measures__"),
        reviewed_at__gte=midnight(question.since),
        reviewed_at__lt=midnight(question.until + timedelta(days=1)),
    )
    grouped = rows.order_by().values_list(field, "grade").annotate(Count("pk"), Sum("grade"))
    return {(key, grade): Amount(count, total) for key, grade, count, total in grouped}


def _answered(found: Sums) -> tuple[int, float | None, float | None]:
    first, every = found.get(Figure.FIRST_ANSWER, NONE), found.get(Figure.ANSWER, NONE)
    return every.count, average(first.total, first.count), average(every.total, every.count)


def _average(found: Sums, figure: Figure) -> float | None:
    amount = found.get(figure, NONE)
    return average(amount.total, amount.count)


def _slowest(rows: dict[Any, Sums], names: dict[Any, Words]) -> list[Mark]:
    found = {key: found.get(Figure.FIRST_ANSWER, NONE) for key, found in rows.items()}
    marks = [Mark(names[key], amount.total / amount.count) for key, amount in found.items() if amount.count]
    return against_largest(sorted(marks, key=lambda mark: -float(str(mark.value)))[:TOP])


def _of(found: Sums, keys: list[str]) -> int:
    return sum(found.get(key, NONE).count for key in keys)
