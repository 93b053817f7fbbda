"""The calculation sheet as a spreadsheet: its columns, the template to fill in, and every cell that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from crm_portal.people.rules.identity_numbers import padded

from .. import labels
from ..rules.codes import ClaimantKind
from ..rules.programme import Programme
from ..rules.reasons import Reason
from ..rules.wage import sheet
from ..rules.wage.sheet import FLAGS, AbsenceFacts, EmployeeFacts, Problem
from . import spreadsheets
from .spreadsheets import LANGUAGES, MOST_ROWS, CellProblem

EMPLOYEES: Final = (
    "id_number", "name", "mobile", "town", "wage_paid", "paid_from", "paid_until", "full_time_daily_hours",
    "scheduled_hours", "usually_works_rest_days", "role", "branch",
)  # fmt: skip
DAYS: Final = (
    "id_number", "from_on", "until_on", "absent_hours", "ground", "reason_not_counted", "child_id", "child_born_on",
    "child_institution_town", "kinship", *FLAGS,
)  # fmt: skip
_CHOICES = {
    "ground": labels.ABSENCE_GROUND,
    "reason_not_counted": labels.NOT_COUNTED_REASON,
    "role": labels.KIBBUTZ_ROLE,
    "branch": labels.KIBBUTZ_BRANCH,
}
_MANDATORY = frozenset({"id_number", "name", "mobile", "town", "wage_paid", "from_on", "ground"})


@dataclass(frozen=True, slots=True)
class ReadRow:
    """An employee with the entries of his days."""

    employee: EmployeeFacts
    absences: Sequence[AbsenceFacts]


def headings() -> dict[str, str]:
    """What stands above each column."""
    return {
        "id_number": _("Identity number"),
        "name": _("Full name"),
        "mobile": _("Mobile phone"),
        "town": _("Town of residence"),
        "wage_paid": _("Wage paid for the days of absence (ILS)"),
        "paid_from": _("Paid from"),
        "paid_until": _("Paid until"),
        "full_time_daily_hours": _("Hours of a full-time day"),
        "scheduled_hours": _("Hours of the employee's own day"),
        "usually_works_rest_days": _("Usually works on Fridays, Saturdays and holidays"),
        "role": _("Role in the kibbutz"),
        "branch": _("Kibbutz branch"),
        "from_on": _("First day"),
        "until_on": _("Last day"),
        "absent_hours": _("Hours absent each day"),
        "ground": _("Ground of the absence"),
        "reason_not_counted": _("Why the days are not counted"),
        "child_id": _("Identity number of the child"),
        "child_born_on": _("The child's date of birth"),
        "child_institution_town": _("Town of the child's institution"),
        "kinship": _("Kinship"),
        **{name: str(words) for name, words in labels.GROUND_FACT.items()},
    }


def write_template(out: IO[bytes], programme: Programme) -> None:
    """The empty sheet, right to left, with lists to choose from and a row that explains each column."""
    with override("he"):
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#dde7f5", "border": 1})
        text = book.add_format({"num_format": "@"})
        for name, columns in ((_("Employees"), EMPLOYEES), (_("Days of absence"), DAYS)):
            page = book.add_worksheet(name)
            page.right_to_left()
            page.freeze_panes(1, 1)
            words = headings()
            for place, column in enumerate(columns):
                mark = " *" if column in _MANDATORY else ""
                page.write_string(0, place, f"{words[column]}{mark}", bold)
                as_text = text if column in {"id_number", "mobile", "child_id"} else None
                page.set_column(place, place, 22, as_text)
                _offer(page, place, column, programme)
        book.close()


def read(
    content: IO[bytes], kind: ClaimantKind, programme: Programme, *, is_outside: bool
) -> tuple[list[ReadRow], list[CellProblem]]:
    """
    Every row of a filled-in template, or every cell that is wrong: nothing is taken of a sheet with a mistake.

    :raises Unreadable: when it is no spreadsheet, too large, or not the template
    """
    pages = spreadsheets.pages(content, (EMPLOYEES, DAYS), headings)
    problems: list[CellProblem] = []
    people: dict[str, EmployeeFacts] = {}
    absences: dict[str, list[AbsenceFacts]] = {}
    numbers: set[str] = set()  # also of the rows with a mistake, so that their days are not told a second time
    words = headings()
    for line, typed in _rows(pages[0], EMPLOYEES):
        found, wrong = sheet.employee(typed, kind, programme)
        number = padded(sheet.Cells(typed).text("id_number"))
        if number in numbers:
            wrong = (*wrong, Problem("id_number", Reason.WAG_BAD_ID))
        numbers.add(number)
        problems += _located(1, line, EMPLOYEES, wrong, words)
        if found is not None and not wrong:
            people[found.id_number] = found
    for line, typed in _rows(pages[1], DAYS):
        number = padded(sheet.Cells(typed).text("id_number"))
        who = people.get(number)
        if who is None:
            if number not in numbers:
                problems += _located(2, line, DAYS, (Problem("id_number", Reason.WAG_BAD_ID),), words)
            continue
        absence, wrong = sheet.absence(typed, who, programme, is_outside=is_outside)
        taken = {on for one in absences.get(number, ()) for on in one.dates}
        if absence is not None and not taken.isdisjoint(absence.dates):
            wrong = (Problem("from_on", Reason.WAG_DUPLICATE_DAY),)
        problems += _located(2, line, DAYS, wrong, words)
        if absence is not None and not wrong:
            absences.setdefault(number, []).append(absence)
    return [ReadRow(one, absences.get(number, [])) for number, one in people.items()], problems


def _rows(page: Any, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, object]]]:
    for line, typed in spreadsheets.rows(page, columns):
        yield line, {name: _code(name, value) for name, value in typed.items()}


def _code(name: str, value: object) -> object:
    """The code of a choice that was written in words, in either language."""
    if name not in _CHOICES or not isinstance(value, str):
        return value
    for language in LANGUAGES:
        with override(language):
            for code, words in _CHOICES[name]:
                if str(words) == value.strip():
                    return code
    return value


def _located(
    page: int, line: int, columns: Sequence[str], problems: Sequence[Problem], words: Mapping[str, str]
) -> list[CellProblem]:
    return [spreadsheets.problem(page, line, columns, one.field, one.code, words) for one in problems]


def _offer(page: Any, place: int, column: str, programme: Programme) -> None:
    options: dict[str, Any] = {}
    if column in _CHOICES:
        options = {"validate": "list", "source": [str(words)[:60] for _code, words in _CHOICES[column]]}
        if sum(len(one) + 1 for one in options["source"]) > 255:
            return
    elif column in FLAGS or column == "usually_works_rest_days":
        options = {"validate": "list", "source": [pgettext("answer", "Yes"), pgettext("answer", "No")]}
    elif column in {"from_on", "until_on"}:
        options = {
            "validate": "date",
            "criteria": "between",
            "minimum": programme.determining_from,
            "maximum": programme.determining_until,
        }
    if options:
        page.data_validation(1, place, MOST_ROWS, place, options)
