"""What a licensee holds about a subject, one record of any kind at a time."""

from datetime import date

from creditdata.models.records import DETAILS, ConsolidatedFile
from creditdata.rules.codes import RecordKind, SourceType
from tests.factories.creditdata import RecordFactory, SourceFactory

DAY = date(2025, 5, 1)
DETAIL = {
    RecordKind.RECEIVING_ORDER: {"court_name": "מחוזי חיפה", "case_number": "12-34", "order_date": DAY},
    RecordKind.JUDGMENT_FILE: {"office": "חיפה", "opened_on": DAY, "judgment_nature": "MONETARY"},
    RecordKind.NOTE_FILE: {"office": "חיפה", "opened_on": DAY},
    RecordKind.FILE_CONSOLIDATION: {"office": "חיפה", "consolidation_number": "900", "opened_on": DAY},
    RecordKind.LIMITED_MEANS_DEBTOR: {"office": "חיפה", "file_number": "1", "declared_on": DAY},
    RecordKind.BOI_RESTRICTION: {
        "restriction_type": "RESTRICTED", "start_date": DAY, "end_date": date(2026, 5, 1), "base_event": "NOTICE_SENT",
    },
    RecordKind.CHEQUE_REFUSAL_WARNING: {"sent_on": DAY},
    RecordKind.INTENDED_PROCEEDINGS_WARNING: {"sent_on": DAY},
    RecordKind.AUTHORISED_DEBT: {"arose_on": DAY},
    RecordKind.OCCUPATION_RESTRICTION: {
        "court_name": "מחוזי חיפה", "role": "OFFICER", "order_date": DAY, "nature": "ניהול",
        "end_date": date(2027, 5, 1),
    },
    RecordKind.LOAN: {
        "facility_reference": "FAC-1", "granted_on": DAY, "repayable_on": date(2027, 5, 1),
        "payment_frequency": "חודשי", "level": "UP_TO_25000",
    },
    RecordKind.CREDIT_LINE: {"facility_reference": "FAC-2", "given_on": DAY, "level": "OVER_15000"},
}  # fmt: skip
SUPPLIER = {
    RecordKind.RECEIVING_ORDER: SourceType.OFFICIAL_RECEIVER,
    RecordKind.BOI_RESTRICTION: SourceType.BANK_OF_ISRAEL,
    RecordKind.CHEQUE_REFUSAL_WARNING: SourceType.BANKING_CORPORATION,
    RecordKind.INTENDED_PROCEEDINGS_WARNING: SourceType.CARD_ISSUER,
    RecordKind.AUTHORISED_DEBT: SourceType.AUTHORISED_SOURCE,
    RecordKind.OCCUPATION_RESTRICTION: SourceType.COURT,
    RecordKind.LOAN: SourceType.BANKING_CORPORATION,
    RecordKind.CREDIT_LINE: SourceType.BANKING_CORPORATION,
}


def hold(subject, kind, *, source=None, files=(), record=None, **detail):
    """One record about the subject; `files` are the numbers in a consolidation, `record` its other columns."""
    supplier = source or SourceFactory(type=SUPPLIER.get(kind, SourceType.EXECUTION_OFFICE).value)
    held = RecordFactory(licensee=subject.licensee, subject=subject, kind=kind.value, source=supplier, **(record or {}))
    made = DETAILS[kind].objects.create(licensee=subject.licensee, record=held, **DETAIL[kind] | detail)
    ConsolidatedFile.objects.bulk_create(
        ConsolidatedFile(licensee=subject.licensee, consolidation=made, file_number=number) for number in files
    )
    return held


def hold_files(subject, kind, number):
    """So many execution files of one kind, each with a number of its own."""
    return [hold(subject, kind, file_number=str(place)) for place in range(1, number + 1)]
