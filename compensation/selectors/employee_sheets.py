"""The calculation sheet as its page shows it: each employee with days, amount, and how his declaration stands."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q

from crm_portal.facts import InvalidInput
from crm_portal.worktime.rules.periods import day_of

from ..models import AbsenceDay, Claim, EmployeeRow
from ..rules import declaring, engine
from ..rules.codes import InvitationKind
from ..rules.programme import Programme
from .inputs import claimants_inputs
from .programmes import programme_on

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Line:
    """An employee of the sheet; the amount is None while the claim as a whole cannot be computed."""

    row: EmployeeRow
    days: list[AbsenceDay]
    amount: Decimal | None
    equivalents: Decimal | None
    left_out: list[tuple[date | None, str]]  # days that do not count, with the code of the reason
    resent: int

    @property
    def resends_left(self) -> int:
        return max(declaring.MOST_RESENT - self.resent, 0)

    @property
    def can_be_resent(self) -> bool:
        return self.row.declared_at is None and self.row.disputed_at is None and self.resends_left > 0

    @property
    def disputed(self) -> list[AbsenceDay]:
        return [day for day in self.days if day.is_disputed]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The whole sheet."""

    lines: list[Line]
    removed: list[EmployeeRow]
    total: Decimal | None
    findings: list[Any] = field(default_factory=list)
    problem: InvalidInput | None = None

    @property
    def declared(self) -> int:
        return sum(line.row.declared_at is not None for line in self.lines)


def sheet_of(claim: Claim, at: datetime) -> SheetPage:
    """The sheet, computed now by the rules; the number of queries does not grow with the employees."""
    inputs = claimants_inputs(claim)
    rows = list(
        claim.employees.order_by("pk")
        .annotate(
            resent=Count("invitations", filter=Q(invitations__kind=InvitationKind.RESENT.value)),
            last_sent_at=Max("invitations__sent_at"),
        )
        .prefetch_related("days")
    )
    listed = [row for row in rows if row.removed_at is None]
    figures: list[dict[str, Any]] = []
    left_out: dict[str, list[tuple[date | None, str]]] = {}
    total, problem, findings = None, None, []
    try:
        programme = programme_on(day_of(at), code=claim.claimant.programme.code)
        assessment = engine.assess("wage", {**inputs, "employees": inputs.get("employees", [])}, programme)
    except InvalidInput as invalid:
        problem = invalid
    else:
        total, findings = assessment.amount, [one for one in assessment.findings if one.is_final]
        figures = list(assessment.figures.get("employees", []))  # type: ignore[call-overload]
        for one in assessment.figures.get("not_counted", []):  # type: ignore[attr-defined]
            place = str(one["day"]).split(".")[1]
            left_out.setdefault(place, []).append((one["date"], str(one["reason"])))
    lines = []
    for number, row in enumerate(listed):
        figure = figures[number] if number < len(figures) else {}
        lines.append(
            Line(
                row,
                list(row.days.all()),
                figure.get("amount"),
                figure.get("day_equivalents"),
                left_out.get(str(number), []),
                row.resent,
            )
        )
    return SheetPage(lines, [row for row in rows if row.removed_at is not None], total, findings, problem)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a calendar: weeks of dates with the absence on each."""

    first: date
    weeks: list[list[tuple[date | None, AbsenceDay | None]]]


def months_of(days: list[AbsenceDay], programme: Programme) -> Iterator[Month]:
    """The months of the determining period, each as weeks that begin on Sunday."""
    by_date = {day.on: day for day in days}
    first = programme.determining_from.replace(day=1)
    while first <= programme.determining_until:
        weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
        shown = [[(on if on.month == first.month else None, by_date.get(on)) for on in week] for week in weeks]
        yield Month(first, shown)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
