"""The wage track by plain data: the calculation sheet, one day alone, or the declarations (section 4.3)."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import InvalidInput
from crm_portal.people.rules.identity_numbers import has_right_check_digit

from .. import exclusions, location
from ..assessment import Assessment
from ..codes import AbsenceGround, ClaimantFlag, ClaimantKind, NotCountedReason
from ..exclusions import SELF_EMPLOYED
from ..location import Place
from ..programme import Programme
from ..reading import Facts
from ..reasons import Reason
from ..towns import Town
from . import declarations
from .amount import Branch, Employee, Employment, Income, Role, assess
from .days import Day, GroundFacts
from .grounds import is_older

NONE, HOURS_OF_DAY = Decimal(0), Decimal(24)
_MOBILE = re.compile(r"05\d{8}")
_TOWNS = ("town", "employee_town", "residence_town")
_FLAGS = {  # of `GroundFacts`, with their defaults
    "closed_by_command": True,
    "framework_at_workplace": False,
    "framework_at_spouse_workplace": False,
    "sole_custody_or_single_parent": False,
    "is_foster_parent": False,
    "spouse_works": True,
    "spouse_absent_same_day": False,
    "spouse_prevented": True,
    "other_parent_compensated_same_day": False,
    "is_relative": True,
    "known_to_employer": True,
    "medical_document": True,
    "prevented_by_disability": True,
    "employer_declared_residence_and_reason": True,
}
_OTHERS = ("residence_institutions_closed", "child_institution_closed", "child_institution_town", "child_born_on",
           "child_id", "kinship", "ground", "usually_works_rest_days", "scheduled_hours")  # fmt: skip
_OF_A_DAY = (*_FLAGS, *_OTHERS, *_TOWNS, "absence_date", "absent_hours", "reason_not_counted")


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The track by plain data."""
    facts = Facts(inputs)
    if isinstance(facts.raw("employees"), int | str) or facts.has("declared"):
        return declarations.read(facts)
    employment = read(facts, programme)
    facts.nothing_else()
    return assess(employment, programme)


def read(facts: Facts, programme: Programme) -> Employment:
    """
    The claimant and the sheet of a case.

    :raises InvalidInput: at the first fact that cannot be read or is out of its range
    """
    claimant = exclusions.read(facts)
    where = location.read(facts, programme)
    flags = {str(flag).upper() for flag in facts.items("flags")}
    is_outside = facts.flag("outside_employer", ClaimantFlag.OUTSIDE_EMPLOYER in flags) or where.place is Place.OUTSIDE
    has_one_day = not facts.has("employees") and facts.has(*_OF_A_DAY)
    employees = _one(facts, programme) if has_one_day else _sheet(facts, claimant.kind, programme)
    for name in _OF_A_DAY:
        facts.raw(name)
    return Employment(
        claimant=claimant,
        location=where,
        employees=employees,
        income=_income(facts, needs=claimant.kind is ClaimantKind.EPI and bool(employees)),
        is_turnover_harmed=facts.flag("turnover_harmed", True),
        is_outside=is_outside,
        has_one_day=has_one_day,
    )


def _one(facts: Facts, programme: Programme) -> tuple[Employee, ...]:
    """A single day of a single employee, a whole one unless its hours are told."""
    full_time = _full_time(facts, programme)
    return (Employee("", "", full_time, tuple(_days((facts,), facts, full_time, programme))),)


def _sheet(facts: Facts, kind: ClaimantKind, programme: Programme) -> tuple[Employee, ...]:
    employees: list[Employee] = []
    identities: set[str] = set()
    for place, part in enumerate(facts.parts("employees")):
        identity = _identity(part, identities)
        _mobile(part)
        role = part.choice("role", Role, Role.HIRED)
        if part.has("wage_paid"):
            _wage_paid(part, is_tested=kind not in SELF_EMPLOYED and role is not Role.MEMBER)
        part.raw("wage_paid")
        full_time = _full_time(part, programme)
        found: list[Day] = []
        for item in part.parts("days"):
            found.extend(_days((item, part, facts), item, full_time, programme))
            item.nothing_else()
        period = (programme.determining_until - programme.determining_from).days + 1
        if sum(day.repeat for day in found) > period:
            raise InvalidInput(Reason.WAG_OUT_OF_PERIOD, part.where("days"))
        branch = part.choice("branch", Branch, Branch.PRODUCTIVE)
        ref = str(part.raw("ref") if part.has("ref") else identity or place + 1)
        for name in _OF_A_DAY:
            part.raw(name)
        part.text("name")
        part.nothing_else()
        employees.append(Employee(ref, facts.where(f"employees.{place}"), full_time, tuple(found), role, branch))
    return tuple(employees)


def _days(levels: tuple[Facts, ...], facts: Facts, full_time: Decimal, programme: Programme) -> list[Day]:
    """The days of an entry: a fact stands with the day, with its employee, or with the whole case."""
    near = _Near(levels)
    is_one = len(levels) == 1
    hours = facts.number(
        "absent_hours", full_time if is_one else None, most=HOURS_OF_DAY, places=2, code=Reason.WAG_BAD_HOURS
    )
    first = facts.day("date") if facts.has("date") else near.of("absence_date").day("absence_date")
    facts.raw("date")
    period = (programme.determining_until - programme.determining_from).days + 1
    repeat = facts.whole("repeat", 1, least=1, most=period)
    reason = None
    if facts.has("reason_not_counted"):
        reason = facts.choice("reason_not_counted", NotCountedReason, NotCountedReason.SICK)
    facts.raw("reason_not_counted")
    scheduled = near.of("scheduled_hours")
    elsewhere = facts.number("hours_claimed_elsewhere", NONE, most=HOURS_OF_DAY, code=Reason.WAG_BAD_HOURS)
    for name in _OF_A_DAY:
        facts.raw(name)
    own = Day(
        absent_hours=hours,
        where=facts.where("").removesuffix(".") or "absence_date",
        repeat=repeat,
        ground=_ground(near.of("ground")),
        reason_not_counted=reason,
        town=near.town(programme),
        scheduled_hours=scheduled.number("scheduled_hours", most=HOURS_OF_DAY, code=Reason.WAG_BAD_HOURS)
        if scheduled.has("scheduled_hours")
        else None,
        usually_works_rest_days=near.flag("usually_works_rest_days", False),
        hours_claimed_elsewhere=elsewhere,
        facts=_ground_facts(near, programme, first),
    )
    if first is None:
        return [own]
    return [_on(own, first + timedelta(days=number)) for number in range(repeat)]


class _Near:
    """Facts that may stand at several levels; the nearest one that names a fact tells it."""

    def __init__(self, levels: tuple[Facts, ...]) -> None:
        self._levels = levels

    def of(self, name: str) -> Facts:
        return next((level for level in self._levels if level.has(name)), self._levels[0])

    def flag(self, name: str, default: bool) -> bool:
        return self.of(name).flag(name, default)

    def town(self, programme: Programme) -> Town | None:
        for level in self._levels:
            for name in _TOWNS:
                if level.has(name):
                    return level.town(name, programme.towns)
        return None


def _on(day: Day, on: date) -> Day:
    return Day(
        day.absent_hours, day.where, on, 1, day.ground, day.reason_not_counted, day.town, day.scheduled_hours,
        day.usually_works_rest_days, day.hours_claimed_elsewhere, day.facts,
    )  # fmt: skip


def _ground(facts: Facts) -> AbsenceGround | None:
    return facts.choice("ground", AbsenceGround, AbsenceGround.CHILDCARE) if facts.has("ground") else None


def _ground_facts(near: _Near, programme: Programme, on: date | None) -> GroundFacts:
    own = near.flag("child_institution_closed", False)
    place = near.of("child_institution_town")
    birth = near.of("child_born_on")
    born_on = birth.day("child_born_on")
    if born_on is not None:
        _check_age(born_on, on, birth, programme)
    return GroundFacts(
        residence_institutions_closed=near.flag(
            "residence_institutions_closed", not near.of("child_institution_closed").has("child_institution_closed")
        ),
        child_institution_closed=own,
        child_institution_town=place.town("child_institution_town", programme.towns),
        child_born_on=born_on,
        **{name: near.flag(name, default) for name, default in _FLAGS.items()},
    )


def _check_age(born_on: date, on: date | None, facts: Facts, programme: Programme) -> None:
    """
    A child is born before the day; an entry without a date tells nothing of a birthday within the period.

    :raises InvalidInput: at the birth date, or at the date that is missing
    """
    if born_on > (on or programme.determining_until):
        raise InvalidInput(Code.INVALID_VALUE, facts.where("child_born_on"))
    first, last = programme.determining_from, programme.determining_until
    if on is None and is_older(born_on, first, programme) != is_older(born_on, last, programme):
        raise InvalidInput(Code.FIELD_REQUIRED, facts.where("date"))


def _full_time(facts: Facts, programme: Programme) -> Decimal:
    return facts.number(
        "full_time_daily_hours",
        programme.default_full_time_hours,
        least=programme.least_full_time_hours,
        most=programme.most_full_time_hours,
        code=Reason.WAG_BAD_FULL_TIME,
    )


def _identity(part: Facts, seen: set[str]) -> str:
    """Nine digits with their check digit, once in a claim."""
    if not part.has("id"):
        part.raw("id")
        return ""
    given = part.raw("id")
    number = given if isinstance(given, str) else ""
    if not (len(number) == 9 and number.isascii() and number.isdecimal() and has_right_check_digit(number)):
        raise InvalidInput(Reason.WAG_BAD_ID, part.where("id"))
    if not int(number) or number in seen:
        raise InvalidInput(Reason.WAG_BAD_ID, part.where("id"))
    seen.add(number)
    return number


def _mobile(part: Facts) -> None:
    given = part.raw("mobile")
    if given is None:
        return
    if not isinstance(given, str) or not _MOBILE.fullmatch(re.sub(r"[\s\-]", "", given)):
        raise InvalidInput(Reason.WAG_BAD_MOBILE, part.where("mobile"))


def _wage_paid(part: Facts, *, is_tested: bool) -> None:
    """Only who paid wages may claim; not asked of kibbutz members and the self-employed (CMP-3.1-d)."""
    paid = part.number("wage_paid", code=Reason.WAG_WAGES_NOT_PAID)
    if is_tested and paid == 0:
        raise InvalidInput(Reason.WAG_WAGES_NOT_PAID, part.where("wage_paid"))


def _income(facts: Facts, *, needs: bool) -> Income | None:
    """Own income, at most the total, which is above nothing (CMP-3.3.3-b)."""
    if not facts.has("ratio_income"):
        facts.raw("ratio_income")
        if needs:
            raise InvalidInput(Reason.WAG_BAD_EPI_INCOME, facts.where("ratio_income"))
        return None
    part = facts.part("ratio_income")
    own = part.number("own_income", code=Reason.WAG_BAD_EPI_INCOME)
    total = part.number("total_income", code=Reason.WAG_BAD_EPI_INCOME)
    part.nothing_else()
    if not total > 0 or own > total:
        raise InvalidInput(Reason.WAG_BAD_EPI_INCOME, part.where("total_income" if total <= 0 else "own_income"))
    return Income(own, total)
