"""The net age in business days (CRM-2.1.7-b): as a condition, of one inquiry, and as a group of a chart."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, DateTimeField, F, Field, Func, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Inquiry
from .moments import Moment

# Ages in business days: the least and the most of each bucket, without a gap.
AGES: Mapping[str, tuple[int, int | None]] = MappingProxyType(
    {"0-2": (0, 2), "3-5": (3, 5), "6-8": (6, 8), "9-10": (9, 10), "11-15": (11, 15), "16-": (16, None)}
)


def of_age(least: int, most: int | None, now: Moment) -> Q:
    """
    The inquiries with so many net business days: those that began while the clock ran, or had until it stopped.

    An inquiry whose clock was never read (imported rows) counts from its opening.
    """
    began, unread, stopped = Q(), Q(), Q(counted_days__gte=least)
    if least:
        before = now.days_ago(least)
        began, unread = Q(counted_from__lt=before), Q(opened_at__lt=before)
    if most is not None:
        since = now.days_ago(most + 1)
        began, unread = began & Q(counted_from__gte=since), unread & Q(opened_at__gte=since)
        stopped &= Q(counted_days__lte=most)
    running = Q(counted_days=None, counted_from__isnull=False)
    return stopped | (running & began) | (Q(counted_days=None, counted_from=None) & unread)


def age_of(inquiry: Inquiry, now: Moment) -> int:
    """The net age of one inquiry in business days; the same count as `of_age`."""
    if inquiry.counted_days is not None:
        return inquiry.counted_days
    since = inquiry.counted_from or inquiry.opened_at or now.at
    return now.authority.days_between(timezone.localdate(since), now.today)


def age_place(now: Moment) -> Case:
    """The place among `AGES` of the group an inquiry is in, the same as `of_age`; cheap enough for thousands."""
    bounds = [least for least, _most in AGES.values()][1:]
    since = [now.days_ago(least) for least in reversed(bounds)]
    running = place_among(Coalesce("counted_from", "opened_at"), since, DateTimeField())
    stopped = place_among(F("counted_days"), bounds, IntegerField())
    return Case(When(counted_days=None, then=len(bounds) - running), default=stopped)


def place_among(what: Combinable, bounds: Sequence[Any], kind: "Field[Any, Any]") -> Func:
    """How many of the ascending bounds are not above it."""
    return Func(what, Value(list(bounds), ArrayField(kind)), function="width_bucket", output_field=IntegerField())
