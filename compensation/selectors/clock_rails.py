"""The statutory clocks of a claim as rails: how much has run, where it stood still, when it ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models import Claim
from ..rules.clocks import Stop, union


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a rail, in percent of it."""

    start: float
    size: float
    stands_still: bool


@dataclass(frozen=True, slots=True)
class Rail:
    """One clock: its key (for the words), its last day, the days counted, and what is drawn."""

    key: str
    clause: str
    due_on: date
    days: int
    of: int
    shares: list[Share]

    @property
    def is_over(self) -> bool:
        return self.days > self.of


CLOCKS = (
    ("advance_60", "8.4.3", "advance_60_due_on"),
    ("advance_10", "8.4.4", "advance_10_due_on"),
    ("decision", "8.4.1", "decision_due_on"),
)


def rails(claim: Claim, today: date) -> list[Rail]:
    """The clocks of a filed claim, in the order in which they run out."""
    if claim.filed_on is None:
        return []
    stops = union(Stop(stop.from_on, stop.until_on) for stop in claim.stops.all())
    until = min(today, claim.decided_at.date()) if claim.decided_at is not None else today
    found = []
    for key, clause, column in CLOCKS:
        due = getattr(claim, column)
        if due is not None:
            found.append(_rail(key, clause, claim.filed_on, due, until, stops))
    return found


def _rail(key: str, clause: str, filed_on: date, due_on: date, today: date, stops: tuple[Stop, ...]) -> Rail:
    length = max((due_on - filed_on).days, 1)
    end = min(today, due_on)
    stood = [(max(stop.from_on, filed_on), min(stop.until_on or end, end)) for stop in stops]
    still = sum(((until - since).days for since, until in stood if until > since), 0)
    shares = [Share(0, _percent((end - filed_on).days, length), stands_still=False)] if end > filed_on else []
    shares += [
        Share(_percent((since - filed_on).days, length), _percent((until - since).days, length), stands_still=True)
        for since, until in stood
        if until > since
    ]
    counted = max((today - filed_on).days - still, 0)
    whole = length - sum((until - since for since, until in stood if until > since), timedelta()).days
    return Rail(key, clause, due_on, counted, whole, shares)


def _percent(days: int, length: int) -> float:
    return round(100 * days / length, 2)
