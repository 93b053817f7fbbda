"""How near an open inquiry is to its target, for the meter in lists and the filter by it (CRM-2.1.7-f)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from routing.models import Triplet

from ..models import Inquiry
from ..rules.codes import ACTIVE, CLOSED, Status
from .clocks import target_of
from .moments import Moment

DAY = timedelta(days=1)  # of business time: whole days unless working hours are set


class Sla(StrEnum):
    RUN = "run"
    SOON = "soon"
    OVER = "over"
    PAUSED = "paused"
    NONE = "none"  # closed, or no target


@dataclass(frozen=True, slots=True)
class Meter:
    """Where one inquiry stands against its target."""

    state: Sla
    percent: int = 0  # of the target that is used up, 0 to 100
    left: timedelta = timedelta(0)  # business time to the target; beyond it when over

    @property
    def days(self) -> int:
        """Whole business days left or over, a begun day over counted as one."""
        days = self.left // DAY
        return days + 1 if self.state == Sla.OVER and self.left % DAY else days

    @property
    def hours(self) -> int:
        return self.left // timedelta(hours=1)


def meters_of(inquiries: Iterable[Inquiry], now: Moment) -> dict[int, Meter]:
    """One meter for each inquiry by its id; their triplets and tax systems must be loaded."""
    return {inquiry.pk: meter_of(inquiry, now) for inquiry in inquiries}


def meter_of(inquiry: Inquiry, now: Moment) -> Meter:
    """Where this inquiry stands now."""
    target = None if inquiry.triplet is None else target_of(inquiry.triplet)
    status = Status(inquiry.status)
    if target is None or status in CLOSED or status == Status.OPEN:
        return Meter(Sla.NONE)
    due = inquiry.sla_due_at
    if due is None or status == Status.WAITING_CUSTOMER:
        return Meter(Sla.PAUSED, 50)
    if due <= now.at:
        return Meter(Sla.OVER, 100, now.authority.elapsed(due, now.at))
    left = now.authority.elapsed(now.at, due)
    used = min(100, max(0, round(100 * (1 - left / target))))
    return Meter(Sla.SOON if left <= _near(target) else Sla.RUN, used, left)


def _near(target: timedelta) -> timedelta:
    return target * (100 - configured(options.SLA_NEAR_PERCENT)) / 100


def in_state(state: str, now: Moment) -> Q:
    """The inquiries whose meter is in this state; the same bounds as `meter_of`, as a condition."""
    closed = ~Q(status__in=[status.value for status in ACTIVE])
    without = Triplet.objects.filter(sla_target_hours=None, tax_system__sla_target_hours=None)
    no_target = Q(triplet__in=without.values("pk"))  # asked once, where a join would ask for each inquiry
    if state == Sla.NONE:
        return closed | no_target
    paused = Q(status=Status.WAITING_CUSTOMER.value) | Q(sla_due_at=None)
    if state == Sla.PAUSED:
        return ~closed & ~no_target & paused
    running = ~closed & ~no_target & ~paused
    if state == Sla.OVER:
        return running & Q(sla_due_at__lte=now.at)
    soon = _soon(now)
    return running & Q(sla_due_at__gt=now.at) & (soon if state == Sla.SOON else ~soon)


def _soon(now: Moment) -> Q:
    """Due so soon that most of the target is used up: one bound for each target in use."""
    condition = Q(pk__in=[])
    targets = Triplet.objects.values_list(Coalesce(F("sla_target_hours"), F("tax_system__sla_target_hours")), "pk")
    by_hours: dict[int, list[int]] = {}
    for hours, triplet in targets:
        if hours is not None:
            by_hours.setdefault(hours, []).append(triplet)
    for hours, triplets in by_hours.items():
        bound = now.authority.add_time(now.at, _near(timedelta(hours=hours)))
        condition |= Q(triplet__in=triplets, sla_due_at__lte=bound)
    return condition
