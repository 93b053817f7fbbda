"""Until when somebody may file: the window of the programme, or what one claimant was granted (8.1, 8.2)."""

from datetime import date

from django.db.models import Max

from ..models import Claimant
from ..rules import clocks
from ..rules.clocks import Deadline
from ..rules.codes import RequestState
from ..rules.programme import Programme


def granted_until(claimant: Claimant) -> date | None:
    """The last day that was granted to a claimant, if any."""
    granted = claimant.filing_extensions.filter(state=RequestState.GRANTED.value)
    day: date | None = granted.aggregate(day=Max("granted_until"))["day"]
    return day


def window_of(claimant: Claimant | None, programme: Programme) -> Deadline:
    """The last day to file: four months of the actual opening, or the claimant's own day."""
    extended_to = granted_until(claimant) if claimant is not None else None
    return clocks.filing_window(programme.window_opens_on, programme, extended_to=extended_to)


def is_open(claimant: Claimant | None, programme: Programme, today: date) -> bool:
    """Whether a claim can be filed today (CMP-8.1.2-a, CMP-8.2-b)."""
    return programme.window_opens_on <= today and not window_of(claimant, programme).has_passed(today)
