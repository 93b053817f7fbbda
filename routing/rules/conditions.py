"""The conditions of 4.6, one name and one test each, and the rule for several files (CRM-7-d)."""

from collections.abc import Callable
from dataclasses import dataclass

from .codes import Because, Register, TaxSystemCode
from .facts import Facts, FileFacts, Tables

NO_REPORT_FILE_TYPES = frozenset({"91", "10", "95"})  # clause 7: no annual report is due on these


@dataclass(frozen=True, slots=True)
class Condition:
    """One named question about the facts; `reads` is the register without which it cannot be answered."""

    name: Because
    holds: Callable[[Facts, Tables], bool]
    reads: Register | None = None


def reporting_files(facts: Facts) -> list[FileFacts]:
    """The active income-tax files on which an annual report is due, the one that decides first (CRM-7-d, A-19)."""
    return sorted(
        (
            file
            for file in facts.tax_files
            if file.tax_system == TaxSystemCode.INCOME_TAX
            and file.is_active
            and file.annual_report_required
            and file.file_type.lstrip("0") not in NO_REPORT_FILE_TYPES
        ),
        key=_by_number,
    )


def dealer_files(facts: Facts) -> list[FileFacts]:
    """The active VAT dealer files, the one that decides first (CRM-7-d, CRM-7-i)."""
    return sorted(
        (file for file in facts.tax_files if file.tax_system == TaxSystemCode.VAT and file.is_active), key=_by_number
    )


def _by_number(file: FileFacts) -> tuple[bool, int, str, str]:
    """The lowest number first; a leading 0 (A-9) does not count, and files without a number come last."""
    digits = file.file_number.lstrip("0")
    return (not file.file_number.isdecimal(), len(digits), digits, file.managing_unit or "")


def _lives_in_msm_area(facts: Facts, tables: Tables) -> bool:
    row = tables.locality(facts.locality)
    return row is not None and row.msm_unit is not None


_NAMED_SYSTEMS = frozenset({TaxSystemCode.INCOME_TAX, TaxSystemCode.VAT, TaxSystemCode.REAL_ESTATE})

INTERNAL = Condition(Because.INTERNAL, lambda facts, _: facts.triplet.is_internal)
REAL_ESTATE = Condition(Because.REAL_ESTATE, lambda facts, _: facts.triplet.tax_system == TaxSystemCode.REAL_ESTATE)
BOOKKEEPING_AUDIT = Condition(Because.BOOKKEEPING_AUDIT, lambda facts, _: facts.triplet.is_nsa)
SECTION17 = Condition(Because.SECTION17, lambda facts, _: facts.triplet.is_section17)
MSM_TOPIC = Condition(Because.MSM_TOPIC, lambda facts, _: facts.triplet.is_msm_topic)
MSM_ADDRESS = Condition(Because.MSM_ADDRESS, _lives_in_msm_area, reads=Register.POPULATION)
INCOME_TAX = Condition(Because.INCOME_TAX, lambda facts, _: facts.triplet.tax_system == TaxSystemCode.INCOME_TAX)
REPORTING_FILE = Condition(Because.REPORTING_FILE, lambda facts, _: bool(reporting_files(facts)), reads=Register.SHAAM)
NO_REPORTING_FILE = Condition(
    Because.NO_REPORTING_FILE, lambda facts, _: not reporting_files(facts), reads=Register.SHAAM
)
VAT = Condition(Because.VAT, lambda facts, _: facts.triplet.tax_system == TaxSystemCode.VAT)
DEALER_FILE = Condition(Because.DEALER_FILE, lambda facts, _: bool(dealer_files(facts)), reads=Register.SHAAM)
NO_DEALER_FILE = Condition(Because.NO_DEALER_FILE, lambda facts, _: not dealer_files(facts), reads=Register.SHAAM)
OTHER_TAX_SYSTEM = Condition(Because.OTHER_TAX_SYSTEM, lambda facts, _: facts.triplet.tax_system not in _NAMED_SYSTEMS)
