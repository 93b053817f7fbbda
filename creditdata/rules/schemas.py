"""
One supplied row against the schema of its kind: what it says, and everything that is wrong with it at once.

The same for a line of a file and for a row of the API (CRD-0-g). A row's words are read once; the values that come
out are typed, name the level of credit and never its amount, and hold no field that the kind does not have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from crm_portal.errors import Code

from .codes import AuthorisedSourceKind, RecordKind, RowEvent, SourceType
from .kinds import ATTESTATION, KINDS, SUBJECT, Kind
from .levels import LOCAL, in_nis, line_level, loan_level
from .parameters import DEFAULTS, Parameters
from .positive import Standing
from .preconditions import Fault, violated
from .reasons import Reason
from .subjects import SubjectKey, subject_faults

# A row with only these waits for somebody to look; any other code rejects it (CRD-0-h, 1-e, 37-a).
WAITING: frozenset[StrEnum] = frozenset(
    {
        Reason.PARENT_ORDER_UNKNOWN,
        Reason.RECORD_UNKNOWN,
        Reason.NAME_MISMATCH,
        Reason.KEY_EXISTS,
        Reason.FX_RATE_MISSING,
    }
)
_DROPPED = ("amount", "currency")  # once the level is known (CRD-25-b)


@dataclass(frozen=True, slots=True)
class Supply:
    """What a row stands in: its source, the day it is made available, and whom to ask about what is known already."""

    source_type: SourceType
    made_available_on: date
    as_of: date | None = None  # of rows that state none themselves
    oldest_as_of: date | None = None  # by `deadlines.oldest_as_of`; None: no test
    authorised_kind: AuthorisedSourceKind | None = None  # of an authorised source
    order_date: Callable[[str, str], date | None] = lambda court, case: None  # of a known receiving order
    standing: Callable[[SubjectKey], Standing] = lambda key: Standing()  # to positive data
    rate: Callable[[str, date], Any] = lambda currency, day: None  # by `levels.rate_on`
    parameters: Parameters = DEFAULTS


@dataclass(slots=True)
class Row:
    """A row as it was read."""

    event: RowEvent = RowEvent.NEW
    as_of: date | None = None
    values: dict[str, Any] = field(default_factory=dict)  # by field; only those that were given and could be read
    faults: list[Fault] = field(default_factory=list)

    @property
    def subject(self) -> SubjectKey:
        """The key of the subject (CRD-1-e); only of a row without faults."""
        return self.values["id_kind"], self.values["id_number"], self.values.get("id_country", "")


def read_row(kind: RecordKind, raw: Mapping[str, Any], supply: Supply) -> Row:
    """
    What a row says and what is wrong with it.

    A cancellation names its record and nothing more is asked of it: that a condition fell away is why it comes
    (CRD-7-g).
    """
    schema, row = KINDS[kind], Row()
    if supply.source_type not in schema.sources:
        row.faults.append(("kind", Reason.KIND_NOT_OF_SOURCE))
    is_cancel = str(raw.get("event") or "").strip().upper() == RowEvent.CANCEL
    _read_fields(schema, raw, supply, row, is_cancel=is_cancel)
    values = row.values
    row.event = values.pop("event", RowEvent.NEW)
    if schema.names_subject:
        row.faults += subject_faults(row.values, has_country=_given(raw, "id_country"))
    _check_as_of(supply, row)
    if not is_cancel:
        _check_conditions(kind, raw, supply, row)
    for name in _DROPPED:
        values.pop(name, None)
    return row


def natural_key(kind: RecordKind, row: Row) -> tuple[str, ...]:
    """What makes a row without faults one record, beside the source where the key is the source's own (CRD-0-i)."""
    return tuple(str(row.values.get(name, "")) for name in KINDS[kind].key)


def content(kind: RecordKind, row: Row) -> dict[str, str]:
    """What a repeated row must have alike, apart from its key: the fields of the regulations (CRD-0-i)."""
    key = KINDS[kind].key
    return {name: str(row.values[name]) for name in KINDS[kind].legal if name in row.values and name not in key}


def _given(raw: Mapping[str, Any], name: str) -> bool:
    """Whether a row says anything under a name; an empty cell says nothing."""
    said = raw.get(name)
    return said is not None and not (isinstance(said, str) and not said.strip())


def _read_fields(schema: Kind, raw: Mapping[str, Any], supply: Supply, row: Row, *, is_cancel: bool) -> None:
    fields, faults = schema.fields, row.faults
    for name in raw:
        if name not in fields and _given(raw, name):
            faults.append((str(name), Reason.FIELD_NOT_ALLOWED))
    for name, one in fields.items():
        if not _given(raw, name):
            if one.is_required and (not is_cancel or name in schema.key or name in SUBJECT):
                faults.append((name, Reason.FIELD_MISSING))
            continue
        try:
            value = one.read(raw[name])
        except ValueError:
            faults.append((name, Code.INVALID_VALUE))
            continue
        row.values[name] = value
        if one.is_past and value > supply.made_available_on:
            faults.append((name, Reason.DATE_IN_FUTURE))


def _check_as_of(supply: Supply, row: Row) -> None:
    """The day for which the row is correct: the row's own, else the supply's (CRD-0-b, 0-c)."""
    as_of = row.as_of = row.values.pop("as_of", None) or supply.as_of
    if as_of is None:
        if supply.source_type is not SourceType.COURT and ("as_of", Code.INVALID_VALUE) not in row.faults:
            row.faults.append(("as_of", Reason.AS_OF_MISSING))
    elif as_of > supply.made_available_on:
        row.faults.append(("as_of", Reason.AS_OF_IN_FUTURE))
    elif supply.oldest_as_of is not None and as_of < supply.oldest_as_of:
        row.faults.append(("as_of", Reason.AS_OF_TOO_OLD))


def _check_conditions(kind: RecordKind, raw: Mapping[str, Any], supply: Supply, row: Row) -> None:
    """What the Law and table 3.2 ask of a record that is supplied or changed."""
    if KINDS[kind].is_attested and not row.values.get(ATTESTATION):
        row.faults.append((ATTESTATION, Reason.LAW_CONDITION_NOT_ATTESTED))
    known = _with_known(kind, supply, row.values)
    row.faults += violated(kind, known, supply.made_available_on, supply.parameters)
    if further := _FURTHER.get(kind):
        further(raw, supply, row)


def _with_known(kind: RecordKind, supply: Supply, values: dict[str, Any]) -> dict[str, Any]:
    """The row's values beside what is known without it."""
    if kind is RecordKind.BANKRUPTCY_UPDATE:
        court, case = values.get("court_name"), values.get("case_number")
        return {**values, "order_date": supply.order_date(court, case) if court and case else None}
    if kind is RecordKind.AUTHORISED_DEBT:
        return {**values, "authorised_kind": supply.authorised_kind}
    if kind in (RecordKind.LOAN, RecordKind.CREDIT_LINE):
        if "id_kind" not in values or "id_number" not in values:
            return {**values, "has_basis": True}  # nobody to ask about: that is said already
        key = (values["id_kind"], values["id_number"], values.get("id_country", ""))
        standing = supply.standing(key)
        return {
            **values,
            "has_basis": standing.has_basis,
            "is_withdrawn": standing.is_withdrawn,
            "approached_on": standing.approached_on,
        }
    return values


def _served(raw: Mapping[str, Any], supply: Supply, row: Row) -> None:
    """A warning recorded as served was served on a day."""
    if row.values.get("warning_recorded_served") and not _given(raw, "warning_served_on"):
        row.faults.append(("warning_served_on", Reason.FIELD_MISSING))


def _consolidation_number(raw: Mapping[str, Any], supply: Supply, row: Row) -> None:
    """A consolidation's number exactly where one was ordered (CRD-9-b)."""
    is_given = _given(raw, "consolidation_number")
    if is_given and not row.values.get("consolidation_ordered"):
        row.faults.append(("consolidation_number", Reason.FIELD_NOT_ALLOWED))
    elif row.values.get("consolidation_ordered") and not is_given:
        row.faults.append(("consolidation_number", Reason.FIELD_MISSING))


def _level(day_name: str, level_of: Callable[..., StrEnum]) -> Callable[[Mapping[str, Any], Supply, Row], None]:
    def check(raw: Mapping[str, Any], supply: Supply, row: Row) -> None:
        """The level: by the amount on the day of granting, or as the bank states it (CRD-25-b, 37-a, 37-b)."""
        values = row.values
        amount, currency, day = values.get("amount"), values.get("currency", LOCAL), values.get(day_name)
        if amount is None:
            if not _given(raw, "level") and not _given(raw, "amount"):
                row.faults.append(("level", Reason.FIELD_MISSING))
            return
        if day is None:
            return
        rate = None if currency == LOCAL else supply.rate(currency, day)
        if rate is None and currency != LOCAL:
            row.faults.append(("amount", Reason.FX_RATE_MISSING))
            return
        values["level"] = level_of(in_nis(amount, rate), supply.parameters)

    return check


_FURTHER: Mapping[RecordKind, Callable[[Mapping[str, Any], Supply, Row], None]] = {
    RecordKind.JUDGMENT_FILE: _served,
    RecordKind.NOTE_FILE: _served,
    RecordKind.FILE_CONSOLIDATION: _served,
    RecordKind.LIMITED_MEANS_DEBTOR: _consolidation_number,
    RecordKind.LOAN: _level("granted_on", loan_level),
    RecordKind.CREDIT_LINE: _level("given_on", line_level),
}
