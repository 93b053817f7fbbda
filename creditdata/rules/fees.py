"""What a subject may be charged for his own report and for a review (regulations 51(d), 55)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_portal.errors import Refusal
from crm_portal.worktime.rules.periods import add_months

from .reasons import Reason

OWN_REPORT_FREE_EVERY = 12  # months, from the receipt of the last free request (CRD-51-e)
REVIEW_FREE_EVERY = 6  # months, from the previous review (CRD-55-a)


@dataclass(frozen=True, slots=True)
class Charge:
    """Whether a request costs anything, and how much at most; a clerk may lower the sum and never raise it."""

    is_within_period: bool  # another one is asked for before the free one's time is over
    free_from: date | None  # the first day on which the next one is free
    cap: Decimal  # 0 when it is free, or when there is no tariff to compare with


def charge(last_free: date | None, requested: date, months: int, tariffs: Sequence[Decimal]) -> Charge:
    """
    The charge for a request received on a day.

    `tariffs` are the prices in force that day of a report to another requester; the lowest is the cap, and without
    one nothing may be charged.
    """
    free_from = None if last_free is None else add_months(last_free, months)
    is_within = free_from is not None and requested < free_from
    return Charge(is_within, free_from, cap_of(tariffs) if is_within else Decimal(0))


def cap_of(tariffs: Sequence[Decimal]) -> Decimal:
    """The most that a further request may cost: the lowest price of a report to another; 0 when there is none."""
    return min(tariffs, default=Decimal(0))


def cap_refusals(asked: Decimal, cap: Decimal, clause: str) -> Iterator[Refusal]:
    """Why this sum may not be asked."""
    if asked > cap:
        yield Refusal(Reason.FEE_ABOVE_CAP, ("asked",), {"cap": cap}, clause)
