"""What the API says of lists and dashboards; nothing here saves."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from .. import labels
from ..models import Inquiry
from ..selectors.ages import age_of
from ..selectors.filters import flags_of
from ..selectors.meters import meter_of
from ..selectors.moments import Moment


class CodeOutput(serializers.Serializer):
    """A code with the words people read for it."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ViewOutput(serializers.Serializer):
    """One of the user's views; `count` is exact up to 10,000, and one more when there are more."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class TripletOutput(serializers.Serializer):
    id = serializers.IntegerField()
    main_topic = serializers.CharField()
    sub_topic = serializers.CharField()
    detail = serializers.CharField()


class CustomerOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    number = serializers.CharField()


class NamedOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class SlaOutput(serializers.Serializer):
    state = serializers.ChoiceField(choices=["run", "soon", "over", "paused", "none"])
    due_at = serializers.DateTimeField(allow_null=True)


class RowOutput(serializers.Serializer):
    """One inquiry as a list shows it. `age` is in net business days."""

    number = serializers.CharField()
    status = serializers.ChoiceField(choices=labels.STATUS)
    status_label = serializers.CharField()
    triplet = TripletOutput()
    customer = CustomerOutput(allow_null=True)
    team = NamedOutput(allow_null=True)
    owner = NamedOutput(allow_null=True)
    opened_at = serializers.DateTimeField()
    age = serializers.IntegerField()
    sla = SlaOutput()
    unread = serializers.IntegerField()
    flags = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class PageOutput(serializers.Serializer):
    """A page of a view. `next` and `previous` are addresses, or null; `total` is bounded as in a view's `count`."""

    total = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = RowOutput(many=True)


class SegmentOutput(serializers.Serializer):
    series = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    url = serializers.CharField(allow_null=True)


class ChartOutput(serializers.Serializer):
    """A chart; each segment counts what its `url` shows. `url` is null for whoever may count but not open."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    period = serializers.CharField()
    unit = serializers.IntegerField(allow_null=True)
    total = serializers.IntegerField()
    url = serializers.CharField(allow_null=True)
    segments = SegmentOutput(many=True)


class FigureOutput(serializers.Serializer):
    key = serializers.CharField()
    value = serializers.IntegerField()
    of = serializers.IntegerField(allow_null=True)
    change = serializers.IntegerField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class DashboardOutput(serializers.Serializer):
    """The dashboard of one role: its figures, and the keys of its widgets and charts."""

    role = serializers.CharField()
    roles = CodeOutput(many=True)
    figures = FigureOutput(many=True)
    widgets = ViewOutput(many=True)
    charts = CodeOutput(many=True)


class WidgetOutput(serializers.Serializer):
    """The first rows of a view, sorted; the full view is at `url`."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    sort = serializers.CharField()
    url = serializers.CharField()
    results = RowOutput(many=True)


class InquiryOutput(RowOutput):
    """The general tab of an inquiry."""

    channel = CodeOutput()
    inquirer = serializers.CharField()
    is_own_name = serializers.BooleanField()
    verification_method = serializers.CharField()
    verified_at = serializers.DateTimeField(allow_null=True)
    customer_triplet = TripletOutput(allow_null=True)
    triplet_validation = serializers.CharField()
    tax_year = serializers.IntegerField(allow_null=True)
    section = serializers.CharField(allow_blank=True)
    assessment_number = serializers.CharField(allow_blank=True)
    tax_type = serializers.CharField(allow_blank=True)
    area = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    proposed_solution = serializers.CharField(allow_blank=True)
    closing_reason = CodeOutput(allow_null=True)
    unit = NamedOutput(allow_null=True)
    opening_unit = NamedOutput(allow_null=True)
    status_since = serializers.DateTimeField()
    waiting_since = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


_STATUS = dict(labels.STATUS)


def row(inquiry: Inquiry, now: Moment) -> dict[str, Any]:
    """One row; its customer, triplet with tax system, team, owner and routing decision must be loaded."""
    customer = inquiry.customer
    return {
        "number": inquiry.number,
        "status": inquiry.status,
        "status_label": str(_STATUS[inquiry.status]),
        "triplet": inquiry.triplet,
        "customer": customer and {"id": customer.pk, "name": str(customer), "number": customer.shown_number},
        "team": named(inquiry.handling_team),
        "owner": named(inquiry.owner),
        "opened_at": inquiry.opened_at,
        "age": age_of(inquiry, now),
        "sla": {"state": meter_of(inquiry, now).state.value, "due_at": inquiry.sla_due_at},
        "unread": inquiry.unread_messages,
        "flags": flags_of(inquiry),
        "version": inquiry.version,
    }


def rows(inquiries: Sequence[Inquiry], now: Moment) -> list[dict[str, Any]]:
    return [row(inquiry, now) for inquiry in inquiries]


def general(inquiry: Inquiry, now: Moment) -> dict[str, Any]:
    """What the general tab shows (CRM-4.1-a)."""
    reason = inquiry.closing_reason
    plain = (
        "is_own_name", "verification_method", "verified_at", "customer_triplet", "triplet_validation", "tax_year",
        "section", "assessment_number", "tax_type", "area", "description", "proposed_solution", "status_since",
        "waiting_since", "closed_at",
    )  # fmt: skip
    return {
        **row(inquiry, now),
        **{name: getattr(inquiry, name) for name in plain},
        "channel": {"code": inquiry.channel_id, "label": inquiry.channel.name},
        "inquirer": inquiry.inquirer_name,
        "closing_reason": reason and {"code": reason.pk, "label": reason.name},
        "unit": named(inquiry.handling_unit),
        "opening_unit": named(inquiry.opening_unit),
        "closes_at": inquiry.auto_close_at,
    }


def named(one: Any) -> dict[str, Any] | None:
    return None if one is None else {"id": one.pk, "name": str(one)}
