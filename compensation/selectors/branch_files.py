"""The branches of a business as a spreadsheet: the template to fill in, and every cell that is wrong (CMP-2.6-i)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import IO, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from crm_portal.errors import Code

from ..rules.programme import Programme
from ..rules.reasons import Reason
from . import spreadsheets
from .spreadsheets import CellProblem

COLUMNS: Final = ("name", "town")
LONGEST_NAME, MOST_BRANCHES = 120, 200
Branches = list[tuple[str, str]]  # name and canonical town


def headings() -> dict[str, str]:
    """What stands above each column."""
    return {"name": _("Name of the branch"), "town": _("Town of the branch")}


def write_template(out: IO[bytes], programme: Programme) -> None:
    """The empty list, right to left; beside it the known towns, to choose from."""
    with override("he"):
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#dde7f5", "border": 1})
        page, known = book.add_worksheet(_("Branches")), book.add_worksheet(pgettext("spreadsheet", "Towns"))
        for place, column in enumerate(COLUMNS):
            page.write_string(0, place, f"{headings()[column]}{' *' if column == 'town' else ''}", bold)
            page.set_column(place, place, 32)
        towns = sorted({town.name for town in programme.towns.by_spelling.values()})
        known.write_column(0, 0, towns)
        for sheet in (page, known):
            sheet.right_to_left()
        page.freeze_panes(1, 0)
        choices = f"='{known.name}'!$A$1:$A${len(towns)}"
        page.data_validation(1, 1, MOST_BRANCHES, 1, {"validate": "list", "source": choices, "error_type": "warning"})
        book.close()


def read(content: IO[bytes], programme: Programme) -> tuple[Branches, list[CellProblem]]:
    """
    Every branch of a filled-in template, or every cell that is wrong.

    A branch without a name is called by its town; one that is listed twice is told at its second row.

    :raises Unreadable: when it is no spreadsheet, too large, or not the template
    """
    (page, *_others) = spreadsheets.pages(content, [COLUMNS], headings)
    words = headings()
    found: Branches = []
    problems: list[CellProblem] = []
    for line, typed in spreadsheets.rows(page, COLUMNS):
        name, town, wrong = _branch(typed, programme)
        if not wrong and (name, town) in found:
            wrong = {"name": Code.DUPLICATE}
        if len(found) == MOST_BRANCHES:
            raise spreadsheets.Unreadable
        problems += [spreadsheets.problem(1, line, COLUMNS, column, code, words) for column, code in wrong.items()]
        if not wrong:
            found.append((name, town))
    return found, problems


def _branch(typed: Mapping[str, object], programme: Programme) -> tuple[str, str, dict[str, StrEnum]]:
    name, spelled = (str(typed.get(column) or "").strip() for column in COLUMNS)
    wrong: dict[str, StrEnum] = {}
    town = programme.towns.find(spelled) if spelled else None
    if len(name) > LONGEST_NAME:
        wrong["name"] = Code.INVALID_VALUE
    if town is None:
        wrong["town"] = Reason.GEN_UNKNOWN_TOWN
    return name or (town.name if town is not None else ""), town.name if town is not None else "", wrong
