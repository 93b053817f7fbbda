"""The words people read for the codes of `creditdata.rules`, and nothing else."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules.codes import (
    AppealStatus,
    AuthorisedSourceKind,
    BankruptcyEvent,
    CessationCause,
    ConsentState,
    CorrectionStatus,
    CreditLineLevel,
    DeliveryChannel,
    ForfeitureTitle,
    IdentificationMethod,
    IdentificationPurpose,
    IdNumberKind,
    JudgmentNature,
    LicenceStatus,
    LicenceType,
    LoanLevel,
    PositiveDataBasis,
    ProposalState,
    RecordKind,
    RestrictionType,
    ReviewMode,
    RowEvent,
    RowStatus,
    SecurityInstrument,
    SourceType,
    SubmissionChannel,
    Verifier,
)
from .rules.inclusion import HeldBy
from .rules.intake import BatchFormat, BatchStatus, Unreadable
from .rules.members import MemberRole
from .rules.reasons import Reason
from .rules.registers import BaseEvent, EntryType, RestrictedRole
from .rules.supplies import SupplyGroup

REASON: Mapping[StrEnum, Promise] = MappingProxyType(
    {
        Reason.FIELD_NOT_ALLOWED: pgettext_lazy("creditdata", "This kind of data may not have the field."),
        Reason.FIELD_MISSING: pgettext_lazy("creditdata", "A required field is missing."),
        Reason.AS_OF_MISSING: pgettext_lazy("creditdata", "The date for which the data is correct is not stated."),
        Reason.AS_OF_TOO_OLD: pgettext_lazy(
            "creditdata", "The data is not up to date to the second business day before it was made available."
        ),
        Reason.AS_OF_IN_FUTURE: pgettext_lazy(
            "creditdata", "The date for which the data is correct is later than the day it was made available."
        ),
        Reason.SUBJECT_NOT_INDIVIDUAL: pgettext_lazy("creditdata", "The data subject is not an individual."),
        Reason.ID_NUMBER_INVALID: pgettext_lazy("creditdata", "The identity number is wrong."),
        Reason.NAME_MISMATCH: pgettext_lazy("creditdata", "The name does not match the identity number."),
        Reason.KIND_NOT_OF_SOURCE: pgettext_lazy("creditdata", "This source may not supply this kind of data."),
        Reason.LAW_CONDITION_NOT_ATTESTED: pgettext_lazy(
            "creditdata", "The source did not confirm that the condition of the Law is met."
        ),
        Reason.KEY_EXISTS: pgettext_lazy("creditdata", "A record with this key and other content exists."),
        Reason.RECORD_UNKNOWN: pgettext_lazy("creditdata", "There is no record with this key to change or cancel."),
        Reason.RO_ORDER_NOT_AFTER_2002_02_01: pgettext_lazy(
            "creditdata", "The receiving order was not given after 1 February 2002."
        ),
        Reason.RO_ORDER_CANCELLED: pgettext_lazy("creditdata", "The receiving order was cancelled."),
        Reason.PARENT_ORDER_UNKNOWN: pgettext_lazy("creditdata", "The receiving order is not known."),
        Reason.EVENT_BEFORE_ORDER: pgettext_lazy("creditdata", "The event is earlier than the order."),
        Reason.EO_MAINTENANCE_JUDGMENT: pgettext_lazy("creditdata", "A judgment for maintenance is not passed on."),
        Reason.EO_FILE_NOT_AFTER_COMMENCEMENT: pgettext_lazy(
            "creditdata", "The file was not opened after the regulations came into force."
        ),
        Reason.EO_WARNING_NOT_SERVED: pgettext_lazy("creditdata", "No warning is recorded as duly served."),
        Reason.EO_WARNING_UNDER_60_DAYS: pgettext_lazy("creditdata", "Sixty days have not passed yet."),
        Reason.EO_PROCEEDINGS_STAYED: pgettext_lazy("creditdata", "There is an order that stays the proceedings."),
        Reason.CONSOLIDATION_EMPTY: pgettext_lazy("creditdata", "The consolidation has no files."),
        Reason.NOT_YET_DECLARED: pgettext_lazy("creditdata", "The debtor was not yet declared one of limited means."),
        Reason.BOI_UNDER_60_DAYS: pgettext_lazy(
            "creditdata", "Sixty days have not passed since the restriction became known or the notice was sent."
        ),
        Reason.BOI_APPEAL_PENDING: pgettext_lazy("creditdata", "An appeal is pending, or was allowed."),
        Reason.BOI_START_PREVENTED: pgettext_lazy("creditdata", "An order prevents the start of the restriction."),
        Reason.NOT_ACCOUNT_HOLDER: pgettext_lazy("creditdata", "The data subject is not the holder of the account."),
        Reason.AUTHORISED_KIND_MISSING: pgettext_lazy("creditdata", "The kind of the authorised source is not stated."),
        Reason.PERIOD_INVALID: pgettext_lazy("creditdata", "The period is wrong."),
        Reason.DATE_IN_FUTURE: pgettext_lazy("creditdata", "The date is in the future."),
        Reason.NO_POSITIVE_BASIS: pgettext_lazy("creditdata", "There is no basis for collecting positive data."),
        Reason.CONSENT_WITHDRAWN: pgettext_lazy("creditdata", "The consent was withdrawn."),
        Reason.PARTIAL_CONSENT: pgettext_lazy("creditdata", "A consent may not be limited."),
        Reason.NOT_A_LOAN: pgettext_lazy("creditdata", "This is not a loan."),
        Reason.NOT_A_CREDIT_LINE: pgettext_lazy("creditdata", "This is not a credit line."),
        Reason.OUTSIDE_HISTORY_WINDOW: pgettext_lazy("creditdata", "It lies outside the five years."),
        Reason.FX_RATE_MISSING: pgettext_lazy("creditdata", "The representative rate is missing."),
        Reason.LICENSEE_DETAILS_INCOMPLETE: pgettext_lazy("creditdata", "The licensee's details are incomplete."),
        Reason.REPORT_STALE: pgettext_lazy(
            "creditdata", "The data of the report are not up to date enough to deliver it."
        ),
        Reason.LICENSEE_CEASED: pgettext_lazy("creditdata", "The licensee has ceased its activity."),
        Reason.PURPOSE_NOT_DECLARED: pgettext_lazy("creditdata", "The purpose is not in the declaration."),
        Reason.ANNEX_MISSING: pgettext_lazy("creditdata", "The annex of duties is missing."),
        Reason.PURPOSE_REQUIRED: pgettext_lazy("creditdata", "State the purpose of the viewing."),
        Reason.NOTE_TOO_LONG: pgettext_lazy("creditdata", "The summary has more than forty words."),
        Reason.CORRECTION_NOT_EXHAUSTED: pgettext_lazy("creditdata", "The correction procedure is not finished yet."),
        Reason.FEE_ABOVE_CAP: pgettext_lazy("creditdata", "The price is above what is allowed."),
        Reason.APPOINTMENT_TOO_LATE: pgettext_lazy("creditdata", "The appointment is later than four business days."),
        Reason.ID_METHOD_CHANNEL_MISMATCH: pgettext_lazy(
            "creditdata", "The way of identification does not fit the channel."
        ),
        Reason.ID_VERIFIER_NOT_ALLOWED: pgettext_lazy("creditdata", "The verifier is not authorised to verify."),
        Reason.ID_SIGNATURE_NOT_CERTIFIED: pgettext_lazy("creditdata", "The signature is not certified."),
        Reason.ID_PROCEDURE_MISSING: pgettext_lazy("creditdata", "The Registrar's procedure is missing."),
        Reason.REP_AUTH_NOT_VERIFIED: pgettext_lazy("creditdata", "The authorisation was not verified."),
        Reason.CERT_SIGNATURE_REQUIRED: pgettext_lazy("creditdata", "A certified electronic signature is required."),
        Reason.GUARANTEE_OUT_OF_RANGE: pgettext_lazy("creditdata", "The sum of the guarantee is out of range."),
        Reason.FORFEITURE_TITLE_MISSING: pgettext_lazy(
            "creditdata", "The document that entitles to forfeiture is missing."
        ),
        Reason.DUAL_CONTROL_SAME_PERSON: pgettext_lazy("creditdata", "A second person must approve."),
        Reason.COMPARTMENT_CONFLICT: pgettext_lazy("creditdata", "The permissions contradict the compartments."),
        Reason.RETENTION_HOLD: pgettext_lazy("creditdata", "The record is on hold."),
        Reason.NOT_CERTIFIED: pgettext_lazy("creditdata", "An accountant has not certified the figure."),
        Reason.NO_LISTED_BANKS: pgettext_lazy("creditdata", "There are no banks on the list."),
        Reason.NO_ACCOUNTS: pgettext_lazy("creditdata", "There are no figures of accounts."),
    }
)
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
IDENTIFICATION_METHOD: Mapping[IdentificationMethod, Promise] = MappingProxyType(
    {
        IdentificationMethod.IDENTITY_CARD: pgettext_lazy("creditdata IdentificationMethod", "Identity card"),
        IdentificationMethod.CERTIFIED_SIGNATURE: pgettext_lazy(
            "creditdata IdentificationMethod", "Certified electronic signature"
        ),
        IdentificationMethod.VERIFIED_BY_THIRD_PARTY: pgettext_lazy(
            "creditdata IdentificationMethod", "Verified by a third party"
        ),
    }
)
VERIFIER: Mapping[Verifier, Promise] = MappingProxyType(
    {
        Verifier.LAWYER: pgettext_lazy("creditdata Verifier", "Lawyer"),
        Verifier.COURT_REGISTRAR: pgettext_lazy("creditdata Verifier", "Court registrar"),
        Verifier.POSTAL_BANK_CLERK: pgettext_lazy("creditdata Verifier", "Postal-bank clerk"),
    }
)
SUBMISSION_CHANNEL: Mapping[SubmissionChannel, Promise] = MappingProxyType(
    {
        SubmissionChannel.OFFICE: pgettext_lazy("creditdata SubmissionChannel", "At the office"),
        SubmissionChannel.ELECTRONIC_MESSAGE: pgettext_lazy("creditdata SubmissionChannel", "Electronic message"),
        SubmissionChannel.POST: pgettext_lazy("creditdata SubmissionChannel", "Post"),
    }
)
DELIVERY_CHANNEL: Mapping[DeliveryChannel, Promise] = MappingProxyType(
    {
        DeliveryChannel.POST: pgettext_lazy("creditdata DeliveryChannel", "Post"),
        DeliveryChannel.FAX: pgettext_lazy("creditdata DeliveryChannel", "Fax"),
        DeliveryChannel.ELECTRONIC_MESSAGE: pgettext_lazy("creditdata DeliveryChannel", "Electronic message"),
        DeliveryChannel.HAND: pgettext_lazy("creditdata DeliveryChannel", "By hand"),
    }
)
REVIEW_MODE: Mapping[ReviewMode, Promise] = MappingProxyType(
    {
        ReviewMode.OFFICE: pgettext_lazy("creditdata ReviewMode", "At the office"),
        ReviewMode.ELECTRONIC: pgettext_lazy("creditdata ReviewMode", "Electronic message"),
        ReviewMode.REGISTERED_POST: pgettext_lazy("creditdata ReviewMode", "Registered post"),
    }
)
IDENTIFICATION_PURPOSE: Mapping[IdentificationPurpose, Promise] = MappingProxyType(
    {
        IdentificationPurpose.CONSENT: pgettext_lazy("creditdata IdentificationPurpose", "Consent"),
        IdentificationPurpose.WITHDRAWAL: pgettext_lazy("creditdata IdentificationPurpose", "Withdrawal"),
        IdentificationPurpose.OWN_REPORT: pgettext_lazy("creditdata IdentificationPurpose", "Own report"),
        IdentificationPurpose.REVIEW: pgettext_lazy("creditdata IdentificationPurpose", "Review"),
        IdentificationPurpose.CORRECTION: pgettext_lazy("creditdata IdentificationPurpose", "Correction"),
        IdentificationPurpose.REPORT_REQUESTER: pgettext_lazy("creditdata IdentificationPurpose", "Report requester"),
    }
)
POSITIVE_DATA_BASIS: Mapping[PositiveDataBasis, Promise] = MappingProxyType(
    {
        PositiveDataBasis.CONSENT_TO_LICENSEE: pgettext_lazy("creditdata PositiveDataBasis", "Consent to the licensee"),
        PositiveDataBasis.CONSENT_TO_REGISTRAR: pgettext_lazy(
            "creditdata PositiveDataBasis", "Consent to the Registrar"
        ),
        PositiveDataBasis.REPORTABLE_NEGATIVE_DATA: pgettext_lazy(
            "creditdata PositiveDataBasis", "Negative data that may be reported"
        ),
    }
)
CONSENT_STATE: Mapping[ConsentState, Promise] = MappingProxyType(
    {
        ConsentState.PENDING_IDENTIFICATION: pgettext_lazy("creditdata ConsentState", "Waits for identification"),
        ConsentState.REFUSED: pgettext_lazy("creditdata ConsentState", "Refused"),
        ConsentState.ACTIVE: pgettext_lazy("creditdata ConsentState", "In force"),
        ConsentState.PASSED_TO_REGISTRAR: pgettext_lazy("creditdata ConsentState", "Passed to the Registrar"),
        ConsentState.WITHDRAWN: pgettext_lazy("creditdata ConsentState", "Withdrawn"),
        ConsentState.ERASED: pgettext_lazy("creditdata ConsentState", "Withdrawn, data erased"),
    }
)
PROPOSAL_STATE: Mapping[ProposalState, Promise] = MappingProxyType(
    {
        ProposalState.PROPOSED: pgettext_lazy("creditdata ProposalState", "Waits for a second person"),
        ProposalState.EXECUTED: pgettext_lazy("creditdata ProposalState", "Approved and carried out"),
        ProposalState.REJECTED: pgettext_lazy("creditdata ProposalState", "Rejected"),
        ProposalState.WITHDRAWN: pgettext_lazy("creditdata ProposalState", "Withdrawn"),
        ProposalState.EXPIRED: pgettext_lazy("creditdata ProposalState", "Expired"),
    }
)
HELD_BY: Mapping[HeldBy, Promise] = MappingProxyType(
    {
        HeldBy.JUDGMENT_FILES: pgettext_lazy("creditdata HeldBy", "Fewer judgment files than are reported"),
        HeldBy.NOTE_FILES: pgettext_lazy("creditdata HeldBy", "Fewer note files than are reported"),
        HeldBy.CHEQUE_WARNINGS: pgettext_lazy("creditdata HeldBy", "No second cheque warning within the period"),
        HeldBy.AUTHORISED_DEBTS: pgettext_lazy("creditdata HeldBy", "Not three debts of three authorised sources"),
        HeldBy.REPEATED: pgettext_lazy("creditdata HeldBy", "Another supply of what is counted once"),
        HeldBy.AGE: pgettext_lazy("creditdata HeldBy", "Older than reports show"),
        HeldBy.NO_BASIS: pgettext_lazy("creditdata HeldBy", "No basis for positive data"),
    }
)
STEP: Mapping[str, Promise] = MappingProxyType(
    {
        "pay_counted_income": pgettext_lazy("creditdata Step", "Total income, up to the ceiling"),
        "pay_rate": pgettext_lazy("creditdata Step", "Percentage of the First Schedule"),
        "pay_distribution": pgettext_lazy("creditdata Step", "Amount for distribution"),
        "pay_x": pgettext_lazy("creditdata Step", "X: the licensee's part of the amount for distribution"),
        "pay_remainder": pgettext_lazy("creditdata Step", "Left undistributed by the printed formula"),
        "pay_fee": pgettext_lazy("creditdata Step", "The licensee's part of the operating fee"),
        "pay_bank_literal": pgettext_lazy("creditdata Step", "To the bank, by the formula as printed"),
        "pay_bank_conserving": pgettext_lazy("creditdata Step", "To the bank, by a formula that adds up to X"),
        "pay_bank_fee": pgettext_lazy("creditdata Step", "Operating fee to the bank"),
    }
)
LICENCE_TYPE: Mapping[LicenceType, Promise] = MappingProxyType(
    {
        LicenceType.CREDIT_DATA_ONLY: pgettext_lazy("creditdata LicenceType", "Credit-data licence"),
        LicenceType.BUSINESS_INFO_ONLY: pgettext_lazy("creditdata LicenceType", "Business-information licence"),
        LicenceType.COMBINED: pgettext_lazy("creditdata LicenceType", "Combined licence"),
    }
)
LICENCE_STATUS: Mapping[LicenceStatus, Promise] = MappingProxyType(
    {
        LicenceStatus.APPLIED: pgettext_lazy("creditdata LicenceStatus", "Applied for"),
        LicenceStatus.GRANTED: pgettext_lazy("creditdata LicenceStatus", "Granted"),
        LicenceStatus.SUSPENDED: pgettext_lazy("creditdata LicenceStatus", "Suspended"),
        LicenceStatus.REVOKED: pgettext_lazy("creditdata LicenceStatus", "Revoked"),
        LicenceStatus.CEASED: pgettext_lazy("creditdata LicenceStatus", "Ceased activity"),
    }
)
SECURITY_INSTRUMENT: Mapping[SecurityInstrument, Promise] = MappingProxyType(
    {
        SecurityInstrument.BANK_GUARANTEE: pgettext_lazy("creditdata SecurityInstrument", "Bank guarantee"),
        SecurityInstrument.OTHER_SECURITY: pgettext_lazy("creditdata SecurityInstrument", "Other security"),
        SecurityInstrument.INSURANCE: pgettext_lazy(
            "creditdata SecurityInstrument", "Professional liability insurance"
        ),
    }
)
FORFEITURE_TITLE: Mapping[ForfeitureTitle, Promise] = MappingProxyType(
    {
        ForfeitureTitle.FINAL_JUDGMENT: pgettext_lazy("creditdata ForfeitureTitle", "Final judgment"),
        ForfeitureTitle.SETTLEMENT_AS_JUDGMENT: pgettext_lazy(
            "creditdata ForfeitureTitle", "Settlement with the force of a judgment"
        ),
        ForfeitureTitle.CONFIRMED_AWARD: pgettext_lazy("creditdata ForfeitureTitle", "Confirmed arbitral award"),
    }
)
CORRECTION_STATUS: Mapping[CorrectionStatus, Promise] = MappingProxyType(
    {
        CorrectionStatus.RECEIVED: pgettext_lazy("creditdata CorrectionStatus", "Received"),
        CorrectionStatus.SENT_TO_SOURCE: pgettext_lazy("creditdata CorrectionStatus", "Sent to the source"),
        CorrectionStatus.SOURCE_ANSWERED: pgettext_lazy("creditdata CorrectionStatus", "The source answered"),
        CorrectionStatus.SOURCE_SILENT: pgettext_lazy("creditdata CorrectionStatus", "The source did not answer"),
        CorrectionStatus.DECIDED_CORRECTED: pgettext_lazy("creditdata CorrectionStatus", "Decided: corrected"),
        CorrectionStatus.DECIDED_NOTE: pgettext_lazy("creditdata CorrectionStatus", "Decided: remark"),
        CorrectionStatus.DECIDED_REFUSED: pgettext_lazy("creditdata CorrectionStatus", "Decided: refused"),
        CorrectionStatus.SUBJECT_NOTIFIED: pgettext_lazy("creditdata CorrectionStatus", "Subject notified"),
        CorrectionStatus.CORRECTED_REPORTS_SENT: pgettext_lazy("creditdata CorrectionStatus", "Corrected reports sent"),
        CorrectionStatus.CLOSED: pgettext_lazy("creditdata CorrectionStatus", "Closed"),
    }
)
CESSATION_CAUSE: Mapping[CessationCause, Promise] = MappingProxyType(
    {
        CessationCause.LIQUIDATION_PUBLISHED: pgettext_lazy("creditdata CessationCause", "Liquidation published"),
        CessationCause.DECIDED_TO_CEASE: pgettext_lazy("creditdata CessationCause", "Decided to cease activity"),
        CessationCause.LICENCE_REVOKED: pgettext_lazy("creditdata CessationCause", "Licence revoked"),
    }
)
MEMBER_ROLE: Mapping[MemberRole, Promise] = MappingProxyType(
    {
        MemberRole.LICENSEE_INTAKE: pgettext_lazy("creditdata MemberRole", "Licensee: intake"),
        MemberRole.LICENSEE_RECORDS: pgettext_lazy("creditdata MemberRole", "Licensee: records"),
        MemberRole.LICENSEE_REPORTS: pgettext_lazy("creditdata MemberRole", "Licensee: reports"),
        MemberRole.LICENSEE_REQUESTS: pgettext_lazy("creditdata MemberRole", "Licensee: requests of data subjects"),
        MemberRole.LICENSEE_CONTRACTS: pgettext_lazy("creditdata MemberRole", "Licensee: contracts with requesters"),
        MemberRole.LICENSEE_APPROVER: pgettext_lazy("creditdata MemberRole", "Licensee: second approval"),
        MemberRole.LICENSEE_SECURITY: pgettext_lazy("creditdata MemberRole", "Licensee: security"),
        MemberRole.REGISTRAR_OFFICER: pgettext_lazy("creditdata MemberRole", "Registrar's officer"),
        MemberRole.REGISTRAR_APPROVER: pgettext_lazy("creditdata MemberRole", "Registrar: second approval"),
        MemberRole.SOURCE_INTEGRATOR: pgettext_lazy("creditdata MemberRole", "Information source"),
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
TIMER: Mapping[str, Promise] = MappingProxyType(
    {
        "expire_proposals": pgettext_lazy("creditdata timer", "End proposals that nobody decided within 24 hours"),
        "read_credit_batches": _("Reads the batches of credit data"),
        "check_source_supplies": _("Finds supplies of credit data that are late"),
        "verify_chains": _("Verifies the chains of original credit data"),
    }
)
