"""Who may do what with claims (compensation specification, sections 2 and 10); `compensation.apps` registers it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role


class Action(StrEnum):
    """What a person can ask of the compensation app; a page names one of these."""

    # the claimant, the signatory of a corporation, the registered representative
    CHECK_ELIGIBILITY = "claim.check_eligibility"
    ASSESS = "claim.assess"  # nothing is stored
    VIEW_OWN = "claim.view_own"
    FILE = "claim.file"  # the wizard, its drafts, the submission, the withdrawal
    VIEW_EMPLOYEES = "claim.view_employees"  # of a wage claim, with what they declared
    RESEND_DECLARATION = "declaration.resend"
    ANSWER_DETAILS = "claim.answer_details"
    REQUEST_ADVANCE = "advance.request"
    REQUEST_EXTENSION = "filing_extension.request"
    REQUEST_CHECK = "eligibility_check.request"
    OBJECT = "objection.file"
    APPEAL = "appeal.file"
    READ = "claim.read"  # over the API: the fund every submitted claim, a claimant his own
    # the fund
    VIEW = "claim.view"
    REVIEW = "claim.review"  # take, adjust, settle findings, request details, propose
    DECIDE = "claim.decide"  # approve, reject, return; the manager's rate; more time
    CORRECT = "claim.correct"
    DECIDE_CHECK = "eligibility_check.decide"
    DECIDE_EXTENSION = "filing_extension.decide"
    PROPOSE_ADVANCE = "advance.propose"  # the amount of a pre-claim advance
    CONFIRM_ADVANCE = "advance.confirm"
    KEEP_PROGRAMME = "programme.keep"  # figures, dates, town flags, campaigns
    PAY = "payment.make"
    VIEW_PAYMENTS = "payment.view"
    DECIDE_OBJECTION = "objection.decide"
    RECORD_APPEAL = "appeal.record"
    VIEW_DASHBOARD = "claim_dashboard.view"
    EXPORT = "claim.export"


CLAIMANTS = frozenset({Role.CUSTOMER, Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE})
CLERKS = frozenset({Role.COMPENSATION_CLERK})
MANAGERS = frozenset({Role.COMPENSATION_MANAGER})
OFFICERS = frozenset({Role.OBJECTION_OFFICER})
PAYMENTS = frozenset({Role.COMPENSATION_PAYMENTS})
FUND = CLERKS | MANAGERS | OFFICERS | PAYMENTS
VIEWERS = FUND | {Role.AUDITOR}

TABLE: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.CHECK_ELIGIBILITY: CLAIMANTS | VIEWERS,
        Action.ASSESS: CLAIMANTS | VIEWERS,
        Action.VIEW_OWN: CLAIMANTS,
        Action.FILE: CLAIMANTS,
        Action.VIEW_EMPLOYEES: CLAIMANTS | VIEWERS,
        Action.RESEND_DECLARATION: CLAIMANTS | CLERKS,
        Action.ANSWER_DETAILS: CLAIMANTS,
        Action.REQUEST_ADVANCE: CLAIMANTS,
        Action.REQUEST_EXTENSION: CLAIMANTS,
        Action.REQUEST_CHECK: CLAIMANTS,
        Action.OBJECT: CLAIMANTS,
        Action.APPEAL: CLAIMANTS,
        Action.READ: CLAIMANTS | VIEWERS,
        Action.VIEW: VIEWERS,
        Action.REVIEW: CLERKS,
        Action.DECIDE: MANAGERS,
        Action.CORRECT: MANAGERS,
        Action.DECIDE_CHECK: CLERKS | MANAGERS,
        Action.DECIDE_EXTENSION: CLERKS | MANAGERS,
        Action.PROPOSE_ADVANCE: CLERKS,
        Action.CONFIRM_ADVANCE: MANAGERS,
        Action.KEEP_PROGRAMME: MANAGERS,
        Action.PAY: PAYMENTS,
        Action.VIEW_PAYMENTS: PAYMENTS | MANAGERS | {Role.AUDITOR},
        Action.DECIDE_OBJECTION: OFFICERS,
        Action.RECORD_APPEAL: OFFICERS | MANAGERS,
        Action.VIEW_DASHBOARD: MANAGERS | {Role.AUDITOR},
        Action.EXPORT: MANAGERS | PAYMENTS,
    }
)
