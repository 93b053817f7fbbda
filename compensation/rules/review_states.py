"""The tables of objections (clause 9) and of appeals to the committee and the court (clause 10)."""

from enum import StrEnum

from crm_portal.errors import Code

from .codes import AppealState, ObjectionState
from .machines import Actor, Machine, Transition, table
from .reasons import Reason


class ReviewGuard(StrEnum):
    """What must hold beside the state; a service answers each from the database."""

    DECIDED = "decided"  # there is a determination, or an objection's decision, to be reviewed
    OBJECTION_IN_TIME = "objection_in_time"
    APPEAL_IN_TIME = "appeal_in_time"
    COURT_IN_TIME = "court_in_time"
    NONE_OPEN = "none_open"  # of the same kind
    FRESH_EYES = "fresh_eyes"  # neither the clerk nor the approver of the claim (CMP-9.1-a)
    REASONED = "reasoned"
    AMOUNT_FITS = "amount_fits"  # the outcome: all that was objected for, a part of it, nothing
    DUE_DATE_PASSED = "due_date_passed"  # extension included (CMP-9.6-a)
    RECORD_COMPLETE = "record_complete"  # four copies, grounds, attachments, a lawyer's power of attorney (CMP-10.2-a)
    LEGAL_QUESTION = "legal_question"
    COPIED_TO_ATTORNEY = "copied_to_attorney"  # together with the filing (CMP-10.3-a)
    SERVED = "served"  # the day is recorded: the next deadline starts there


_O, _P, _G = ObjectionState, AppealState, ReviewGuard
_OFFICER, _CLAIMANT, _SYSTEM = (frozenset({one}) for one in (Actor.OFFICER, Actor.CLAIMANT, Actor.SYSTEM))
_RECORDERS = frozenset({Actor.OFFICER, Actor.MANAGER})  # of what committee and court did
_REVIEW = frozenset({_O.IN_REVIEW})
_UNDECIDED = _REVIEW | {_O.SUBMITTED, _O.DETAILS_REQUESTED}
_DECIDING = (_G.FRESH_EYES, _G.REASONED, _G.AMOUNT_FITS)

OBJECTION: Machine[ObjectionState, ReviewGuard] = Machine(
    "Objections (9)", ObjectionState,
    table(
        Transition("file", frozenset({None}), _O.SUBMITTED, _CLAIMANT,
                   (_G.DECIDED, _G.OBJECTION_IN_TIME, _G.NONE_OPEN), "CMP-9.1-a"),
        Transition("take", frozenset({_O.SUBMITTED}), _O.IN_REVIEW, _OFFICER, (_G.FRESH_EYES,), "CMP-9.1-a"),
        Transition("request_details", _REVIEW, _O.DETAILS_REQUESTED, _OFFICER, (_G.FRESH_EYES,), "CMP-9.4-a"),
        Transition("accept_details", frozenset({_O.DETAILS_REQUESTED}), _O.IN_REVIEW, _OFFICER, (_G.FRESH_EYES,),
                   "CMP-9.4-a"),
        Transition("accept", _REVIEW, _O.ACCEPTED, _OFFICER, _DECIDING, "CMP-9.5-a"),
        Transition("accept_partly", _REVIEW, _O.PARTIALLY_ACCEPTED, _OFFICER, _DECIDING, "CMP-9.5-a"),
        Transition("dismiss", _REVIEW, _O.DISMISSED, _OFFICER, _DECIDING, "CMP-9.5-a"),
        Transition("deem_accepted", _UNDECIDED, _O.DEEMED_ACCEPTED, _SYSTEM, (_G.DUE_DATE_PASSED,), "CMP-9.6-a"),
    ),
    {
        _G.OBJECTION_IN_TIME: (Reason.OBJ_TOO_LATE, ""),
        _G.NONE_OPEN: (Code.DUPLICATE, ""),
        _G.FRESH_EYES: (Reason.GEN_FOUR_EYES, ""),
        _G.REASONED: (Reason.GEN_REASONS_REQUIRED, "reasons"),
        _G.AMOUNT_FITS: (Code.INVALID_VALUE, "amount"),
    },
)  # fmt: skip

APPEAL: Machine[AppealState, ReviewGuard] = Machine(
    "Appeals (10)", AppealState,
    table(
        Transition("file", frozenset({None}), _P.FILED, _CLAIMANT | _RECORDERS,
                   (_G.DECIDED, _G.APPEAL_IN_TIME, _G.NONE_OPEN, _G.RECORD_COMPLETE), "CMP-9.7-a"),
        Transition("decide", frozenset({_P.FILED}), _P.DECIDED, _RECORDERS, (_G.SERVED,), "CMP-10.1-a"),
        Transition("appeal_to_court", frozenset({_P.DECIDED}), _P.COURT_APPEAL_FILED, _CLAIMANT | _RECORDERS,
                   (_G.COURT_IN_TIME, _G.LEGAL_QUESTION, _G.COPIED_TO_ATTORNEY), "CMP-10.3-a"),
        Transition("decide_in_court", frozenset({_P.COURT_APPEAL_FILED}), _P.COURT_DECIDED, _RECORDERS, (),
                   "CMP-10.3-b"),
    ),
    {
        _G.APPEAL_IN_TIME: (Reason.APPEAL_TOO_LATE, ""),
        _G.COURT_IN_TIME: (Reason.COURT_APPEAL_TOO_LATE, ""),
        _G.NONE_OPEN: (Code.DUPLICATE, ""),
        _G.RECORD_COMPLETE: (Code.FIELD_REQUIRED, "record"),
        _G.LEGAL_QUESTION: (Code.FIELD_REQUIRED, "legal_question"),
        _G.COPIED_TO_ATTORNEY: (Code.FIELD_REQUIRED, "copied_to_attorney"),
        _G.SERVED: (Code.FIELD_REQUIRED, "served_on"),
    },
)  # fmt: skip
