"""
What a report of a licensee about a subject would show on a day (regulation 43), and what it would hold back.

A datum has no place for the name of a bank, an issuer or an authorised source, nor for a technical field, so nothing
that is made of it can print one (CRD-43-k, CRD-0-a).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Prefetch

from ..models.records import DETAILS, ConsolidatedFile, Detail, Record
from ..models.subjects import DataSubject
from ..rules.codes import AuthorisedSourceKind, RecordKind, SourceType
from ..rules.inclusion import Held, HeldBack, Inclusion, include
from ..rules.kinds import KINDS, SUBJECT
from ..rules.parameters import Parameters

DATED: Mapping[RecordKind, str] = MappingProxyType(  # the day from which a record accumulates and ages
    {
        RecordKind.RECEIVING_ORDER: "order_date",
        RecordKind.BANKRUPTCY_UPDATE: "event_date",
        RecordKind.JUDGMENT_FILE: "opened_on",
        RecordKind.NOTE_FILE: "opened_on",
        RecordKind.FILE_CONSOLIDATION: "opened_on",
        RecordKind.LIMITED_MEANS_DEBTOR: "declared_on",
        RecordKind.BOI_RESTRICTION: "start_date",
        RecordKind.CHEQUE_REFUSAL_WARNING: "sent_on",
        RecordKind.INTENDED_PROCEEDINGS_WARNING: "sent_on",
        RecordKind.AUTHORISED_DEBT: "arose_on",
        RecordKind.OCCUPATION_RESTRICTION: "order_date",
        RecordKind.LOAN: "granted_on",
        RecordKind.CREDIT_LINE: "given_on",
    }
)
_ABOUT_THE_SUBJECT = frozenset({*SUBJECT, "last_name", "first_name"})  # stands once, at the head
_FILE_NUMBERS = "file_numbers"


@dataclass(frozen=True, slots=True)
class Datum:
    """One line of a report: its legal fields, when the licensee received it, and for which day the source gave it."""

    record_id: int
    kind: RecordKind
    source_type: SourceType
    authorised_kind: AuthorisedSourceKind | None
    received_on: date
    as_of: date | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it would be drawn up: what it shows by source type (CRD-43-a), and for the clerk what it does not."""

    on: date
    sections: Mapping[SourceType, tuple[Datum, ...]]
    held_back: tuple[HeldBack, ...]


def draft(subject: DataSubject, on: date, *, has_consent: bool = False, parameters: Parameters) -> Draft:
    """What the subject's licensee would report about him on a day. Two queries, however much is held."""
    found = _inclusion(subject, on, has_consent, parameters)
    sections: dict[SourceType, list[Datum]] = {}
    for one in found.shown:
        datum = _datum(one)
        sections.setdefault(datum.source_type, []).append(datum)
    ordered = {type_: tuple(sections[type_]) for type_ in SourceType if type_ in sections}
    return Draft(on, MappingProxyType(ordered), found.held_back)


def has_reportable_negative(subject: DataSubject, on: date, parameters: Parameters) -> bool:
    """Whether negative data on the subject may be given in a report, which is a basis for positive data (CRD-26-a)."""
    return _inclusion(subject, on, has_consent=False, parameters=parameters).is_basis


def _inclusion(subject: DataSubject, on: date, has_consent: bool, parameters: Parameters) -> Inclusion:
    files = ConsolidatedFile.objects.for_licensee(subject.licensee_id)
    records = (
        Record.objects.for_licensee(subject.licensee_id)
        .active()
        .filter(subject=subject)
        .select_related("source", *map(_table, DETAILS.values()))
        .prefetch_related(Prefetch("fileconsolidation__files", queryset=files))
    )
    return include((_held(one) for one in records), on=on, has_consent=has_consent, parameters=parameters)


def _held(record: Record) -> Held:
    kind, detail = RecordKind(record.kind), _detail(record)
    # The key of a debt is its source's own, and equal references are one debt (CRD-0-i).
    key = detail.debt_reference if kind is RecordKind.AUTHORISED_DEBT else bytes(record.key_hash)
    return Held(kind, key, record.source_id, getattr(detail, DATED[kind]), record.received_on, record)


def _detail(record: Record) -> Any:
    return getattr(record, _table(DETAILS[RecordKind(record.kind)]))


def _table(detail: type[Detail]) -> str:
    return str(detail._meta.model_name)


def _datum(held: Held) -> Datum:
    record: Any = held.record
    detail = _detail(record)
    legal = (name for name in KINDS[held.kind].legal if name not in _ABOUT_THE_SUBJECT)
    fields = {
        name: tuple(one.file_number for one in detail.files.all()) if name == _FILE_NUMBERS else getattr(detail, name)
        for name in legal
    }
    return Datum(
        record.pk,
        held.kind,
        SourceType(record.source.type),
        AuthorisedSourceKind(record.source.authorised_kind) if record.source.authorised_kind else None,
        record.received_on,
        record.as_of,
        MappingProxyType(fields),
    )
