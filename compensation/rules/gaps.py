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
    """
    Why a determination is not reasoned enough: too few words, no reason, or reasons that do not sum to the gap.

    A determination of nothing is a rejection, which owes reasons even where nothing was claimed (CMP-2.4-a).
    """
    gap = max(claimed - determined, Decimal(0))
    if gap == 0 and determined > 0:
        return
    if not gaps or not is_reasoned(reasons):
        yield Refusal(Reason.GEN_REASONS_REQUIRED, ("reasons",), {"least": LEAST_WORDS}, "CMP-2.4-a")
    if any(one.amount < min(gap, Decimal(1)) or one.amount % 1 for one in gaps) or (gaps and _sum(gaps) != gap):
        yield Refusal(Code.INVALID_VALUE, ("gaps",), {"because": "gaps_do_not_sum", "gap": gap}, "CMP-8.5.3-a")


def is_reasoned(reasons: str) -> bool:
    """Whether the words are enough; blanks at the ends and runs of them say nothing (CMP-2.4-a)."""
    return len(" ".join(reasons.split())) >= LEAST_WORDS


def _sum(gaps: Sequence[Gap]) -> Decimal:
    return sum((one.amount for one in gaps), Decimal(0))
