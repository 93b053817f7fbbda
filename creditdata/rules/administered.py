"""
The settings of section 12.2 one by one: by which name each is administered, how its value is read, what it may be.

A value is kept as text and holds from its day; the figures of a day are put together by `parameters`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from .codes import RecordKind
from .parameters import DEFAULTS, Keeping, NoteScope, Parameters, PayFormula, Thresholds


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the field of `Parameters` (and of a part of it) that it fills, and the clauses that it serves."""

    field: str
    read: Callable[[str], Any]
    clause: str
    part: str = ""


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


def _sum(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(text)
    return amount


def _ages(text: str) -> Mapping[RecordKind, int]:
    """`JUDGMENT_FILE=84, NOTE_FILE=84`: kinds of data and months; nothing for no limit."""
    ages = {}
    for pair in filter(None, (one.strip() for one in text.split(","))):
        kind, _, months = pair.partition("=")
        ages[RecordKind(kind.strip())] = _whole(1, 600)(months.strip())
    return MappingProxyType(ages)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "CRD_COMMENCEMENT_DATE": Setting("commencement", date.fromisoformat, "CRD-7-c"),
        "CRD_CHAPTER_H_LAST_DAY": Setting("chapter_h_last_day", date.fromisoformat, "CRD-85-a"),
        "CRD_PAY_FORMULA": Setting("pay_formula", PayFormula, "CRD-82-i"),
        "CRD_PAY_INCOME_CAP": Setting("pay_income_cap", _sum, "CRD-82-e"),
        "CRD_PAY_INCOME_FLOOR": Setting("pay_income_floor", _sum, "CRD-82-f"),
        "CRD_OPERATING_FEE": Setting("operating_fee", _sum, "CRD-83-a"),
        "CRD_WIND_DOWN_HOURS": Setting("wind_down_hours", _whole(1, 720), "CRD-81-c"),
        "CRD_NOTE_WORDS": Setting("note_words", _whole(1, 1000), "CRD-61-a"),
        "CRD_NOTE_SCOPE": Setting("note_scope", NoteScope, "CRD-61-a"),
        "CRD_MIN_WAIT_DAYS": Setting("min_wait_days", _whole(0, 365), "CRD-7-e"),
        "CRD_LEVEL_LOAN": Setting("level_loan", _sum, "CRD-25-b"),
        "CRD_LEVEL_LINE": Setting("level_line", _sum, "CRD-25-b"),
        "CRD_THRESHOLD_JUDGMENTS": Setting("judgment_files", _whole(1, 100), "CRD-43-d", "thresholds"),
        "CRD_THRESHOLD_NOTES": Setting("note_files", _whole(1, 100), "CRD-43-d", "thresholds"),
        "CRD_THRESHOLD_CHEQUES": Setting("cheque_warnings", _whole(1, 100), "CRD-43-g", "thresholds"),
        "CRD_THRESHOLD_CHEQUE_MONTHS": Setting("cheque_months", _whole(1, 120), "CRD-43-g", "thresholds"),
        "CRD_THRESHOLD_DEBTS": Setting("debts", _whole(1, 100), "CRD-43-i", "thresholds"),
        "CRD_REPORT_MAX_AGE": Setting("report_max_age", _ages, "CRD-43-o"),
        "CRD_LAW_PUBLICATIONS_PER_YEAR": Setting("law_publications_per_year", _whole(1, 12), "CRD-87-a"),
        "CRD_KEEP_INFORMATION_YEARS": Setting("information", _whole(7, 100), "CRD-75-a", "keeping"),
        "CRD_KEEP_DECLARATIONS_YEARS": Setting("declarations", _whole(10, 100), "CRD-47-a", "keeping"),
        "CRD_KEEP_LICENSING_YEARS": Setting("licensing", _whole(10, 100), "CRD-67-a", "keeping"),
        "CRD_KEEP_WIND_DOWN_YEARS": Setting("wind_down", _whole(25, 100), "CRD-81-i", "keeping"),
    }
)


@dataclass(frozen=True, slots=True)
class Administered:
    """A value that somebody set, and from when it holds."""

    key: str
    value: str
    valid_from: date


def is_readable(key: str, value: str) -> bool:
    """Whether the setting may have this value."""
    try:
        SETTINGS[key].read(value)
    except ValueError:
        return False
    return True


def default_of(key: str) -> str:
    """The value that the specification prints, as text."""
    return shown(key, DEFAULTS)


def shown(key: str, parameters: Parameters) -> str:
    """The value of a setting among these figures, as text that reads back the same."""
    setting = SETTINGS[key]
    value = getattr(getattr(parameters, setting.part) if setting.part else parameters, setting.field)
    if isinstance(value, Mapping):
        return ", ".join(f"{kind.value}={months}" for kind, months in value.items())
    return value.isoformat() if isinstance(value, date) else str(value)


def parameters(rows: Iterable[Administered], day: date) -> Parameters:
    """The figures of a day: of each setting the row whose day came last, among equals the one set last."""
    latest: dict[str, Administered] = {}
    for row in rows:
        if row.valid_from <= day and (row.key not in latest or row.valid_from >= latest[row.key].valid_from):
            latest[row.key] = row
    parts: dict[str, dict[str, Any]] = {"": {}, "thresholds": {}, "keeping": {}}
    for key, row in latest.items():
        parts[SETTINGS[key].part][SETTINGS[key].field] = SETTINGS[key].read(row.value)
    return replace(
        DEFAULTS, **parts[""], thresholds=Thresholds(**parts["thresholds"]), keeping=Keeping(**parts["keeping"])
    )
