"""What the roll-ups count, and what reports are called (section 5.9)."""

from enum import StrEnum

MANY_AT_MOST = 10  # correspondences of so many messages and more are one group (R9)


class Figure(StrEnum):
    """One kind of figure: how many, a total beside it, and the key it is told apart by."""

    OPENED = "opened"  # by the day of opening; key: the present status
    CUSTOMER_KIND = "customer_kind"
    INQUIRER = "inquirer"
    FILE_TYPE = "file_type"
    NET_TIME = "net_time"  # total: business seconds; key: the indicator, empty without a target
    MESSAGES = "messages"  # key: how many messages of the customer
    ARRIVAL = "arrival"  # key: day of the week and hour, "0-09" is Monday at nine
    DWELL = "dwell"  # of a team over all its periods; total: business seconds
    DWELL_EMPLOYEE = "dwell_employee"  # key: the employee
    CLOSED = "closed"  # each closing by its day; key: the status it was closed with
    SYSTEM_CLOSURE = "system_closure"  # key: the closing reason
    TRANSFER = "transfer"  # by the team that gave it away; key: the team that got it
    RETURN = "return"  # of those, to a team that had it before under the same triplet (CRM-5.1.1-c)
    CORRECTION = "correction"  # key: the triplet it had before
    WRONG_TRIPLET = "wrong_triplet"  # closed untreated with a triplet found wrong and left so (CRM-6.1-a)
    FIRST_ANSWER = "first_answer"  # total: business seconds from opening
    ANSWER = "answer"  # each one; total: business seconds from what it answers
    TEMPLATE = "template"  # replies that began from a template; key: the template
    ROUTED = "routed"  # key: the rule that decided
    FALLBACK = "fallback"  # of those, to the head team for want of another; key: the cause


class Inquirer(StrEnum):
    """Who opened an inquiry, and in whose name (R4)."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"  # in the customer's name
    OWN_NAME = "own_name"  # a representative in his own
    UNIDENTIFIED = "unidentified"  # general information, a contact only


class ReportKey(StrEnum):
    """The reports of section 5.9, as their addresses and the audit name them."""

    VOLUME = "R1"
    SLA = "R2"
    OFFICES = "R3"
    POPULATION = "R4"
    TRANSFERS = "R5"
    SYSTEM_CLOSURES = "R6"
    FOLLOW_UP = "R7"
    QUALITY = "R8"
    CORRESPONDENCE = "R9"
    DWELL = "R10"
    TEMPLATES = "R11"
    FALLBACKS = "R12"


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


class ExportState(StrEnum):
    """How far an export has come."""

    WAITING = "waiting"
    WRITING = "writing"
    READY = "ready"
    FAILED = "failed"
