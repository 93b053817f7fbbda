"""Which dates are absence days: the determining period, rest days, and what is no absence (3.2.1, 3.3.1)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..assessment import Finding
from ..codes import AbsenceGround, NotCountedReason
from ..programme import Programme
from ..reasons import Reason
from ..towns import Town

FRIDAY, SATURDAY = 4, 5


@dataclass(frozen=True, slots=True)
class GroundFacts:
    """The facts of a ground (3.2.2); the defaults neither exclude nor change an amount."""

    closed_by_command: bool = True  # the institution, or the ban (CMP-3.2.2.1-a)
    residence_institutions_closed: bool = True  # CMP-3.2.2.2-a (i)
    child_institution_closed: bool = False  # CMP-3.2.2.2-a (ii)
    child_institution_town: Town | None = None
    child_born_on: date | None = None
    framework_at_workplace: bool = False
    framework_at_spouse_workplace: bool = False
    sole_custody_or_single_parent: bool = False
    is_foster_parent: bool = False  # a parent like any other (CMP-3.2.2.2-e)
    spouse_works: bool = True
    spouse_absent_same_day: bool = False
    spouse_prevented: bool = True
    other_parent_compensated_same_day: bool = False
    is_relative: bool = True  # of the person with a disability, who is looked after
    known_to_employer: bool = True
    medical_document: bool = True
    prevented_by_disability: bool = True
    employer_declared_residence_and_reason: bool = True  # of an outside employer (CMP-3.2.3-a)


@dataclass(frozen=True, slots=True)
class Day:
    """An entry of the sheet: one date, or as many days of the same kind as `repeat` says."""

    absent_hours: Decimal
    where: str
    on: date | None = None
    repeat: int = 1
    ground: AbsenceGround | None = None
    reason_not_counted: NotCountedReason | None = None
    town: Town | None = None  # of residence on that day; None stands inside
    scheduled_hours: Decimal | None = None  # the employee's own, of a part-time post (CMP-3.3.1-c)
    usually_works_rest_days: bool = False
    hours_claimed_elsewhere: Decimal = Decimal(0)  # by another claimant for the same person and date (CMP-3.2.1-e)
    facts: GroundFacts = field(default_factory=GroundFacts)


def hours(day: Day, full_time: Decimal) -> Decimal:
    """The hours that count: not above those scheduled, and not above a full-time day (CMP-3.3.1-a, c)."""
    absent = day.absent_hours if day.scheduled_hours is None else min(day.absent_hours, day.scheduled_hours)
    return min(absent, full_time)


def out_of_period(day: Day, programme: Programme) -> Finding | None:
    """A date outside the determining period (CMP-3.2.1-a)."""
    if day.on is None or programme.determining_from <= day.on <= programme.determining_until:
        return None
    return Finding(Reason.WAG_OUT_OF_PERIOD, "CMP-3.2.1-a", day.where, is_final=False)


def not_counted(day: Day, programme: Programme) -> NotCountedReason | None:
    """Why the day is no absence day at all (CMP-3.2.1-b, d; CMP-3.3.1-b)."""
    stated = day.reason_not_counted
    if stated is not None and not (stated is NotCountedReason.REST_DAY and day.usually_works_rest_days):
        return stated
    if day.on is not None and is_rest_day(day.on, programme) and not day.usually_works_rest_days:
        return NotCountedReason.REST_DAY
    if hours(day, day.absent_hours) < programme.least_hours_absent:
        return NotCountedReason.UNDER_ONE_HOUR
    return None


def is_rest_day(on: date, programme: Programme) -> bool:
    """Friday, Saturday, or a holiday of the table."""
    return on.weekday() in {FRIDAY, SATURDAY} or on in programme.rest_days


def duplicate(day: Day, full_time: Decimal, seen: set[date]) -> Finding | None:
    """One entry per employee and date; at two claimants only within a full-time day (CMP-3.2.1-e)."""
    is_twice = day.on is not None and day.on in seen
    if is_twice or (day.hours_claimed_elsewhere and day.hours_claimed_elsewhere + hours(day, full_time) > full_time):
        return Finding(Reason.WAG_DUPLICATE_DAY, "CMP-3.2.1-e", day.where, is_final=False)
    return None
