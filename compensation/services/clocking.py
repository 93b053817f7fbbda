"""Work out a claim's deadlines anew, whenever its clock starts, stops, goes on or is extended (section 9)."""

from datetime import date
from typing import Any

from ..models import Claim
from ..rules.clocks import ClaimClock, Stop
from ..rules.programme import Programme
from . import moving


def clock_of(claim: Claim) -> ClaimClock | None:
    """What the periods of a filed claim are reckoned from; None before it is complete (CMP-3.4.2-d)."""
    if claim.filed_on is None:
        return None
    stops = tuple(Stop(stop.from_on, stop.until_on) for stop in claim.stops.all())
    return ClaimClock(claim.filed_on, stops, tuple(claim.extensions.values_list("days", flat=True)))


def deadlines(clock: ClaimClock, programme: Programme, today: date) -> dict[str, Any]:
    """
    The columns of a claim that its clock decides.

    While details are outstanding they show what they would be if these came today; sweeps leave a stopped claim alone.
    """
    shown = clock.as_if_delivered(today)
    return {
        "decision_due_on": shown.decision_due_on(programme),
        "advance_60_due_on": shown.advance_60_due_on(programme),
        "advance_10_due_on": shown.advance_10_due_on(programme),
        "clock_stopped_on": clock.stopped_since(),
    }


def recompute(claim: Claim, programme: Programme, today: date) -> None:
    """Write the deadlines of a locked claim as its stops and extensions make them now."""
    if (clock := clock_of(claim)) is not None:
        moving.keep(claim, **deadlines(clock, programme, today))
