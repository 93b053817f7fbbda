"""The tables of payments (8.5.1), of advances (7.3, 8.4.3), and of what is granted: more time, an eligibility check."""

from enum import StrEnum

from crm_portal.errors import Code

from .codes import AdvanceState, PaymentState, RequestState
from .machines import Actor, Machine, Transition, table
from .reasons import Reason


class PaymentGuard(StrEnum):
    """What must hold beside the state; a service answers each from the database."""

    TO_BE_PAID = "to_be_paid"  # a decision gives it, or a confirmed advance
    SHEET_CURRENT = "sheet_current"  # debts, liens, certificate and day are those of the sheet
    HAS_ACCOUNT = "has_account"
    IN_NO_BATCH = "in_no_batch"
    REASONED = "reasoned"


class AdvanceGuard(StrEnum):
    IN_CAMPAIGN = "in_campaign"  # CMP-7.3.8-a
    IN_ANNEX_E = "in_annex_e"  # or examined by hand (CMP-7.3.4-a)
    UNDERTAKEN = "undertaken"  # to file a claim (CMP-7.3.6-a)
    UNDECIDED = "undecided"  # the claim
    WITHIN_PROVISIONAL = "within_provisional"  # with all advances before (CMP-8.4.3-c)
    ANOTHER_PERSON = "another_person"
    REASONED = "reasoned"  # the amount, a changed base, a refusal


class RequestGuard(StrEnum):
    REASONED = "reasoned"


_P, _V, _R = PaymentState, AdvanceState, RequestState
_PG, _VG = PaymentGuard, AdvanceGuard
_PAYMENTS, _MANAGER, _CLERK, _SYSTEM, _CLAIMANT = (
    frozenset({one}) for one in (Actor.PAYMENTS, Actor.MANAGER, Actor.CLERK, Actor.SYSTEM, Actor.CLAIMANT)
)
_OPEN_ADVANCE = frozenset({_V.PROPOSED, _V.ESCALATED})

PAYMENT: Machine[PaymentState, PaymentGuard] = Machine(
    "Payments (8.5.1)", PaymentState,
    table(
        Transition("prepare", frozenset({None, _P.RETURNED}), _P.PREPARED, _PAYMENTS | _SYSTEM, (_PG.TO_BE_PAID,),
                   "CMP-8.5.1-a"),
        Transition("approve", frozenset({_P.PREPARED}), _P.APPROVED, _PAYMENTS, (_PG.SHEET_CURRENT, _PG.HAS_ACCOUNT),
                   "CMP-8.4.3-d"),
        Transition("export", frozenset({_P.APPROVED}), _P.EXPORTED, _PAYMENTS, (_PG.IN_NO_BATCH,), "CMP-8.4.3-d"),
        Transition("settle", frozenset({_P.EXPORTED}), _P.SETTLED, _PAYMENTS | _SYSTEM, (), "CMP-8.4.3-d"),
        Transition("return", frozenset({_P.EXPORTED, _P.SETTLED}), _P.RETURNED, _PAYMENTS | _SYSTEM, (),
                   "CMP-8.4.3-d"),
        Transition("cancel", frozenset({_P.PREPARED, _P.APPROVED, _P.RETURNED}), _P.CANCELLED, _PAYMENTS,
                   (_PG.IN_NO_BATCH, _PG.REASONED), "CMP-8.5.1-d"),
    ),
    {
        _PG.SHEET_CURRENT: (Code.STALE_VERSION, ""),
        _PG.HAS_ACCOUNT: (Code.FIELD_REQUIRED, "bank_account"),
        _PG.REASONED: (Reason.GEN_REASONS_REQUIRED, "reasons"),
    },
)  # fmt: skip

ADVANCE: Machine[AdvanceState, AdvanceGuard] = Machine(
    "Advances (7.3, 8.4.3)", AdvanceState,
    table(
        Transition("request", frozenset({None}), _V.REQUESTED, _CLAIMANT,
                   (_VG.IN_CAMPAIGN, _VG.IN_ANNEX_E, _VG.UNDERTAKEN), "CMP-7.3.3-a"),
        Transition("propose", frozenset({_V.REQUESTED}), _V.PROPOSED, _CLERK, (_VG.REASONED,), "CMP-7.3.10-b"),
        Transition("propose_by_time", frozenset({None}), _V.PROPOSED, _SYSTEM, (_VG.UNDECIDED, _VG.WITHIN_PROVISIONAL),
                   "CMP-8.4.3-c"),
        Transition("escalate", frozenset({_V.PROPOSED}), _V.ESCALATED, _SYSTEM, (), "CMP-8.4.3-c"),
        Transition("confirm", _OPEN_ADVANCE, _V.CONFIRMED, _MANAGER,
                   (_VG.ANOTHER_PERSON, _VG.WITHIN_PROVISIONAL, _VG.REASONED), "CMP-8.4.3-c"),
        Transition("refuse", _OPEN_ADVANCE | {_V.REQUESTED}, _V.REFUSED, _MANAGER,
                   (_VG.ANOTHER_PERSON, _VG.REASONED), "CMP-7.3.10-a"),
        Transition("lapse", _OPEN_ADVANCE, _V.LAPSED, _SYSTEM, (), "CMP-8.4.6-a"),
        Transition("pay", frozenset({_V.CONFIRMED}), _V.PAID, _PAYMENTS | _SYSTEM, (), "CMP-8.4.3-c"),
    ),
    {
        _VG.IN_CAMPAIGN: (Reason.ADV_WINDOW_CLOSED, ""),
        _VG.IN_ANNEX_E: (Reason.ADV_NOT_ANNEX_E, "town"),
        _VG.UNDERTAKEN: (Code.FIELD_REQUIRED, "undertaking"),
        _VG.WITHIN_PROVISIONAL: (Code.INVALID_VALUE, "amount"),
        _VG.ANOTHER_PERSON: (Reason.GEN_FOUR_EYES, ""),
        _VG.REASONED: (Reason.GEN_REASONS_REQUIRED, "reasons"),
    },
)  # fmt: skip

REQUEST: Machine[RequestState, RequestGuard] = Machine(
    "More time to file, and eligibility checks (8.2, 2.1)", RequestState,
    table(
        Transition("ask", frozenset({None}), _R.PENDING, _CLAIMANT, (), "CMP-8.2-a"),
        Transition("grant", frozenset({_R.PENDING}), _R.GRANTED, _CLERK | _MANAGER, (), "CMP-2.1-b"),
        Transition("refuse", frozenset({_R.PENDING}), _R.REFUSED, _CLERK | _MANAGER, (RequestGuard.REASONED,),
                   "CMP-2.1-b"),
    ),
    {RequestGuard.REASONED: (Reason.GEN_REASONS_REQUIRED, "reasons")},
)  # fmt: skip
