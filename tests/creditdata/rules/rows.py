"""A row of every kind that is right, and the supply it comes in."""

from datetime import date
from typing import Any

from creditdata.rules.codes import AuthorisedSourceKind, RecordKind, SourceType
from creditdata.rules.kinds import KINDS
from creditdata.rules.positive import Standing
from creditdata.rules.preconditions import Fault
from creditdata.rules.schemas import Row, Supply, read_row

ON = date(2026, 3, 2)  # made available
PERSON = {"last_name": "כהן", "first_name": "דנה", "id_kind": "RESIDENT", "id_number": "000000018"}
WARNED = {
    "office": "ירושלים",
    "opened_on": "2025-10-01",
    "warning_recorded_served": "true",
    "warning_served_on": "2026-01-01",  # sixty days before
    "stay_order": "false",
}
HELD = {"account_holder": "true", "law_condition_attested": "true"}

GOOD: dict[RecordKind, dict[str, Any]] = {
    RecordKind.RECEIVING_ORDER: {
        **PERSON,
        "order_date": "2025-12-01",
        "court_name": "בית המשפט המחוזי חיפה",
        "case_number": "1234/25",
        "cancelled": "false",
    },
    RecordKind.BANKRUPTCY_UPDATE: {
        "court_name": "בית המשפט המחוזי חיפה",
        "case_number": "1234/25",
        "event_type": "DECLARED_BANKRUPT",
        "event_date": "2026-02-01",
    },
    RecordKind.JUDGMENT_FILE: {**PERSON, **WARNED, "file_number": "01-1-25", "judgment_nature": "MONETARY"},
    RecordKind.NOTE_FILE: {**PERSON, **WARNED, "file_number": "01-2-25"},
    RecordKind.FILE_CONSOLIDATION: {
        **PERSON,
        **WARNED,
        "consolidation_number": "01-9-25",
        "file_numbers": "01-1-25; 01-2-25",
    },
    RecordKind.LIMITED_MEANS_DEBTOR: {
        **PERSON,
        "declared_on": "2026-02-01",
        "office": "ירושלים",
        "file_number": "01-1-25",
    },
    RecordKind.BOI_RESTRICTION: {
        **PERSON,
        "restriction_type": "RESTRICTED",
        "start_date": "2026-03-02",
        "end_date": "2027-03-01",
        "base_event": "NOTICE_SENT",
        "base_event_on": "2026-01-01",
        "appeal_status": "NONE",
        "order_preventing_start": "false",
    },
    RecordKind.CHEQUE_REFUSAL_WARNING: {
        **PERSON,
        **HELD,
        "sent_on": "2026-02-20",
        "under_dishonoured_cheques_law": "true",
    },
    RecordKind.INTENDED_PROCEEDINGS_WARNING: {**PERSON, **HELD, "sent_on": "2026-02-20"},
    RecordKind.AUTHORISED_DEBT: {
        **PERSON,
        "arose_on": "2026-01-15",
        "debt_reference": "bezeq-77",
        "law_condition_attested": "true",
    },
    RecordKind.OCCUPATION_RESTRICTION: {
        **PERSON,
        "role": "OFFICER",
        "order_date": "2026-01-15",
        "nature": "לא לכהן כדירקטור",
        "end_date": "2028-01-14",
    },
    RecordKind.LOAN: {
        **PERSON,
        "granted_on": "2026-01-15",
        "repayable_on": "2027-01-15",
        "payment_frequency": "חודשי",
        "amount": "25000.00",
        "facility_reference": "f-1",
    },
    RecordKind.CREDIT_LINE: {
        **PERSON,
        "given_on": "2026-01-15",
        "amount": "15000.00",
        "facility_reference": "f-2",
        "on_current_account": "true",
    },
}


def supplier(kind: RecordKind) -> SourceType:
    """A type of source that may supply the kind."""
    return min(KINDS[kind].sources)


def supply(kind: RecordKind, **changes: Any) -> Supply:
    """A supply of the kind in which every row of `GOOD` is right."""
    return Supply(
        **{
            "source_type": supplier(kind),
            "made_available_on": ON,
            "as_of": ON,
            "oldest_as_of": date(2026, 2, 26),
            "authorised_kind": AuthorisedSourceKind.RETAIL_CHAIN,
            "order_date": lambda court, case: date(2025, 12, 1),
            "standing": lambda key: Standing(has_basis=True, approached_on=date(2026, 3, 1)),
            **changes,
        }
    )


def read(kind: RecordKind, within: dict[str, Any] | None = None, **changes: Any) -> Row:
    """The right row of the kind with changes; a fact that is changed to None is left out."""
    raw = {name: said for name, said in {**GOOD[kind], **changes}.items() if said is not None}
    return read_row(kind, raw, supply(kind, **(within or {})))


def faults(kind: RecordKind, within: dict[str, Any] | None = None, **changes: Any) -> list[Fault]:
    """What is wrong with that row."""
    return read(kind, within, **changes).faults
