"""The one path by which a determined amount changes: correction, objection, appeal (CMP-8.7-a, CMP-10.3-b)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from crm_portal.people.models import User

from ..models import Claim, Decision
from ..rules.codes import DecisionKind, PaymentKind, PaymentState
from ..rules.gaps import Gap
from ..rules.machines import Actor
from ..selectors.money import ledger_of
from . import deciding, moving, overpaying, paying

_NOT_YET_AT_THE_BANK = (PaymentState.PREPARED.value, PaymentState.APPROVED.value, PaymentState.RETURNED.value)


def redetermine(
    claim: Claim,
    amount: Decimal,
    *,
    kind: DecisionKind,
    actor: Actor,
    by: User | None,
    at: datetime,
    reasons: str = "",
    ground: str = "",
    gaps: Sequence[Gap] = (),
    serve: bool = True,
) -> Decision:
    """
    Write a new version of the determination of a locked claim; what was paid before is settled against it.

    Sheets of the old version that no bank has are cancelled. More is paid by a new sheet, within 14 days; less is
    demanded back, by that sheet or, when nothing is due any more, at once.
    """
    outcome = deciding.outcome_of(claimed=claim.claimed_amount or Decimal(0), determined=amount)
    moving.move(
        claim, outcome, actor=actor, by=by, at=at, reason=ground or reasons, **deciding.determined(claim, amount, at)
    )
    stale = claim.payments.filter(kind=PaymentKind.DECISION.value, state__in=_NOT_YET_AT_THE_BANK)
    for payment_id in list(stale.values_list("pk", flat=True)):
        paying.cancel(payment_id=payment_id, reason=_("A new version of the determination replaced it"), by=by, at=at)
    decision = deciding.write(
        claim, kind=kind, outcome=outcome, amount=amount, reasons=reasons, ground=ground, gaps=gaps,
        approved_by=by, at=at, serve=serve,
    )  # fmt: skip
    if amount == 0 and ledger_of(claim).paid > 0:
        overpaying.demand(claim_id=claim.pk, by=by, at=at)
    return decision


def highest(claim: Claim) -> Decimal:
    """What the track's rules gave on any figures, or the claimant's own: nothing above it is determined (CMP-1.8-a)."""
    computed = claim.computations.order_by("-amount").values_list("amount", flat=True).first()
    return max(computed or Decimal(0), claim.claimed_amount or Decimal(0))
