"""The most that a track may give (CMP-4.5-a, CMP-5.3-a, CMP-6.1-b)."""

from decimal import Decimal

from .codes import Track
from .programme import Programme


def bounded(amount: Decimal, track: Track, programme: Programme) -> Decimal:
    """A claimed amount within its track's cap, as when it is accepted by lapse of time (CMP-8.4.1-c)."""
    caps = {
        Track.TURNOVER: programme.turnover_cap,
        Track.AGRICULTURE: programme.agriculture_cap,
        Track.EXECUTION_CONTRACTOR: programme.contractor_cap,
    }
    return min(amount, caps.get(track, amount))
