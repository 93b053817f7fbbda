"""What sources supply, and what became of it."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ..rules.codes import (
    AppealStatus,
    AuthorisedSourceKind,
    BankruptcyEvent,
    CreditLineLevel,
    IdNumberKind,
    JudgmentNature,
    LoanLevel,
    RecordKind,
    RestrictionType,
    RowEvent,
    RowStatus,
    SourceType,
)
from ..rules.intake import BatchFormat, BatchStatus, Unreadable
from ..rules.registers import BaseEvent, EntryType, RestrictedRole
from ..rules.supplies import SupplyGroup

SOURCE_TYPE: Mapping[SourceType, Promise] = MappingProxyType(
    {
        SourceType.OFFICIAL_RECEIVER: pgettext_lazy("creditdata SourceType", "Official Receiver"),
        SourceType.EXECUTION_OFFICE: pgettext_lazy("creditdata SourceType", "Execution Office"),
        SourceType.BANK_OF_ISRAEL: pgettext_lazy("creditdata SourceType", "Bank of Israel"),
        SourceType.BANKING_CORPORATION: pgettext_lazy("creditdata SourceType", "Banking corporation"),
        SourceType.CARD_ISSUER: pgettext_lazy("creditdata SourceType", "Card issuer"),
        SourceType.AUTHORISED_SOURCE: pgettext_lazy("creditdata SourceType", "Authorised source"),
        SourceType.COURT: pgettext_lazy("creditdata SourceType", "Court"),
    }
)
AUTHORISED_SOURCE_KIND: Mapping[AuthorisedSourceKind, Promise] = MappingProxyType(
    {
        AuthorisedSourceKind.RETAIL_CHAIN: pgettext_lazy("creditdata AuthorisedSourceKind", "Retail chain"),
        AuthorisedSourceKind.INSURANCE_COMPANY: pgettext_lazy("creditdata AuthorisedSourceKind", "Insurance company"),
        AuthorisedSourceKind.INFRASTRUCTURE_COMPANY: pgettext_lazy(
            "creditdata AuthorisedSourceKind", "Infrastructure company"
        ),
        AuthorisedSourceKind.OTHER_SERVICES: pgettext_lazy("creditdata AuthorisedSourceKind", "Other services"),
    }
)
RECORD_KIND: Mapping[RecordKind, Promise] = MappingProxyType(
    {
        RecordKind.RECEIVING_ORDER: pgettext_lazy("creditdata RecordKind", "Receiving order"),
        RecordKind.BANKRUPTCY_UPDATE: pgettext_lazy("creditdata RecordKind", "Bankruptcy update"),
        RecordKind.JUDGMENT_FILE: pgettext_lazy("creditdata RecordKind", "Judgment file"),
        RecordKind.NOTE_FILE: pgettext_lazy("creditdata RecordKind", "Note file"),
        RecordKind.FILE_CONSOLIDATION: pgettext_lazy("creditdata RecordKind", "Consolidation of files"),
        RecordKind.LIMITED_MEANS_DEBTOR: pgettext_lazy("creditdata RecordKind", "Debtor of limited means"),
        RecordKind.BOI_RESTRICTION: pgettext_lazy(
            "creditdata RecordKind", "Restriction under the Dishonoured Cheques Law"
        ),
        RecordKind.CHEQUE_REFUSAL_WARNING: pgettext_lazy("creditdata RecordKind", "Cheque-refusal warning"),
        RecordKind.INTENDED_PROCEEDINGS_WARNING: pgettext_lazy(
            "creditdata RecordKind", "Warning of intended proceedings"
        ),
        RecordKind.AUTHORISED_DEBT: pgettext_lazy("creditdata RecordKind", "Debt from an authorised source"),
        RecordKind.OCCUPATION_RESTRICTION: pgettext_lazy("creditdata RecordKind", "Restriction of occupation"),
        RecordKind.LOAN: pgettext_lazy("creditdata RecordKind", "Loan"),
        RecordKind.CREDIT_LINE: pgettext_lazy("creditdata RecordKind", "Credit line"),
    }
)
ROW_STATUS: Mapping[RowStatus, Promise] = MappingProxyType(
    {
        RowStatus.ACCEPTED: pgettext_lazy("creditdata RowStatus", "Accepted"),
        RowStatus.REJECTED: pgettext_lazy("creditdata RowStatus", "Rejected"),
        RowStatus.NEEDS_REVIEW: pgettext_lazy("creditdata RowStatus", "Needs review"),
        RowStatus.DUPLICATE: pgettext_lazy("creditdata RowStatus", "Duplicate"),
    }
)
ROW_EVENT: Mapping[RowEvent, Promise] = MappingProxyType(
    {
        RowEvent.NEW: pgettext_lazy("creditdata RowEvent", "New"),
        RowEvent.UPDATE: pgettext_lazy("creditdata RowEvent", "Update"),
        RowEvent.CANCEL: pgettext_lazy("creditdata RowEvent", "Cancellation"),
    }
)
JUDGMENT_NATURE: Mapping[JudgmentNature, Promise] = MappingProxyType(
    {
        JudgmentNature.MONETARY: pgettext_lazy("creditdata JudgmentNature", "Monetary"),
        JudgmentNature.PLEDGE: pgettext_lazy("creditdata JudgmentNature", "Pledge deed"),
        JudgmentNature.MORTGAGE: pgettext_lazy("creditdata JudgmentNature", "Mortgage"),
        JudgmentNature.MAINTENANCE: pgettext_lazy("creditdata JudgmentNature", "Maintenance"),
    }
)
BANKRUPTCY_EVENT: Mapping[BankruptcyEvent, Promise] = MappingProxyType(
    {
        BankruptcyEvent.DECLARED_BANKRUPT: pgettext_lazy("creditdata BankruptcyEvent", "Declared bankrupt"),
        BankruptcyEvent.PROCEEDING_CANCELLED: pgettext_lazy("creditdata BankruptcyEvent", "Proceeding cancelled"),
    }
)
RESTRICTION_TYPE: Mapping[RestrictionType, Promise] = MappingProxyType(
    {
        RestrictionType.RESTRICTED: pgettext_lazy("creditdata RestrictionType", "Restricted"),
        RestrictionType.SEVERELY_RESTRICTED: pgettext_lazy("creditdata RestrictionType", "Severely restricted"),
    }
)
APPEAL_STATUS: Mapping[AppealStatus, Promise] = MappingProxyType(
    {
        AppealStatus.NONE: pgettext_lazy("creditdata AppealStatus", "No appeal"),
        AppealStatus.PENDING: pgettext_lazy("creditdata AppealStatus", "Pending"),
        AppealStatus.CANCELLED: pgettext_lazy("creditdata AppealStatus", "Cancelled"),
        AppealStatus.STRUCK_OUT: pgettext_lazy("creditdata AppealStatus", "Struck out"),
        AppealStatus.REJECTED: pgettext_lazy("creditdata AppealStatus", "Rejected"),
        AppealStatus.ALLOWED: pgettext_lazy("creditdata AppealStatus", "Allowed"),
    }
)
ID_NUMBER_KIND: Mapping[IdNumberKind, Promise] = MappingProxyType(
    {
        IdNumberKind.RESIDENT: pgettext_lazy("creditdata IdNumberKind", "Resident"),
        IdNumberKind.AREA_RESIDENT: pgettext_lazy("creditdata IdNumberKind", "Resident of the area"),
        IdNumberKind.FOREIGN_PASSPORT: pgettext_lazy("creditdata IdNumberKind", "Passport"),
        IdNumberKind.CORP_REGISTERED: pgettext_lazy("creditdata IdNumberKind", "Registered corporation"),
        IdNumberKind.CORP_FOREIGN: pgettext_lazy("creditdata IdNumberKind", "Foreign corporation"),
        IdNumberKind.CORP_INCORPORATION_DOC: pgettext_lazy(
            "creditdata IdNumberKind", "Details of the incorporation document"
        ),
    }
)
LOAN_LEVEL: Mapping[LoanLevel, Promise] = MappingProxyType(
    {
        LoanLevel.UP_TO_25000: pgettext_lazy("creditdata LoanLevel", "Up to 25,000 ₪"),
        LoanLevel.OVER_25000: pgettext_lazy("creditdata LoanLevel", "Over 25,000 ₪"),
    }
)
CREDIT_LINE_LEVEL: Mapping[CreditLineLevel, Promise] = MappingProxyType(
    {
        CreditLineLevel.UP_TO_15000: pgettext_lazy("creditdata CreditLineLevel", "Up to 15,000 ₪"),
        CreditLineLevel.OVER_15000: pgettext_lazy("creditdata CreditLineLevel", "Over 15,000 ₪"),
    }
)
BATCH_FORMAT: Mapping[BatchFormat, Promise] = MappingProxyType(
    {
        BatchFormat.CSV: pgettext_lazy("creditdata BatchFormat", "CSV"),
        BatchFormat.XLSX: pgettext_lazy("creditdata BatchFormat", "Excel"),
        BatchFormat.JSON: pgettext_lazy("creditdata BatchFormat", "API"),
    }
)
BATCH_STATUS: Mapping[BatchStatus, Promise] = MappingProxyType(
    {
        BatchStatus.RECEIVED: pgettext_lazy("creditdata BatchStatus", "Waits to be read"),
        BatchStatus.READING: pgettext_lazy("creditdata BatchStatus", "Being read"),
        BatchStatus.DONE: pgettext_lazy("creditdata BatchStatus", "Read"),
        BatchStatus.UNREADABLE: pgettext_lazy("creditdata BatchStatus", "Unreadable"),
    }
)
UNREADABLE: Mapping[Unreadable, Promise] = MappingProxyType(
    {
        Unreadable.EMPTY: pgettext_lazy("creditdata Unreadable", "The file is empty."),
        Unreadable.NOT_UTF8: pgettext_lazy("creditdata Unreadable", "The file is not encoded in UTF-8."),
        Unreadable.NO_HEADER: pgettext_lazy(
            "creditdata Unreadable", "The first row does not name the columns, or names one twice."
        ),
        Unreadable.DAMAGED: pgettext_lazy("creditdata Unreadable", "The file is damaged or of another format."),
        Unreadable.TOO_LARGE: pgettext_lazy("creditdata Unreadable", "The file is too large when unpacked."),
    }
)
ENTRY_TYPE: Mapping[EntryType, Promise] = MappingProxyType(
    {
        EntryType.CONFIRMATION: pgettext_lazy("creditdata EntryType", "Confirmed by a further supply"),
        EntryType.CHANGE: pgettext_lazy("creditdata EntryType", "Changed"),
        EntryType.CANCELLATION: pgettext_lazy("creditdata EntryType", "Cancelled"),
        EntryType.NOTE: pgettext_lazy("creditdata EntryType", "Note"),
        EntryType.ADDITION: pgettext_lazy("creditdata EntryType", "Addition"),
        EntryType.ARCHIVING: pgettext_lazy("creditdata EntryType", "Archived"),
        EntryType.ERASURE: pgettext_lazy("creditdata EntryType", "Erased from the working database"),
    }
)
BASE_EVENT: Mapping[BaseEvent, Promise] = MappingProxyType(
    {
        BaseEvent.KNOWN_TO_BANK: pgettext_lazy("creditdata BaseEvent", "The restriction became known to the Bank"),
        BaseEvent.NOTICE_SENT: pgettext_lazy("creditdata BaseEvent", "The notice was sent"),
    }
)
RESTRICTED_ROLE: Mapping[RestrictedRole, Promise] = MappingProxyType(
    {
        RestrictedRole.SHAREHOLDER: pgettext_lazy("creditdata RestrictedRole", "Shareholder"),
        RestrictedRole.OFFICER: pgettext_lazy("creditdata RestrictedRole", "Officer"),
    }
)
SUPPLY_GROUP: Mapping[SupplyGroup, Promise] = MappingProxyType(
    {
        SupplyGroup.ORDERS: pgettext_lazy("creditdata SupplyGroup", "Receiving orders and bankruptcy"),
        SupplyGroup.EXECUTION: pgettext_lazy("creditdata SupplyGroup", "Execution Office"),
        SupplyGroup.RESTRICTIONS: pgettext_lazy("creditdata SupplyGroup", "Restrictions of accounts"),
        SupplyGroup.WARNINGS: pgettext_lazy("creditdata SupplyGroup", "Warnings"),
        SupplyGroup.DEBTS: pgettext_lazy("creditdata SupplyGroup", "Debts from authorised sources"),
        SupplyGroup.COURT: pgettext_lazy("creditdata SupplyGroup", "Restrictions of occupation"),
        SupplyGroup.POSITIVE: pgettext_lazy("creditdata SupplyGroup", "Positive data"),
    }
)
