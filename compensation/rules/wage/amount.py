"""The compensation of the wage track: 520 × Σ h ÷ H for each employee, and their sum (3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .. import exclusions, location
from ..assessment import Assessment, Finding, Outcome, Step, Unit, principal, refused
from ..codes import ClaimantKind, NotCountedReason, Track
from ..exclusions import ClaimantFacts
from ..location import Location, Place
from ..programme import Programme
from ..reasons import Reason
from ..rounding import to_agora, to_rate, to_shekel
from . import days, grounds
from .days import Day
from .grounds import Employer

NONE = Decimal(0)


class Role(StrEnum):
    """Of an employee of a kibbutz (3.3.2)."""

    HIRED = "HIRED"
    MEMBER = "MEMBER"


class Branch(StrEnum):
    """Of a kibbutz: for the market, or in the service of its members (3.3.2)."""

    PRODUCTIVE = "PRODUCTIVE"
    CONSUMER = "CONSUMER"


@dataclass(frozen=True, slots=True)
class Employee:
    """A row of the calculation sheet."""

    ref: str
    where: str
    full_time_hours: Decimal
    days: tuple[Day, ...]
    role: Role = Role.HIRED
    branch: Branch = Branch.PRODUCTIVE


@dataclass(frozen=True, slots=True)
class Income:
    """Of an eligible public institution in 2022: its own, and the total with support and donations (3.3.3)."""

    own: Decimal
    total: Decimal

    @property
    def ratio(self) -> Decimal:
        """q, with two decimals of a percent."""
        return to_rate(self.own / self.total)


@dataclass(frozen=True, slots=True)
class Employment:
    """What the track asks; no employees when only preconditions and exclusions are in question."""

    claimant: ClaimantFacts
    location: Location
    employees: tuple[Employee, ...] = ()
    income: Income | None = None
    is_turnover_harmed: bool = True
    is_outside: bool = False  # declared, or by the business town
    has_one_day: bool = False  # asked about a single day


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of one employee."""

    employee: Employee
    hours: Decimal
    amount: Decimal
    findings: tuple[Finding, ...] = ()
    not_counted: tuple[dict[str, object], ...] = ()

    @property
    def day_equivalents(self) -> Decimal:
        """Whole days that the hours come to."""
        return to_rate(self.hours / self.employee.full_time_hours)


def assess(employment: Employment, programme: Programme) -> Assessment:
    """The whole of clause 3 on one claimant."""
    found = [*preconditions(employment, programme), *exclusions.hits(Track.WAGE, employment.claimant, programme)]
    if any(finding.is_final for finding in found):
        return refused(found)
    if not employment.employees:
        outcome = Outcome.MANUAL_REVIEW if found else Outcome.COMPUTED
        return Assessment(outcome, {"allowed": True, "reason": principal(found)}, findings=tuple(found))

    is_manual = bool(found)
    employer = grounds.employer_of(employment.claimant.kind, is_outside=employment.is_outside)
    is_kibbutz = employment.claimant.kind is ClaimantKind.KIBBUTZ
    counted = [count(employee, employer, programme, is_kibbutz=is_kibbutz) for employee in employment.employees]
    found.extend(finding for one in counted for finding in one.findings)
    return _computed(employment, counted, found, programme, is_manual=is_manual)


def preconditions(employment: Employment, programme: Programme) -> list[Finding]:
    """Who may claim (3.1), and where a business must be that is not an outside employer (1.7, 3.2.3)."""
    found: list[Finding] = []
    kind, place = employment.claimant.kind, employment.location.place
    if kind is ClaimantKind.SELF_EMPLOYED_RESIDENT and not employment.is_turnover_harmed:
        found.append(Finding(Reason.WAG_SELF_EMPLOYED_NO_TURNOVER_HARM, "CMP-3.1-c", "turnover_harmed"))
    if kind is ClaimantKind.SELF_EMPLOYED_EDU and place is Place.OUTSIDE:
        found.append(Finding(Reason.WAG_OUTSIDE_GROUND, "CMP-3.1-b", "business_town"))
    if place is Place.MISMATCH and kind is not ClaimantKind.SELF_EMPLOYED_RESIDENT:
        found.extend(location.findings(employment.location, Reason.WAG_OUTSIDE_GROUND, "CMP-3.2.3-a"))
    if employment.income is not None and kind is ClaimantKind.EPI:
        income = employment.income
        if income.own < income.total * programme.least_epi_share:
            found.append(Finding(Reason.WAG_PUBLIC_INSTITUTION, "CMP-3.3.3-a", "ratio_income.own_income"))
    return found


def count(employee: Employee, employer: Employer, programme: Programme, *, is_kibbutz: bool = False) -> Counted:
    """The hours and the amount of one employee; each day that does not count with its reason."""
    total, seen = NONE, set[date]()
    found: list[Finding] = []
    left_out: list[dict[str, object]] = []
    for day in employee.days:
        reason, finding = _why_not(day, employee, employer, seen, programme, is_kibbutz=is_kibbutz)
        if day.on is not None:
            seen.add(day.on)
        if finding is not None:
            found.append(finding)
            reason = finding.code
        if reason is None:
            total += days.hours(day, employee.full_time_hours) * day.repeat
        else:
            left_out.append(
                {"employee": employee.ref, "day": day.where, "date": day.on, "days": day.repeat, "reason": reason}
            )
    # one division at the end: a day's fraction has no last digit
    amount = to_agora(programme.day_value * total / employee.full_time_hours)
    return Counted(employee, total, amount, tuple(found), tuple(left_out))


def _why_not(
    day: Day, employee: Employee, employer: Employer, seen: set[date], programme: Programme, *, is_kibbutz: bool
) -> tuple[StrEnum | None, Finding | None]:
    finding = days.out_of_period(day, programme)
    if finding is not None:
        return None, finding
    if is_kibbutz and employee.role is Role.MEMBER and employee.branch is Branch.CONSUMER:
        return None, Finding(Reason.WAG_KIBBUTZ_MEMBER_CONSUMER, "CMP-3.3.2-a", day.where, is_final=False)
    reason = days.not_counted(day, programme)
    if reason is NotCountedReason.OUT_OF_PERIOD:
        return None, Finding(Reason.WAG_OUT_OF_PERIOD, "CMP-3.2.1-a", day.where, is_final=False)
    if reason is not None:
        return reason, None
    return None, days.duplicate(day, employee.full_time_hours, seen) or grounds.refusal(day, employer, programme)


def _computed(
    employment: Employment,
    counted: Sequence[Counted],
    found: list[Finding],
    programme: Programme,
    *,
    is_manual: bool,
) -> Assessment:
    total = sum((one.amount for one in counted), NONE)
    steps = [_employee_step(one, programme) for one in counted]
    steps.append(Step("wag_total", total, "3.3.1", "Σ A"))
    figures: dict[str, object] = {
        "employees": [
            {"ref": one.employee.ref, "day_equivalents": one.day_equivalents, "amount": one.amount} for one in counted
        ],
        "not_counted": [row for one in counted for row in one.not_counted],
    }
    amount = to_shekel(total)
    if employment.claimant.kind is ClaimantKind.EPI and employment.income is not None:
        income = employment.income
        amount = to_shekel(income.ratio * total)
        steps.append(
            Step("wag_ratio", income.ratio, "3.3.3", "O ÷ T", (("O", income.own), ("T", income.total)), Unit.RATE)
        )
        steps.append(Step("wag_amount", amount, "3.3.3", "q × A", (("q", income.ratio), ("A", total))))
        figures["ratio"] = income.ratio
    else:
        steps.append(Step("wag_amount", amount, "3.3.1", "A", (("A", total),)))

    is_refused = amount == 0 and bool(found) and not any(one.hours for one in counted)
    figures |= {"amount": amount, "allowed": not is_refused, "reason": principal(found)}
    if employment.has_one_day:
        figures["counted"] = not is_refused and any(one.hours for one in counted)
    outcome = Outcome.MANUAL_REVIEW if is_manual else Outcome.COMPUTED
    return Assessment(Outcome.REFUSED if is_refused else outcome, figures, tuple(steps), tuple(found))


def _employee_step(one: Counted, programme: Programme) -> Step:
    values = (("v", programme.day_value), ("h", one.hours), ("H", one.employee.full_time_hours))
    return Step("wag_employee", one.amount, "3.3.1", "v × Σh ÷ H", values)
