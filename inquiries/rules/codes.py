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
    CLOSED_IN_LEGACY_SYSTEM = "closed_in_legacy_system"  # imported with no reason that we know (CRM-1-b)


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


class ActivityKind(StrEnum):
    """What was done beside the correspondence (5.1.4); none of it is an answer (CRM-5.1.4-b)."""

    EMAIL = "email"
    SMS = "sms"
    PHONE_CALL = "phone_call"


class TemplateState(StrEnum):
    """The life of a response template; only an approved one may be used (CRM-2.2.5-b)."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETIRED = "retired"


class ConsultationReason(StrEnum):
    """Why an employee consults before he answers (CRM-6.5-b)."""

    COMPLEX_PROFESSIONALLY = "complex_professionally"
    COMPLEX_LEGALLY = "complex_legally"
    MAY_BE_MISUNDERSTOOD = "may_be_misunderstood"
    MAY_CREATE_RELIANCE = "may_create_reliance"


class SuggestionState(StrEnum):
    """The way of an improvement suggestion (CRM-8-b)."""

    SUBMITTED = "submitted"
    FORWARDED = "forwarded"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"  # also: returned by the trustee or the manager, with the reason
    IMPLEMENTED = "implemented"


class RepresentationGround(StrEnum):
    """What a representation check in real estate found (CRM-6.6-i)."""

    ATTACHED_POWER = "attached_power"  # (a) an inbound clean file of this inquiry, and an active lawyer
    MATZPEN = "matzpen"  # (b) registered in the transaction
    NONE = "none"  # (c) neither: only closing with the named reason is left
