"""What is refused, one text a code (3.3)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ..rules.reasons import Reason

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
