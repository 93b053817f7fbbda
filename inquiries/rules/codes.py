"""The enumerations of inquiries (CRM specification, 2.1 and 2.2)."""

from enum import StrEnum


class Status(StrEnum):
    OPEN = "open"  # a draft: in no view, count, limit or clock
    IN_TREATMENT = "in_treatment"
    OPEN_TEAM = "open_team"
    INFO_ARRIVED = "info_arrived"
    FORWARDED = "forwarded"
    WAITING_CUSTOMER = "waiting_customer"
    CLOSED_SUCCESS = "closed_success"
    CLOSED_NO_TREATMENT = "closed_no_treatment"
    CLOSED_BY_CUSTOMER = "closed_by_customer"
    CLOSED_BY_REPRESENTATIVE = "closed_by_representative"
    CLOSED_BY_SYSTEM = "closed_by_system"


CLOSED = frozenset(status for status in Status if status.value.startswith("closed_"))
ACTIVE = frozenset(Status) - CLOSED - {Status.OPEN}


class ChannelCode(StrEnum):
    """The channels the seed names; the table may hold more (CRM-2.1.5-a)."""

    PHONE = "phone"
    INTERNET = "internet"
    REP_NETWORK = "rep_network"
    ABROAD_CONTACT = "abroad_contact"


class ClosingReasonCode(StrEnum):
    """The closing reasons the rules name; the table may hold more."""

    NOT_OPENED_FOR_CUSTOMER = "not_opened_for_customer"
    IDENTICAL_INQUIRY = "identical_inquiry"
    FAILED_SANITISATION = "failed_sanitisation"
    NO_RESPONSE_3_MONTHS = "no_response_3_months"


class HistoryEvent(StrEnum):
    STATUS_CHANGE = "status_change"
    ASSIGNMENT = "assignment"
    RELEASE = "release"
    FORWARD = "forward"
    TRIPLET_CHANGE = "triplet_change"
    REACTIVATION = "reactivation"
    MESSAGE = "message"
    ATTACHMENT = "attachment"
    AUTO_CLOSE = "auto_close"
    VERIFICATION = "verification"
    DECLARATION = "declaration"
    OWN_NAME_MARK = "own_name_mark"
    REPRESENTATION_CHECK = "representation_check"
    CONSULTATION = "consultation"


class Side(StrEnum):
    """Which side wrote a message or attached a file."""

    CUSTOMER = "customer"  # the inquirer: a representative too
    EMPLOYEE = "employee"


class AttachmentDirection(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class TripletValidation(StrEnum):
    NOT_CHECKED = "not_checked"
    CORRECT = "correct"
    INCORRECT = "incorrect"
