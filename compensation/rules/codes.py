"""The enumerations of compensation (compensation specification, section 2)."""

from enum import StrEnum


class Track(StrEnum):
    WAGE = "WAGE"
    TURNOVER = "TURNOVER"
    AGRICULTURE = "AGRICULTURE"
    EXECUTION_CONTRACTOR = "EXECUTION_CONTRACTOR"
    RED = "RED"
    FIXED_COSTS = "FIXED_COSTS"


GREEN_TRACKS = frozenset({Track.WAGE, Track.TURNOVER, Track.AGRICULTURE, Track.EXECUTION_CONTRACTOR})


class Annex(StrEnum):
    """A town list of the instruction (annexes A to E)."""

    THIRD_SCHEDULE = "A"
    SECOND_SCHEDULE = "B"
    FOURTH_SCHEDULE = "C"
    EVACUATED = "D"
    ADVANCE = "E"


class LocationRow(StrEnum):
    """A row of the eligibility matrix (2.6), the most favourable first (CMP-2.6-b)."""

    EVACUATED = "EVACUATED"
    THIRD_SCHEDULE = "THIRD_SCHEDULE"
    FOURTH_SCHEDULE = "FOURTH_SCHEDULE"
    SECOND_SCHEDULE = "SECOND_SCHEDULE"
    REST = "REST"
    REST_WITH_BRANCH = "REST_WITH_BRANCH"
    REST_WITH_EMPLOYEE_RESIDENT = "REST_WITH_EMPLOYEE_RESIDENT"


class Eligibility(StrEnum):
    ELIGIBLE = "ELIGIBLE"
    ELIGIBLE_UNCONDITIONAL = "ELIGIBLE_UNCONDITIONAL"
    ELIGIBLE_CHILDCARE_CONDITION = "ELIGIBLE_CHILDCARE_CONDITION"
    ELIGIBLE_BRANCH_CHECK = "ELIGIBLE_BRANCH_CHECK"
    ELIGIBILITY_CHECK = "ELIGIBILITY_CHECK"
    AGRICULTURE_RED_ONLY = "AGRICULTURE_RED_ONLY"
    WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED = "WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    MANUAL_REVIEW = "MANUAL_REVIEW"


class ClaimantKind(StrEnum):
    REGULAR = "REGULAR"
    EXEMPT_DEALER = "EXEMPT_DEALER"
    VAT_GROUP_MEMBER = "VAT_GROUP_MEMBER"
    EPI = "EPI"
    KIBBUTZ = "KIBBUTZ"
    SELF_EMPLOYED_EDU = "SELF_EMPLOYED_EDU"
    SELF_EMPLOYED_RESIDENT = "SELF_EMPLOYED_RESIDENT"


class ClaimantFlag(StrEnum):
    BRANCHES = "BRANCHES"
    REG_6Z = "REG_6Z"
    CASH_BASIS = "CASH_BASIS"
    NEW_BUSINESS = "NEW_BUSINESS"
    CHANGED_REPORTING = "CHANGED_REPORTING"
    HALF_YEAR_WITHHOLDING = "HALF_YEAR_WITHHOLDING"
    TIPS = "TIPS"
    CAPITAL_SALES = "CAPITAL_SALES"
    OUTSIDE_EMPLOYER = "OUTSIDE_EMPLOYER"


class VatReporting(StrEnum):
    MONTHLY = "MONTHLY"
    BI_MONTHLY = "BI_MONTHLY"
    NONE = "NONE"


class NewBusinessCase(StrEnum):
    EXEMPT = "EXEMPT"
    MONTHLY = "MONTHLY"
    BI_MONTHLY = "BI_MONTHLY"
    OPENED_2023_09 = "OPENED_2023_09"


class Sector(StrEnum):
    GENERAL = "GENERAL"
    FUEL = "FUEL"
    MANPOWER = "MANPOWER"
    AGRICULTURE = "AGRICULTURE"
    RESTAURANT = "RESTAURANT"


class AbsenceGround(StrEnum):
    EVACUATED_RESIDENCE = "EVACUATED_RESIDENCE"
    EDU_INSTITUTION_CLOSED = "EDU_INSTITUTION_CLOSED"
    GATHERING_BAN = "GATHERING_BAN"
    CHILDCARE = "CHILDCARE"
    DISABILITY = "DISABILITY"
    DISABLED_RELATIVE = "DISABLED_RELATIVE"


class NotCountedReason(StrEnum):
    SICK = "SICK"
    ACCIDENT = "ACCIDENT"
    VACATION = "VACATION"
    MATERNITY = "MATERNITY"
    RESERVE_DUTY = "RESERVE_DUTY"
    REST_DAY = "REST_DAY"
    REMOTE_WORK = "REMOTE_WORK"
    UNDER_ONE_HOUR = "UNDER_ONE_HOUR"
    KIBBUTZ_MEMBER_CONSUMER = "KIBBUTZ_MEMBER_CONSUMER"
    OUT_OF_PERIOD = "OUT_OF_PERIOD"


class Answer(StrEnum):
    """What an employee says of a day (CMP-3.4.2-c)."""

    CONFIRMED = "CONFIRMED"
    DISPUTED = "DISPUTED"


class InvitationKind(StrEnum):
    """Why an employee was asked to declare; what the employer or a clerk sends again is counted (CMP-3.4.2-b)."""

    FIRST = "FIRST"
    RESENT = "RESENT"
    REMINDER = "REMINDER"
    CORRECTED = "CORRECTED"


class ClaimState(StrEnum):
    DRAFT = "DRAFT"
    AWAITING_EMPLOYEE_DECLARATIONS = "AWAITING_EMPLOYEE_DECLARATIONS"
    SUBMITTED = "SUBMITTED"
    IN_REVIEW = "IN_REVIEW"
    DETAILS_REQUESTED = "DETAILS_REQUESTED"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    APPROVED = "APPROVED"
    PARTIALLY_APPROVED = "PARTIALLY_APPROVED"
    REJECTED = "REJECTED"
    DEEMED_ACCEPTED = "DEEMED_ACCEPTED"
    PAID = "PAID"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


CLOCK_RUNS = frozenset(  # filed and not yet decided
    {ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.DETAILS_REQUESTED, ClaimState.PENDING_APPROVAL}
)
BEFORE_DECISION = CLOCK_RUNS | {ClaimState.DRAFT, ClaimState.AWAITING_EMPLOYEE_DECLARATIONS}
TO_BE_PAID = frozenset({ClaimState.APPROVED, ClaimState.PARTIALLY_APPROVED, ClaimState.DEEMED_ACCEPTED})


class ObjectionState(StrEnum):
    SUBMITTED = "SUBMITTED"
    IN_REVIEW = "IN_REVIEW"
    DETAILS_REQUESTED = "DETAILS_REQUESTED"
    ACCEPTED = "ACCEPTED"
    PARTIALLY_ACCEPTED = "PARTIALLY_ACCEPTED"
    DISMISSED = "DISMISSED"
    DEEMED_ACCEPTED = "DEEMED_ACCEPTED"


OBJECTION_OPEN = frozenset({ObjectionState.SUBMITTED, ObjectionState.IN_REVIEW, ObjectionState.DETAILS_REQUESTED})


class AppealState(StrEnum):
    FILED = "FILED"
    DECIDED = "DECIDED"
    COURT_APPEAL_FILED = "COURT_APPEAL_FILED"
    COURT_DECIDED = "COURT_DECIDED"


class AdvanceKind(StrEnum):
    PRE_CLAIM = "PRE_CLAIM"
    DAY_21_60 = "DAY_21_60"
    DAY_150_10 = "DAY_150_10"


class DeductionKind(StrEnum):
    WITHHOLDING = "WITHHOLDING"
    TAX_DEBT = "TAX_DEBT"
    LIEN = "LIEN"
    ADVANCE = "ADVANCE"


class GapReason(StrEnum):
    """Why the determined amount differs from the claimed one (CMP-2.4-a, CMP-8.5.3-a)."""

    INPUTS_MISREPORTED = "INPUTS_MISREPORTED"
    UNUSUAL_DEALS_IGNORED = "UNUSUAL_DEALS_IGNORED"
    SAVED_WAGES_WRONG = "SAVED_WAGES_WRONG"
    EXCLUDED_CLAIMANT = "EXCLUDED_CLAIMANT"
    DROP_LIMIT_IGNORED = "DROP_LIMIT_IGNORED"
    CAUSATION_IGNORED = "CAUSATION_IGNORED"
    OTHER = "OTHER"


class Causation(StrEnum):
    """The clerk's finding on the causal connection (CMP-1.8-b)."""

    PROVED = "PROVED"
    PARTLY = "PARTLY"
    NOT_PROVED = "NOT_PROVED"


class Regime(StrEnum):
    """Under which regulations the claimant files (CMP-2.2-a)."""

    TEMPORARY_ORDER = "TEMPORARY_ORDER"
    MAIN_REGULATIONS = "MAIN_REGULATIONS"


class DecisionKind(StrEnum):
    """By which way a determination came about; each is a new version (CMP-8.7-a)."""

    FIRST = "FIRST"
    DEEMED = "DEEMED"
    CORRECTION = "CORRECTION"
    OBJECTION = "OBJECTION"
    APPEAL = "APPEAL"


class PaymentState(StrEnum):
    PREPARED = "PREPARED"
    APPROVED = "APPROVED"
    EXPORTED = "EXPORTED"
    SETTLED = "SETTLED"
    RETURNED = "RETURNED"  # by the bank
    CANCELLED = "CANCELLED"


class PaymentKind(StrEnum):
    DECISION = "DECISION"
    ADVANCE = "ADVANCE"


class OverpaymentState(StrEnum):
    DEMANDED = "DEMANDED"
    RETURNED = "RETURNED"
    COLLECTED = "COLLECTED"  # as tax (CMP-8.6.2-a)
    CANCELLED = "CANCELLED"  # a later determination gave it back


class NoticeKind(StrEnum):
    """What is served on a claimant; deadlines start at its service (CMP-8.10-a)."""

    RECEIPT = "RECEIPT"
    DETAILS_REQUEST = "DETAILS_REQUEST"
    DECISION = "DECISION"
    ADVANCE = "ADVANCE"
    DEMAND = "DEMAND"
    OBJECTION_RECEIPT = "OBJECTION_RECEIPT"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    EXTENSION = "EXTENSION"
    OTHER = "OTHER"


class CorrectionGround(StrEnum):
    """Why the manager corrects a determination (CMP-8.7-a)."""

    NEW_FACTS = "NEW_FACTS"
    ERROR = "ERROR"


class ClerkTaskKind(StrEnum):
    NOTICE_BOUNCED = "NOTICE_BOUNCED"  # another address is to be found (CMP-8.10-a)


class RequestState(StrEnum):
    """Of what a claimant asks for and somebody of the fund grants: more time to file, an eligibility check."""

    PENDING = "PENDING"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


class AdvanceState(StrEnum):
    """Of an advance: a request before the claim, or a proposal that a timer made (7.3, 8.4.3)."""

    REQUESTED = "REQUESTED"  # before the claim, no amount yet
    PROPOSED = "PROPOSED"  # an amount waits for the manager
    ESCALATED = "ESCALATED"  # unconfirmed for three days
    CONFIRMED = "CONFIRMED"  # to be paid
    REFUSED = "REFUSED"
    LAPSED = "LAPSED"  # the decision came first
    PAID = "PAID"
