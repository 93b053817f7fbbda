"""What a data subject asks for, and what a report shows."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ..rules.codes import (
    ConsentState,
    CorrectionStatus,
    DeliveryChannel,
    IdentificationMethod,
    IdentificationPurpose,
    PositiveDataBasis,
    ReviewMode,
    SubmissionChannel,
    Verifier,
)
from ..rules.inclusion import HeldBy

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
