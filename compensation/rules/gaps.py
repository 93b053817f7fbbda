"""Reasons of a decision below the claim (clauses 2.4, 8.5.2, 8.5.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm_portal.errors import Code, Refusal

from .codes import GapReason
from .reasons import Reason

LEAST_WORDS = 20  # characters of free text (CMP-2.4-a)


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason and how much of the gap it explains, in whole ILS."""

    reason: GapReason
    amount: Decimal
    text: str = ""


def refusals(*, claimed: Decimal, determined: Decimal, gaps: Sequence[Gap], reasons: str) -> Iterator[Refusal]:
    """Why a determination is not reasoned enough: too few words, no reason, or reasons that do not sum to the gap."""
    gap = claimed - determined
    if gap == 0:
        return
    if not gaps or len(reasons.strip()) < LEAST_WORDS:
        yield Refusal(Reason.GEN_REASONS_REQUIRED, ("reasons",), {"least": LEAST_WORDS}, "CMP-2.4-a")
    if gaps and sum((one.amount for one in gaps), Decimal(0)) != gap:
        yield Refusal(Code.INVALID_VALUE, ("gaps",), {"because": "gaps_do_not_sum", "gap": gap}, "CMP-8.5.3-a")
