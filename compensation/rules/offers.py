"""Which tracks a claimant may choose, by what the matrix of clause 2.6 says of the business (CMP-2.6-a)."""

from collections.abc import Mapping
from dataclasses import dataclass

from .codes import Eligibility, Track

OPEN = frozenset(
    {
        Eligibility.ELIGIBLE,
        Eligibility.ELIGIBLE_UNCONDITIONAL,
        Eligibility.ELIGIBLE_CHILDCARE_CONDITION,
        Eligibility.AGRICULTURE_RED_ONLY,
        Eligibility.WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED,
        Eligibility.MANUAL_REVIEW,
    }
)
WITH_A_CHECK = frozenset({Eligibility.ELIGIBLE_BRANCH_CHECK, Eligibility.ELIGIBILITY_CHECK})
FILED_HERE = (Track.WAGE, Track.TURNOVER, Track.AGRICULTURE, Track.EXECUTION_CONTRACTOR, Track.RED)


@dataclass(frozen=True, slots=True)
class Offer:
    """One track and why it is open or closed to this business."""

    track: Track
    eligibility: Eligibility
    is_granted: bool = False  # an eligibility check opened it (CMP-2.1-b)

    @property
    def needs_check(self) -> bool:
        return self.eligibility in WITH_A_CHECK and not self.is_granted

    @property
    def is_open(self) -> bool:
        """Whether a claim may be filed on it now; fixed costs are filed under another law (CMP-2.6-g)."""
        return self.track in FILED_HERE and (self.is_granted or self.eligibility in OPEN)


def offers(cells: Mapping[Track, Eligibility], *, is_in_area: bool, granted: Track | None = None) -> tuple[Offer, ...]:
    """
    Every track, in the order of the matrix.

    The contractor's has no column: it asks for the special area itself (6.1). Fields decide in agriculture, so that
    a farm whose business is outside is examined by hand (decision 39), unless all is to be filed on the red track.
    """
    found = []
    for track in (*FILED_HERE, Track.FIXED_COSTS):
        cell = cells.get(track, Eligibility.NOT_ELIGIBLE)
        if track is Track.EXECUTION_CONTRACTOR:
            cell = Eligibility.ELIGIBLE if is_in_area else Eligibility.NOT_ELIGIBLE
        whole_claim_red = cells.get(Track.RED) is Eligibility.WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED
        if whole_claim_red and track is Track.EXECUTION_CONTRACTOR:
            cell = Eligibility.NOT_ELIGIBLE
        if track is Track.AGRICULTURE and cell is Eligibility.NOT_ELIGIBLE and not whole_claim_red:
            cell = Eligibility.MANUAL_REVIEW
        found.append(Offer(track, cell, is_granted=track is granted))
    return tuple(found)
