"""The enumerations of the credit-data specification, section 2; their words stand in `creditdata.labels`."""

from enum import StrEnum

from crm_portal.worktime.rules.calendars import CalendarName


class SourceType(StrEnum):
    """The seven types of information source (CRD-41-a)."""

    OFFICIAL_RECEIVER = "OFFICIAL_RECEIVER"
    EXECUTION_OFFICE = "EXECUTION_OFFICE"
    BANK_OF_ISRAEL = "BANK_OF_ISRAEL"
    BANKING_CORPORATION = "BANKING_CORPORATION"
    CARD_ISSUER = "CARD_ISSUER"
    AUTHORISED_SOURCE = "AUTHORISED_SOURCE"
    COURT = "COURT"


BANKING_SOURCES = frozenset({SourceType.BANKING_CORPORATION, SourceType.BANK_OF_ISRAEL})


def calendar_of(source: SourceType) -> CalendarName:
    """By which calendar a source's limits run; licensees, the Registrar and every other source use the general one."""
    return CalendarName.BANKING if source in BANKING_SOURCES else CalendarName.GENERAL


class AuthorisedSourceKind(StrEnum):
    """The four kinds of authorised source (CRD-41-b)."""

    RETAIL_CHAIN = "RETAIL_CHAIN"
    INSURANCE_COMPANY = "INSURANCE_COMPANY"
    INFRASTRUCTURE_COMPANY = "INFRASTRUCTURE_COMPANY"
    OTHER_SERVICES = "OTHER_SERVICES"


class RecordKind(StrEnum):
    RECEIVING_ORDER = "RECEIVING_ORDER"
    BANKRUPTCY_UPDATE = "BANKRUPTCY_UPDATE"
    JUDGMENT_FILE = "JUDGMENT_FILE"
    NOTE_FILE = "NOTE_FILE"
    FILE_CONSOLIDATION = "FILE_CONSOLIDATION"
    LIMITED_MEANS_DEBTOR = "LIMITED_MEANS_DEBTOR"
    BOI_RESTRICTION = "BOI_RESTRICTION"
    CHEQUE_REFUSAL_WARNING = "CHEQUE_REFUSAL_WARNING"
    INTENDED_PROCEEDINGS_WARNING = "INTENDED_PROCEEDINGS_WARNING"
    AUTHORISED_DEBT = "AUTHORISED_DEBT"
    OCCUPATION_RESTRICTION = "OCCUPATION_RESTRICTION"
    LOAN = "LOAN"
    CREDIT_LINE = "CREDIT_LINE"


POSITIVE = frozenset({RecordKind.LOAN, RecordKind.CREDIT_LINE})


class RowEvent(StrEnum):
    """What a supplied row does (CRD-0-j)."""

    NEW = "NEW"
    UPDATE = "UPDATE"
    CANCEL = "CANCEL"


class RowStatus(StrEnum):
    """The one final status of a supplied row (CRD-0-h)."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    DUPLICATE = "DUPLICATE"


class JudgmentNature(StrEnum):
    MONETARY = "MONETARY"
    PLEDGE = "PLEDGE"
    MORTGAGE = "MORTGAGE"
    MAINTENANCE = "MAINTENANCE"  # exists only to be rejected


class BankruptcyEvent(StrEnum):
    DECLARED_BANKRUPT = "DECLARED_BANKRUPT"
    PROCEEDING_CANCELLED = "PROCEEDING_CANCELLED"


class RestrictionType(StrEnum):
    RESTRICTED = "RESTRICTED"
    SEVERELY_RESTRICTED = "SEVERELY_RESTRICTED"


class AppealStatus(StrEnum):
    NONE = "NONE"
    PENDING = "PENDING"
    CANCELLED = "CANCELLED"
    STRUCK_OUT = "STRUCK_OUT"
    REJECTED = "REJECTED"
    ALLOWED = "ALLOWED"


class IdNumberKind(StrEnum):
    RESIDENT = "RESIDENT"
    AREA_RESIDENT = "AREA_RESIDENT"
    FOREIGN_PASSPORT = "FOREIGN_PASSPORT"
    CORP_REGISTERED = "CORP_REGISTERED"
    CORP_FOREIGN = "CORP_FOREIGN"
    CORP_INCORPORATION_DOC = "CORP_INCORPORATION_DOC"


INDIVIDUAL = frozenset({IdNumberKind.RESIDENT, IdNumberKind.AREA_RESIDENT, IdNumberKind.FOREIGN_PASSPORT})


class LoanLevel(StrEnum):
    UP_TO_25000 = "UP_TO_25000"
    OVER_25000 = "OVER_25000"


class CreditLineLevel(StrEnum):
    UP_TO_15000 = "UP_TO_15000"
    OVER_15000 = "OVER_15000"


class IdentificationMethod(StrEnum):
    IDENTITY_CARD = "IDENTITY_CARD"
    CERTIFIED_SIGNATURE = "CERTIFIED_SIGNATURE"
    VERIFIED_BY_THIRD_PARTY = "VERIFIED_BY_THIRD_PARTY"


class Verifier(StrEnum):
    LAWYER = "LAWYER"
    COURT_REGISTRAR = "COURT_REGISTRAR"
    POSTAL_BANK_CLERK = "POSTAL_BANK_CLERK"


class SubmissionChannel(StrEnum):
    OFFICE = "OFFICE"
    ELECTRONIC_MESSAGE = "ELECTRONIC_MESSAGE"
    POST = "POST"


class DeliveryChannel(StrEnum):
    POST = "POST"
    FAX = "FAX"
    ELECTRONIC_MESSAGE = "ELECTRONIC_MESSAGE"
    HAND = "HAND"


class ReviewMode(StrEnum):
    OFFICE = "OFFICE"
    ELECTRONIC = "ELECTRONIC"
    REGISTERED_POST = "REGISTERED_POST"


class IdentificationPurpose(StrEnum):
    """The six steps that are protected by regulation 62 (CRD-62-a)."""

    CONSENT = "CONSENT"
    WITHDRAWAL = "WITHDRAWAL"
    OWN_REPORT = "OWN_REPORT"
    REVIEW = "REVIEW"
    CORRECTION = "CORRECTION"
    REPORT_REQUESTER = "REPORT_REQUESTER"


class PositiveDataBasis(StrEnum):
    """Why a licensee may ask banks for positive data (CRD-26-a)."""

    CONSENT_TO_LICENSEE = "CONSENT_TO_LICENSEE"
    CONSENT_TO_REGISTRAR = "CONSENT_TO_REGISTRAR"
    REPORTABLE_NEGATIVE_DATA = "REPORTABLE_NEGATIVE_DATA"


class ConsentState(StrEnum):
    """Where a consent notice stands (section 4)."""

    PENDING_IDENTIFICATION = "PENDING_IDENTIFICATION"
    REFUSED = "REFUSED"
    ACTIVE = "ACTIVE"
    PASSED_TO_REGISTRAR = "PASSED_TO_REGISTRAR"
    WITHDRAWN = "WITHDRAWN"
    ERASED = "ERASED"


class ProposalState(StrEnum):
    """Where a proposal under dual control stands; approving it carries it out (CRD-77-a)."""

    PROPOSED = "PROPOSED"
    EXECUTED = "EXECUTED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class LicenceType(StrEnum):
    CREDIT_DATA_ONLY = "CREDIT_DATA_ONLY"
    BUSINESS_INFO_ONLY = "BUSINESS_INFO_ONLY"
    COMBINED = "COMBINED"


class LicenceStatus(StrEnum):
    APPLIED = "APPLIED"
    GRANTED = "GRANTED"
    SUSPENDED = "SUSPENDED"
    REVOKED = "REVOKED"
    CEASED = "CEASED"


class SecurityInstrument(StrEnum):
    BANK_GUARANTEE = "BANK_GUARANTEE"
    OTHER_SECURITY = "OTHER_SECURITY"
    INSURANCE = "INSURANCE"


class ForfeitureTitle(StrEnum):
    FINAL_JUDGMENT = "FINAL_JUDGMENT"
    SETTLEMENT_AS_JUDGMENT = "SETTLEMENT_AS_JUDGMENT"
    CONFIRMED_AWARD = "CONFIRMED_AWARD"


class CorrectionStatus(StrEnum):
    RECEIVED = "RECEIVED"
    SENT_TO_SOURCE = "SENT_TO_SOURCE"
    SOURCE_ANSWERED = "SOURCE_ANSWERED"
    SOURCE_SILENT = "SOURCE_SILENT"
    DECIDED_CORRECTED = "DECIDED_CORRECTED"
    DECIDED_NOTE = "DECIDED_NOTE"
    DECIDED_REFUSED = "DECIDED_REFUSED"
    SUBJECT_NOTIFIED = "SUBJECT_NOTIFIED"
    CORRECTED_REPORTS_SENT = "CORRECTED_REPORTS_SENT"
    CLOSED = "CLOSED"


class CessationCause(StrEnum):
    LIQUIDATION_PUBLISHED = "LIQUIDATION_PUBLISHED"
    DECIDED_TO_CEASE = "DECIDED_TO_CEASE"
    LICENCE_REVOKED = "LICENCE_REVOKED"
