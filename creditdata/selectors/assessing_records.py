"""Groups of what may be supplied: preconditions, loans and levels, the basis of positive data."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import Facts, InvalidInput

from ..rules import levels, positive
from ..rules.codes import (
    AppealStatus,
    AuthorisedSourceKind,
    CreditLineLevel,
    JudgmentNature,
    LoanLevel,
    PositiveDataBasis,
    RecordKind,
)
from ..rules.preconditions import StayReason, violated
from ..rules.reasons import Reason
from .calendars import Calendars
from .groups import Group, money

# The golden file's other names of two kinds (section 14).
ALSO = {
    "means_restricted": RecordKind.LIMITED_MEANS_DEBTOR,
    "intention_warnings": RecordKind.INTENDED_PROCEEDINGS_WARNING,
}
LOCAL = frozenset({"ILS", "NIS"})
LOWER, UPPER = 1, 2  # of a level
DAYS = (
    "order_date", "event_date", "opened_on", "warning_served_on", "declared_on", "base_event_on", "appeal_notified_on",
    "start_date", "end_date", "arose_on", "granted_on", "repayable_on", "given_on", "approached_on",
)  # fmt: skip
FLAGS = (
    "cancelled", "warning_recorded_served", "stay_order", "registered_mail", "copy_attached", "order_preventing_start",
    "account_holder", "under_dishonoured_cheques_law", "has_basis", "is_withdrawn", "is_past_credit",
    "on_current_account",
)  # fmt: skip
# What a case must say, because no condition of its kind can be judged without it.
NEEDED: Mapping[RecordKind, tuple[str, ...]] = MappingProxyType(
    {
        RecordKind.RECEIVING_ORDER: ("order_date",),
        RecordKind.BANKRUPTCY_UPDATE: ("event_date",),
        RecordKind.JUDGMENT_FILE: ("opened_on", "made_available"),
        RecordKind.NOTE_FILE: ("opened_on", "made_available"),
        RecordKind.FILE_CONSOLIDATION: ("opened_on", "made_available"),
        RecordKind.LIMITED_MEANS_DEBTOR: ("declared_on", "made_available"),
        RecordKind.BOI_RESTRICTION: ("base_event_on", "made_available"),
        RecordKind.AUTHORISED_DEBT: ("arose_on", "made_available"),
        RecordKind.OCCUPATION_RESTRICTION: ("order_date", "end_date"),
        RecordKind.LOAN: ("granted_on",),
        RecordKind.CREDIT_LINE: ("given_on",),
    }
)


def preconditions(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Every code that a row of a kind violates (CRD-0-f)."""
    kind = case.choice("kind", RecordKind, also=ALSO)
    if not case.has("row"):
        raise InvalidInput(Code.FIELD_REQUIRED, case.where("row"))
    row = case.part("row")
    for name in NEEDED.get(kind, ()):
        row.known_day(name)
    said: dict[str, Any] = {name: row.day(name) for name in DAYS}
    said |= {name: row.flag(name, False) for name in FLAGS if row.has(name)}
    if said.get("warning_recorded_served") and said["warning_served_on"] is None:
        raise InvalidInput(Code.FIELD_REQUIRED, row.where("warning_served_on"))
    said["stay_reason"] = _stay_reason(row)
    for name, among in _CHOICES.items():
        if row.has(name):
            said[name] = row.choice(name, among)
    said["file_numbers"] = row.items("file_numbers")
    found = violated(kind, said, row.day("made_available") or date.max)
    return {"expected": [code.value for _, code in found]}


_CHOICES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "judgment_nature": JudgmentNature,
        "appeal_status": AppealStatus,
        "authorised_kind": AuthorisedSourceKind,
    }
)


def _stay_reason(row: Facts) -> StayReason:
    """Any other reason than a consolidation is another reason (CRD-7-f)."""
    said = row.text("stay_reason").strip().upper()
    return StayReason.JOINED_TO_CONSOLIDATION if said == StayReason.JOINED_TO_CONSOLIDATION else StayReason.OTHER


LEVELS: Mapping[str, Callable[[Decimal], StrEnum]] = MappingProxyType(
    {"loan": levels.loan_level, "credit_line": levels.line_level}
)


def level(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """An amount in NIS on the day of granting, and its level: 1 up to the limit, 2 over it (CRD-25-b, 37-a)."""
    level_of = LEVELS.get(case.text("kind").strip().lower())
    if level_of is None:
        raise InvalidInput(Code.INVALID_VALUE, case.where("kind"))
    amount = case.number("amount")
    currency = case.text("currency").strip().upper()
    if not currency:
        raise InvalidInput(Code.FIELD_REQUIRED, case.where("currency"))
    rate = None
    if currency not in LOCAL:
        if not case.has("representative_rate"):
            raise InvalidInput(Reason.FX_RATE_MISSING, case.where("representative_rate"))
        rate = case.number("representative_rate", least=Decimal("0.000001"))
    amount_nis = levels.in_nis(amount, rate)
    is_lower = level_of(amount_nis) in (LoanLevel.UP_TO_25000, CreditLineLevel.UP_TO_15000)
    return {"amount_ils": money(amount_nis), "level": LOWER if is_lower else UPPER}


def loan(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether credit is a loan; credit without a set day of repayment (null) is none (CRD-25-a)."""
    granted = case.known_day("granted")
    if "repayable" not in case.names():
        raise InvalidInput(Code.FIELD_REQUIRED, case.where("repayable"))
    return {"is_loan": levels.is_loan(granted, case.day("repayable"))}


BASIS = {
    PositiveDataBasis.CONSENT_TO_LICENSEE: "consent",
    PositiveDataBasis.REPORTABLE_NEGATIVE_DATA: "reportable_negative_data",
    PositiveDataBasis.CONSENT_TO_REGISTRAR: "consent_to_registrar",
}
# What the golden file says of a consent, and whether it is one to the licensee and one to the Registrar.
CONSENT: Mapping[str, tuple[bool, bool]] = MappingProxyType(
    {
        "on registrar list given to another licensee": (False, False),
        "on registrar list given directly to the registrar": (False, True),
    }
)


def positive_basis(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether positive data may be collected, and the basis that is named (CRD-26-a)."""
    to_licensee, to_registrar = _consent(case)
    case.flag("held_negative_below_threshold", False)  # it is no basis, but it must be true or false
    found = positive.bases(
        consent_to_licensee=to_licensee,
        consent_to_registrar=to_registrar,
        reportable_negative=case.flag("reportable_negative", False),
    )
    return {"may_collect": bool(found), "basis": BASIS[found[0]] if found else None}


def _consent(case: Facts) -> tuple[bool, bool]:
    said = case.raw("consent")
    if said is None or isinstance(said, bool):
        return bool(said), False
    known = CONSENT.get(" ".join(said.lower().split())) if isinstance(said, str) else None
    if known is None:
        raise InvalidInput(Code.INVALID_VALUE, case.where("consent"))
    return known


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "preconditions": Group(preconditions, ("expected",)),
        "levels": Group(level, ("amount_ils", "level")),
        "loan_definition": Group(loan, ("is_loan",)),
        "positive_basis": Group(positive_basis, ("may_collect", "basis")),
    }
)
