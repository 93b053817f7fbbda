"""
The table of section 3.2 as data: who may supply a kind of record, its exact fields, and what makes it one record.

The legal fields are those of the regulations, "these only". The technical ones beside them serve preconditions, the
natural key (CRD-0-i) and the as-of (CRD-0-b); no report prints them. How often and how fresh each kind is supplied
stands in `directives.py`, for the Registrar may change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .codes import (
    AppealStatus,
    BankruptcyEvent,
    CreditLineLevel,
    IdNumberKind,
    JudgmentNature,
    LoanLevel,
    RecordKind,
    RestrictionType,
    RowEvent,
    SourceType,
)
from .fields import Field, amount, choice, country, currency, day, flag, numbers, text
from .preconditions import StayReason
from .registers import BaseEvent, RestrictedRole

SUBJECT = ("id_kind", "id_number", "id_country")  # one subject has one key (CRD-1-e)
ATTESTATION = "law_condition_attested"
NUMBER, OFFICE, COURT, REFERENCE = 40, 80, 120, 80  # characters


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table."""

    sources: frozenset[SourceType]
    fields: Mapping[str, Field]
    key: tuple[str, ...]  # the fields that name the record (CRD-0-i)
    is_keyed_by_source: bool = False  # the key is the source's own

    @property
    def is_attested(self) -> bool:
        """Whether a condition stands only in the Law, so that the source confirms it row by row (CRD-0-l)."""
        return ATTESTATION in self.fields

    @property
    def names_subject(self) -> bool:
        """Whether the row itself says who it is about; an update of an order is about the order's debtor."""
        return "id_number" in self.fields

    @property
    def legal(self) -> tuple[str, ...]:
        """The names of the fields that a report may print."""
        return tuple(name for name, field in self.fields.items() if field.is_legal)


def technical(name: str, read: object, *, is_required: bool = False) -> Field:
    """A field that stays with the original."""
    return Field(name, read, is_legal=False, is_required=is_required)  # type: ignore[arg-type]


def happened(name: str) -> Field:
    """The day of something that has happened."""
    return Field(name, day, is_past=True)


_PERSON = (
    Field("last_name", text(120)),
    Field("first_name", text(80)),
    Field("id_kind", choice(IdNumberKind)),
    Field("id_number", text(NUMBER)),
    Field("id_country", country, is_required=False),
)
_EVERY = (technical("event", choice(RowEvent)), technical("as_of", day))
_WARNED = (
    technical("office", text(OFFICE), is_required=True),
    technical("warning_recorded_served", flag, is_required=True),
    technical("warning_served_on", day),
    technical("stay_order", flag, is_required=True),
    technical("stay_reason", choice(StayReason)),
)
_HELD = (technical("account_holder", flag, is_required=True), technical(ATTESTATION, flag))
_FACILITY = (
    technical("facility_reference", text(REFERENCE), is_required=True),
    technical("amount", amount),
    technical("currency", currency),
    technical("is_past_credit", flag),
)


def _kind(sources: set[SourceType], key: tuple[str, ...], *fields: Field, by_source: bool = False) -> Kind:
    named = {field.name: field for field in (*fields, *_EVERY)}
    return Kind(frozenset(sources), MappingProxyType(named), key, by_source)


KINDS: Mapping[RecordKind, Kind] = MappingProxyType(
    {
        RecordKind.RECEIVING_ORDER: _kind(
            {SourceType.OFFICIAL_RECEIVER},
            ("court_name", "case_number"),
            *_PERSON,
            happened("order_date"),
            Field("court_name", text(COURT)),
            Field("case_number", text(NUMBER)),
            technical("cancelled", flag, is_required=True),
        ),
        RecordKind.BANKRUPTCY_UPDATE: _kind(
            {SourceType.OFFICIAL_RECEIVER},
            ("court_name", "case_number", "event_type", "event_date"),
            Field("court_name", text(COURT)),  # with the case number it is the link to the order
            Field("case_number", text(NUMBER)),
            Field("event_type", choice(BankruptcyEvent)),
            happened("event_date"),
        ),
        RecordKind.JUDGMENT_FILE: _kind(
            {SourceType.EXECUTION_OFFICE},
            ("office", "file_number"),
            *_PERSON,
            Field("file_number", text(NUMBER)),
            happened("opened_on"),
            *_WARNED,
            technical("judgment_nature", choice(JudgmentNature), is_required=True),
        ),
        RecordKind.NOTE_FILE: _kind(
            {SourceType.EXECUTION_OFFICE},
            ("office", "file_number"),
            *_PERSON,
            Field("file_number", text(NUMBER)),
            happened("opened_on"),
            *_WARNED,
        ),
        RecordKind.FILE_CONSOLIDATION: _kind(
            {SourceType.EXECUTION_OFFICE},
            ("office", "consolidation_number"),
            *_PERSON,
            Field("consolidation_number", text(NUMBER)),
            Field("file_numbers", numbers(NUMBER), is_required=False),  # none has a code of its own
            happened("opened_on"),
            *_WARNED,
        ),
        RecordKind.LIMITED_MEANS_DEBTOR: _kind(
            {SourceType.EXECUTION_OFFICE},
            ("office", "file_number"),
            Field("declared_on", day),
            *_PERSON,
            Field("file_number", text(NUMBER)),
            Field("consolidation_number", text(NUMBER), is_required=False),
            technical("office", text(OFFICE), is_required=True),
            technical("consolidation_ordered", flag),
        ),
        RecordKind.BOI_RESTRICTION: _kind(
            {SourceType.BANK_OF_ISRAEL},
            (*SUBJECT, "restriction_type", "start_date"),
            *_PERSON,
            Field("restriction_type", choice(RestrictionType)),
            Field("start_date", day),
            Field("end_date", day),
            technical("base_event", choice(BaseEvent), is_required=True),
            technical("base_event_on", day, is_required=True),
            technical("appeal_status", choice(AppealStatus), is_required=True),
            technical("appeal_notified_on", day),
            technical("registered_mail", flag),
            technical("copy_attached", flag),
            technical("order_preventing_start", flag, is_required=True),
        ),
        RecordKind.CHEQUE_REFUSAL_WARNING: _kind(
            {SourceType.BANKING_CORPORATION},
            (*SUBJECT, "sent_on"),
            *_PERSON,
            happened("sent_on"),
            technical("under_dishonoured_cheques_law", flag, is_required=True),
            *_HELD,
            by_source=True,
        ),
        RecordKind.INTENDED_PROCEEDINGS_WARNING: _kind(
            {SourceType.BANKING_CORPORATION, SourceType.CARD_ISSUER},
            (*SUBJECT, "sent_on"),
            *_PERSON,
            happened("sent_on"),
            *_HELD,
            by_source=True,
        ),
        RecordKind.AUTHORISED_DEBT: _kind(
            {SourceType.AUTHORISED_SOURCE},
            ("debt_reference",),
            *_PERSON,
            Field("arose_on", day),
            technical("debt_reference", text(REFERENCE), is_required=True),
            technical(ATTESTATION, flag),
            by_source=True,
        ),
        RecordKind.OCCUPATION_RESTRICTION: _kind(
            {SourceType.COURT},
            (*SUBJECT, "order_date"),
            *_PERSON,
            Field("role", choice(RestrictedRole)),
            happened("order_date"),
            Field("nature", text(400)),
            Field("end_date", day),
            by_source=True,
        ),
        RecordKind.LOAN: _kind(
            {SourceType.BANKING_CORPORATION},
            ("facility_reference",),
            *_PERSON,
            happened("granted_on"),
            Field("repayable_on", day, is_required=False),  # without one it is no loan, which has a code of its own
            Field("payment_frequency", text(40)),
            Field("level", choice(LoanLevel), is_required=False),  # or the amount that it follows from
            *_FACILITY,
            by_source=True,
        ),
        RecordKind.CREDIT_LINE: _kind(
            {SourceType.BANKING_CORPORATION},
            ("facility_reference",),
            *_PERSON,
            happened("given_on"),
            Field("level", choice(CreditLineLevel), is_required=False),
            *_FACILITY,
            technical("on_current_account", flag, is_required=True),
            by_source=True,
        ),
    }
)
