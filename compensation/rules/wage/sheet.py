"""
The calculation sheet as it is typed, in the grid or in a spreadsheet: each cell read and checked by itself (4.3).

A row is read whole: every cell that is wrong is told, with its code, so that all of them can be put right at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, TypeVar

from crm_portal.errors import Code
from crm_portal.people.rules.identity_numbers import has_right_check_digit, padded

from ..codes import AbsenceGround, Annex, ClaimantKind, NotCountedReason
from ..exclusions import SELF_EMPLOYED
from ..programme import Programme
from ..reasons import Reason
from ..towns import Town
from . import grounds
from .amount import Branch, Role
from .days import is_rest_day

MOBILE: Final = re.compile(r"05\d{8}")
Choice = TypeVar("Choice", bound=StrEnum)
HOURS_OF_DAY, CENT = Decimal(24), Decimal("0.01")
MOST_WAGE = Decimal(10) ** 7
FLAGS: Final = (  # facts of a ground that are answered by yes or no
    "residence_institutions_closed", "child_institution_closed", "framework_at_workplace",
    "framework_at_spouse_workplace", "sole_custody_or_single_parent", "spouse_works", "spouse_absent_same_day",
    "spouse_prevented", "closed_by_command", "known_to_employer", "medical_document", "prevented_by_disability",
    "employer_declared_residence_and_reason",
)  # fmt: skip
ASKED: Final[Mapping[AbsenceGround, tuple[str, ...]]] = {  # the facts that a ground has
    AbsenceGround.EVACUATED_RESIDENCE: (),
    AbsenceGround.EDU_INSTITUTION_CLOSED: ("closed_by_command",),
    AbsenceGround.GATHERING_BAN: ("closed_by_command",),
    AbsenceGround.CHILDCARE: (
        "child_id", "child_born_on", "residence_institutions_closed", "child_institution_closed",
        "child_institution_town", "framework_at_workplace", "framework_at_spouse_workplace",
        "sole_custody_or_single_parent", "spouse_works", "spouse_absent_same_day", "spouse_prevented",
    ),
    AbsenceGround.DISABILITY: ("known_to_employer", "medical_document", "prevented_by_disability"),
    AbsenceGround.DISABLED_RELATIVE: ("kinship", "known_to_employer", "medical_document", "prevented_by_disability"),
}  # fmt: skip
OUTSIDE = "employer_declared_residence_and_reason"  # asked of an outside employer beside them (CMP-3.2.3-a)
_YES = frozenset({"כן", "yes", "true", "1", "v", "✓", "on"})
_NO = frozenset({"לא", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken, and why."""

    field: str
    code: StrEnum


@dataclass(frozen=True, slots=True)
class EmployeeFacts:
    """A row of the sheet."""

    id_number: str
    name: str
    mobile: str
    town: Town
    full_time_daily_hours: Decimal
    scheduled_hours: Decimal | None
    usually_works_rest_days: bool
    role: Role | None
    branch: Branch | None
    wage_paid: Decimal | None
    paid_from: date | None
    paid_until: date | None

    @property
    def own_hours(self) -> Decimal:
        """Of the employee's day: his own, or a full-time one."""
        return self.scheduled_hours or self.full_time_daily_hours


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """Dates of the same kind: one, or each of a range."""

    dates: tuple[date, ...]
    absent_hours: Decimal
    ground: AbsenceGround | None
    reason_not_counted: NotCountedReason | None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def child_id(self) -> str:
        return str(self.facts.get("child_id", ""))


class Cells:
    """The typed cells of one row, and the problems met while they are read."""

    def __init__(self, typed: Mapping[str, object]) -> None:
        self._typed = typed
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        """A cell as text: a spreadsheet keeps numbers and dates as such."""
        value = self._typed.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()

    def wrong(self, name: str, code: StrEnum) -> None:
        self.problems.append(Problem(name, code))

    def number(
        self, name: str, code: StrEnum, *, least: Decimal = Decimal(0), most: Decimal = HOURS_OF_DAY
    ) -> Decimal | None:
        """A number with two decimals at most; None when the cell is empty or wrong."""
        typed = self.text(name).replace(",", "").replace("₪", "").strip()
        if not typed:
            return None
        try:
            value = Decimal(typed)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not least <= value <= most or value != value.quantize(CENT):
            self.wrong(name, code)
            return None
        return value

    def flag(self, name: str) -> bool | None:
        """Yes or no; None when nothing is said."""
        typed = self.text(name).lower()
        if typed in _YES:
            return True
        if typed in _NO:
            return False
        if typed:
            self.wrong(name, Code.INVALID_VALUE)
        return None

    def day(self, name: str, code: StrEnum = Code.INVALID_VALUE) -> date | None:
        """A date: as a spreadsheet keeps it, as a form sends it, or as people write it."""
        value = self._typed.get(name)
        if isinstance(value, date):
            return value.date() if hasattr(value, "date") else value
        typed = self.text(name).split(" ")[0]
        if not typed:
            return None
        if (found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", typed)) is not None:
            typed = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.wrong(name, code)
            return None


def employee(
    typed: Mapping[str, object], kind: ClaimantKind, programme: Programme
) -> tuple[EmployeeFacts | None, tuple[Problem, ...]]:
    """A row of the sheet by its cells, or every problem of it (table of section 4.3)."""
    cells = Cells(typed)
    is_own = kind in SELF_EMPLOYED
    number = _identity(cells, "id_number")
    name = cells.text("name")
    if not name:
        cells.wrong("name", Code.FIELD_REQUIRED)
    mobile = _mobile(cells, is_needed=not is_own)
    town = _town(cells, "town", programme)
    full_time = _full_time(cells, programme)
    scheduled = cells.number("scheduled_hours", Reason.WAG_BAD_HOURS, least=CENT)
    is_kibbutz = kind is ClaimantKind.KIBBUTZ
    role = _choice(cells, "role", Role, is_needed=is_kibbutz)
    branch = _choice(cells, "branch", Branch, is_needed=is_kibbutz)
    wage = _wage(cells, is_asked=not is_own and role is not Role.MEMBER)
    paid_from, paid_until = cells.day("paid_from"), cells.day("paid_until")
    if paid_from is not None and paid_until is not None and paid_until < paid_from:
        cells.wrong("paid_until", Code.INVALID_VALUE)
    rest = cells.flag("usually_works_rest_days")
    if cells.problems or town is None:
        return None, tuple(cells.problems)
    return EmployeeFacts(
        number, name[:120], mobile, town, full_time, scheduled, bool(rest), role, branch, wage,
        paid_from or programme.determining_from if wage is not None else None,
        paid_until or programme.determining_until if wage is not None else None,
    ), ()  # fmt: skip


def absence(
    typed: Mapping[str, object], who: EmployeeFacts, programme: Programme, *, is_outside: bool = False
) -> tuple[AbsenceFacts | None, tuple[Problem, ...]]:
    """The dates of an entry with their ground and its facts, or every problem of it."""
    cells = Cells(typed)
    dates = _dates(cells, who, programme)
    hours = cells.number("absent_hours", Reason.WAG_BAD_HOURS)
    reason = _choice(cells, "reason_not_counted", NotCountedReason, is_needed=False)
    ground = _choice(cells, "ground", AbsenceGround, is_needed=False)
    if ground is None and Annex.EVACUATED in who.town.annexes and not is_outside:
        ground = AbsenceGround.EVACUATED_RESIDENCE  # no further condition (CMP-3.2.2-a)
    told: dict[str, Any] = {}
    if reason is None:
        told = _facts(cells, ground, programme, is_outside=is_outside)
    if cells.problems or not dates:
        return None, tuple(cells.problems)
    return AbsenceFacts(dates, who.own_hours if hours is None else hours, ground, reason, told), ()


def _facts(cells: Cells, ground: AbsenceGround | None, programme: Programme, *, is_outside: bool) -> dict[str, Any]:
    """The facts that the ground asks for: all of them, or a problem at each that is missing."""
    if ground is None:
        if not any(problem.field == "ground" for problem in cells.problems):
            cells.wrong("ground", Reason.WAG_GROUND_FACTS_MISSING)
        return {}
    told: dict[str, Any] = {}
    for name in (*ASKED[ground], *((OUTSIDE,) if is_outside else ())):
        value: Any = None
        if name in FLAGS:
            value = cells.flag(name)
        elif name == "child_id" and cells.text(name):
            value = _identity(cells, name) or None
        elif name == "child_born_on":
            born = cells.day(name)
            value = born.isoformat() if born is not None else None
        elif name == "child_institution_town" and cells.text(name):
            town = _town(cells, name, programme)
            value = town.name if town is not None else None
        elif name == "kinship":
            value = cells.text(name)[:80] or None
        if value is not None:
            told[name] = value
    refused = {problem.field for problem in cells.problems}
    for name in grounds.missing(ground, told):
        if name not in refused:
            cells.wrong(name, Reason.WAG_GROUND_FACTS_MISSING)
    if told.get("child_institution_closed") and "child_institution_town" not in told | dict.fromkeys(refused):
        cells.wrong("child_institution_town", Reason.WAG_GROUND_FACTS_MISSING)
    if is_outside and told.get(OUTSIDE) is not True and OUTSIDE not in refused:
        cells.wrong(OUTSIDE, Reason.WAG_GROUND_FACTS_MISSING)
    return told


def _dates(cells: Cells, who: EmployeeFacts, programme: Programme) -> tuple[date, ...]:
    """Each date of the range but days of rest that are not usually worked; one date alone stands as it is."""
    if not cells.text("from_on"):
        cells.wrong("from_on", Code.FIELD_REQUIRED)
        return ()
    first = cells.day("from_on")
    last = cells.day("until_on")
    if first is None or any(problem.field == "until_on" for problem in cells.problems):
        return ()
    last = last or first
    for name, day in (("from_on", first), ("until_on", last)):
        if not programme.determining_from <= day <= programme.determining_until:
            cells.wrong(name if cells.text(name) else "from_on", Reason.WAG_OUT_OF_PERIOD)
            return ()
    if last < first:
        cells.wrong("until_on", Code.INVALID_VALUE)
        return ()
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if len(every) == 1 or who.usually_works_rest_days:
        return tuple(every)
    worked = tuple(day for day in every if not is_rest_day(day, programme))
    if not worked:
        cells.wrong("from_on", Code.INVALID_VALUE)
    return worked


def _identity(cells: Cells, name: str) -> str:
    number = padded(cells.text(name)) if cells.text(name) else ""
    is_number = len(number) == 9 and number.isascii() and number.isdecimal() and int(number)
    if not is_number or not has_right_check_digit(number):
        cells.wrong(name, Reason.WAG_BAD_ID)
    return number


def _mobile(cells: Cells, *, is_needed: bool) -> str:
    number = re.sub(r"[\s\-]", "", cells.text("mobile"))
    if len(number) == 9 and number.startswith("5"):
        number = f"0{number}"
    if (number or is_needed) and not MOBILE.fullmatch(number):
        cells.wrong("mobile", Reason.WAG_BAD_MOBILE)
    return number


def _town(cells: Cells, name: str, programme: Programme) -> Town | None:
    town = programme.towns.find(cells.text(name)) if cells.text(name) else None
    if town is None:
        cells.wrong(name, Reason.GEN_UNKNOWN_TOWN)
    return town


def _full_time(cells: Cells, programme: Programme) -> Decimal:
    given = cells.number(
        "full_time_daily_hours",
        Reason.WAG_BAD_FULL_TIME,
        least=programme.least_full_time_hours,
        most=programme.most_full_time_hours,
    )
    return programme.default_full_time_hours if given is None else given


def _wage(cells: Cells, *, is_asked: bool) -> Decimal | None:
    """Only who paid wages may claim; not asked of kibbutz members and the self-employed (CMP-3.1-d)."""
    if not is_asked:
        return None
    before = len(cells.problems)
    wage = cells.number("wage_paid", Reason.WAG_WAGES_NOT_PAID, least=CENT, most=MOST_WAGE)
    if wage is None and len(cells.problems) == before:
        cells.wrong("wage_paid", Reason.WAG_WAGES_NOT_PAID)
    return wage


def _choice(cells: Cells, name: str, among: type[Choice], *, is_needed: bool) -> Choice | None:
    typed = cells.text(name).upper()
    if not typed:
        if is_needed:
            cells.wrong(name, Code.FIELD_REQUIRED)
        return None
    try:
        return among(typed)
    except ValueError:
        cells.wrong(name, Code.INVALID_VALUE)
        return None
