"""The messages the portal sends by itself, and all that each may say (CRM-2.1.3-c, CRM-2.2.1-h)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """Which text; `templates/messaging/<language>/<kind>.txt` is its wording."""

    SIGN_IN_CODE = "sign_in_code"
    REGISTRATION_CODE = "registration_code"
    CONTACT_CHANGE_CODE = "contact_change_code"
    INQUIRY_RECEIVED = "inquiry_received"
    INQUIRY_WAITING_CUSTOMER = "inquiry_waiting_customer"
    INQUIRY_CLOSED_SUCCESS = "inquiry_closed_success"
    INQUIRY_CLOSED_NO_TREATMENT = "inquiry_closed_no_treatment"
    INQUIRY_CLOSED_BY_CUSTOMER = "inquiry_closed_by_customer"
    INQUIRY_CLOSED_BY_REPRESENTATIVE = "inquiry_closed_by_representative"
    INQUIRY_CLOSED_BY_SYSTEM = "inquiry_closed_by_system"
    INQUIRY_FAILED_SANITISATION = "inquiry_failed_sanitisation"
    INQUIRY_STATUS = "inquiry_status"  # a status that the table of feedback statuses ships switched off
    EMPLOYEE_MESSAGE = "employee_message"
    POA_REQUEST_SUBMITTED = "poa_request_submitted"  # to the customer: a representative asks to act for him
    POA_REQUEST_DECIDED = "poa_request_decided"  # to the representative
    DAILY_FOLLOW_UP = "daily_follow_up"  # to coordinators and trustees (CRM-3.4-g)
    CONSULTATION_ENDED = "consultation_ended"  # to who was asked and who asked: the inquiry was closed (CRM-6.5-b)
    ACTIVITY_EMAIL = "activity_email"  # an employee's own e-mail and SMS (5.1.4)
    ACTIVITY_SMS = "activity_sms"
    CLAIM_NOTICE = "claim_notice"  # something was served on a claimant (CMP-8.10-a)
    REQUEST_NOTICE = "request_notice"  # to a claimant, of what he asked apart from a claim (7.3, 8.2, 2.1)
    CLAIM_ALERT = "claim_alert"  # to the fund's people: a claim needs them now (CMP-8.4.1-e)
    EMPLOYEE_DECLARATION = "employee_declaration"  # to an employee of a wage claim: a link and a code (CMP-3.4.2-b)
    GENERAL_ANSWER = "general_answer"  # to somebody unidentified, who has no personal area to read it in


_CODE = frozenset({"code", "minutes"})
_NOTICE = frozenset({"number", "status", "link"})

# A text sees these words and no others, so a caller cannot let personal tax data, a reply or a file slip into one.
SAYS: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.SIGN_IN_CODE: _CODE,
        Kind.REGISTRATION_CODE: _CODE,
        Kind.CONTACT_CHANGE_CODE: _CODE,
        Kind.INQUIRY_RECEIVED: _NOTICE,
        Kind.INQUIRY_WAITING_CUSTOMER: _NOTICE,
        Kind.INQUIRY_CLOSED_SUCCESS: _NOTICE,
        Kind.INQUIRY_CLOSED_NO_TREATMENT: _NOTICE,
        Kind.INQUIRY_CLOSED_BY_CUSTOMER: _NOTICE,
        Kind.INQUIRY_CLOSED_BY_REPRESENTATIVE: _NOTICE,
        Kind.INQUIRY_CLOSED_BY_SYSTEM: _NOTICE,
        Kind.INQUIRY_FAILED_SANITISATION: _NOTICE | {"file_name"},
        Kind.INQUIRY_STATUS: _NOTICE,
        Kind.EMPLOYEE_MESSAGE: _NOTICE,
        Kind.POA_REQUEST_SUBMITTED: frozenset({"representative", "link"}),
        Kind.POA_REQUEST_DECIDED: frozenset({"state", "link"}),
        Kind.DAILY_FOLLOW_UP: frozenset({"day", "count", "absent", "numbers", "link"}),
        Kind.CONSULTATION_ENDED: _NOTICE,
        Kind.ACTIVITY_EMAIL: frozenset({"number", "title", "answer"}),
        Kind.ACTIVITY_SMS: frozenset({"number", "answer"}),
        Kind.CLAIM_NOTICE: frozenset({"number", "title", "link"}),
        Kind.REQUEST_NOTICE: frozenset({"number", "title", "link"}),
        Kind.CLAIM_ALERT: frozenset({"number", "title", "link"}),
        Kind.EMPLOYEE_DECLARATION: frozenset({"employer", "link", "code"}),
        Kind.GENERAL_ANSWER: frozenset({"number", "status", "answer"}),  # CRM-2.2.1-b: general text
    }
)
