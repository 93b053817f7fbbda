"""
The state machine of a claim: the table of section 8.5 as data.

Services move a claim only by a row of `TRANSITIONS`; pages draw their buttons from it; the diagram in `docs/states.md`
is made of it.
"""

from enum import StrEnum

from .codes import BEFORE_DECISION, CLOCK_RUNS, TO_BE_PAID, ClaimState
from .machines import Actor, Machine, Transition, table
from .reasons import Reason


class Guard(StrEnum):
    """What must hold beside the state; a service answers each from the database (`Facts`)."""

    INTEGRITY = "integrity"  # form, documents, location, exclusions (CMP-2.3-a)
    WINDOW_OPEN = "window_open"
    ONE_TRACK = "one_track"
    ALL_DECLARED = "all_declared"
    NOTICE_SERVED = "notice_served"
    DETAILS_COMPLETE = "details_complete"
    CAUSATION_FOUND = "causation_found"
    COMPUTED = "computed"  # by the clerk, exclusions run again
    FINDINGS_SETTLED = "findings_settled"  # CMP-2.3-k
    ANOTHER_PERSON = "another_person"  # CMP-2.3-b
    REASONED = "reasoned"  # when it is below the claim (CMP-2.4-a)
    CLOCK_EXPIRED = "clock_expired"  # and not stopped
    SHEET_APPROVED = "sheet_approved"
    NOTHING_OPEN = "nothing_open"  # no review is open and its time has passed


_S, _G, _A = ClaimState, Guard, Actor
_CLAIMANT, _CLERK, _MANAGER, _SYSTEM = (frozenset({actor}) for actor in (_A.CLAIMANT, _A.CLERK, _A.MANAGER, _A.SYSTEM))
_DECIDING = (_G.ANOTHER_PERSON, _G.FINDINGS_SETTLED, _G.REASONED)
_DECIDED = TO_BE_PAID | {_S.REJECTED, _S.PAID, _S.CLOSED}
_AGAIN = frozenset({_A.MANAGER, _A.OFFICER, _A.SYSTEM})  # the system: an objection accepted by lapse of time

_ROWS: tuple[Transition[ClaimState, Guard], ...] = (
    Transition("submit", frozenset({_S.DRAFT}), _S.SUBMITTED, _CLAIMANT,
               (_G.INTEGRITY, _G.WINDOW_OPEN, _G.ONE_TRACK), "CMP-2.3-d"),
    Transition("submit_with_employees", frozenset({_S.DRAFT}), _S.AWAITING_EMPLOYEE_DECLARATIONS, _CLAIMANT,
               (_G.INTEGRITY, _G.WINDOW_OPEN, _G.ONE_TRACK), "CMP-2.3-d"),
    Transition("complete", frozenset({_S.AWAITING_EMPLOYEE_DECLARATIONS}), _S.SUBMITTED, _SYSTEM,
               (_G.ALL_DECLARED,), "CMP-3.4.2-g"),
    Transition("take", frozenset({_S.SUBMITTED}), _S.IN_REVIEW, _CLERK, (), "CMP-2.3-e"),
    Transition("request_details", frozenset({_S.IN_REVIEW}), _S.DETAILS_REQUESTED, _CLERK,
               (_G.NOTICE_SERVED,), "CMP-8.4.2-b"),
    Transition("accept_details", frozenset({_S.DETAILS_REQUESTED}), _S.IN_REVIEW, _CLERK,
               (_G.DETAILS_COMPLETE,), "CMP-8.4.2-b"),
    Transition("propose", frozenset({_S.IN_REVIEW}), _S.PENDING_APPROVAL, _CLERK,
               (_G.CAUSATION_FOUND, _G.COMPUTED), "CMP-2.3-f"),
    Transition("return", frozenset({_S.PENDING_APPROVAL}), _S.IN_REVIEW, _MANAGER, (), "CMP-2.3-g"),
    Transition("approve", frozenset({_S.PENDING_APPROVAL}), _S.APPROVED, _MANAGER, _DECIDING, "CMP-2.3-g"),
    Transition("approve_partly", frozenset({_S.PENDING_APPROVAL}), _S.PARTIALLY_APPROVED, _MANAGER,
               _DECIDING, "CMP-2.3-g"),
    Transition("reject", frozenset({_S.PENDING_APPROVAL}), _S.REJECTED, _MANAGER, _DECIDING, "CMP-2.3-g"),
    Transition("deem_accepted", CLOCK_RUNS, _S.DEEMED_ACCEPTED, _SYSTEM, (_G.CLOCK_EXPIRED,), "CMP-8.4.1-d"),
    Transition("pay", TO_BE_PAID, _S.PAID, frozenset({_A.PAYMENTS, _A.SYSTEM}), (_G.SHEET_APPROVED,), "CMP-8.4.3-d"),
    Transition("close", frozenset({_S.PAID}), _S.CLOSED, frozenset({_A.PAYMENTS, _A.SYSTEM}), (), "CMP-8.4.3-d"),
    Transition("withdraw", BEFORE_DECISION - {_S.DRAFT}, _S.WITHDRAWN, _CLAIMANT, (), "CMP-8.1.5-b"),
    Transition("decide_again_approve", _DECIDED, _S.APPROVED, _AGAIN, (), "CMP-8.7-c"),
    Transition("decide_again_partly", _DECIDED, _S.PARTIALLY_APPROVED, _AGAIN, (), "CMP-8.7-c"),
    Transition("decide_again_reject", _DECIDED, _S.REJECTED, _AGAIN, (), "CMP-8.7-c"),
    Transition("close_rejected", frozenset({_S.REJECTED}), _S.CLOSED, _SYSTEM, (_G.NOTHING_OPEN,), "CMP-8.7-c"),
)  # fmt: skip

CLAIM: Machine[ClaimState, Guard] = Machine(
    "Claims (8.5)",
    ClaimState,
    table(*_ROWS),
    {
        Guard.WINDOW_OPEN: (Reason.GEN_WINDOW_CLOSED, ""),
        Guard.ONE_TRACK: (Reason.GEN_ONE_TRACK, ""),
        Guard.ANOTHER_PERSON: (Reason.GEN_FOUR_EYES, ""),
        Guard.REASONED: (Reason.GEN_REASONS_REQUIRED, ""),
    },
)
TRANSITIONS = CLAIM.rows
leading, allowed, refusals = CLAIM.leading, CLAIM.allowed, CLAIM.refusals
