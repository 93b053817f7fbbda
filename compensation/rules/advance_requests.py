"""The request for an advance before a claim (clause 7.3): who may ask for it, and until when."""

from datetime import date
from enum import StrEnum

from .assessment import Finding
from .codes import Annex, Eligibility
from .eligibility import advance
from .programme import Programme
from .reasons import Reason
from .towns import Town


class Served(StrEnum):
    """Why a town is served by the advance (CMP-7.3.2-a)."""

    EVACUATED = "EVACUATED"  # by government decisions, whether or not annex E has it
    RESTRICTED = "RESTRICTED"  # by restrictions that amount to a halt of activity


def served_as(town: Town) -> Served | None:
    """Which of the two brought a town in: annex D names the evacuated ones, annex E those and the restricted ones."""
    if Annex.EVACUATED in town.annexes:
        return Served.EVACUATED
    return Served.RESTRICTED if Annex.ADVANCE in town.annexes else None


def findings(
    town: Town,
    requested_on: date,
    programme: Programme,
    *,
    opens_on: date | None = None,
    last_day: date | None = None,
) -> tuple[Finding, ...]:
    """
    What stands against a request: the town's list (CMP-7.3.4-a) and the campaign's days (CMP-7.3.8-a).

    Without days of its own the campaign is the first one, for October 2023. A town that was evacuated and is not in
    annex E is examined by hand; no refusal here bars a claim (CMP-7.3.10-a).
    """
    found = []
    match advance(town):
        case Eligibility.NOT_ELIGIBLE:
            found.append(Finding(Reason.ADV_NOT_ANNEX_E, "CMP-7.3.4-a", "town"))
        case Eligibility.MANUAL_REVIEW:
            found.append(Finding(Reason.ADV_D_NOT_E, "CMP-7.3.4-a", "town", is_final=False))
    until = last_day or programme.pre_claim_advance_until
    if requested_on > until or (opens_on is not None and requested_on < opens_on):
        found.append(Finding(Reason.ADV_WINDOW_CLOSED, "CMP-7.3.8-a", "requested_on"))
    return tuple(found)
