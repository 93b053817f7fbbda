"""
The settings of section 12.2, as the rules take them: one frozen value of the figures in force on a day.

A changed setting has a day from which it holds and passed dual control; whoever asks a rule about a day builds the
value of that day. Rules name no figure of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .codes import RecordKind


class PayFormula(StrEnum):
    """How the Second Schedule is read (CRD-82-i, k)."""

    LITERAL = "literal"
    CONSERVING = "conserving"


class NoteScope(StrEnum):
    """Whether the forty words are of each version or of the two together (CRD-61-a)."""

    EACH = "each"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many on a kind of negative data is reported (CRD-43-d, g, i)."""

    judgment_files: int = 3
    note_files: int = 5
    cheque_warnings: int = 2
    cheque_months: int = 12
    debts: int = 3


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many years what is kept, at least (CRD-75-a, 47-a, 67-a, 81-i)."""

    information: int = 7
    declarations: int = 10
    licensing: int = 10
    wind_down: int = 25


@dataclass(frozen=True, slots=True)
class Parameters:
    """The figures of 12.2 with their defaults; sums in NIS, ages in months."""

    commencement: date = date(2004, 4, 25)
    chapter_h_last_day: date = date(2009, 4, 25)
    pay_formula: PayFormula = PayFormula.LITERAL
    pay_income_cap: Decimal = Decimal(520_000_000)
    pay_income_floor: Decimal = Decimal(35_000_000)
    operating_fee: Decimal = Decimal(1_000_000)
    wind_down_hours: int = 72
    note_words: int = 40
    note_scope: NoteScope = NoteScope.EACH
    min_wait_days: int = 60
    level_loan: Decimal = Decimal(25_000)
    level_line: Decimal = Decimal(15_000)
    thresholds: Thresholds = Thresholds()
    report_max_age: Mapping[RecordKind, int] = field(default_factory=dict)  # empty: no ageing (CRD-43-o)
    law_publications_per_year: int = 2
    keeping: Keeping = Keeping()


DEFAULTS = Parameters()
