"""Inquiries put straight into the database at any status, for lists and searches; services make the others."""

from datetime import datetime, timedelta

import factory
from django.utils import timezone

from inquiries.models import Channel, ClosingReason, Inquiry
from inquiries.rules.codes import CLOSED, Status
from tests.factories.people import CustomerFactory
from tests.factories.routing import TripletFactory


class ChannelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Channel
        django_get_or_create = ("code",)

    code = "internet"
    name = "פניות אינטרנט"


class StockFactory(factory.django.DjangoModelFactory):
    """An inquiry with a team; give `team`, and what else the status needs follows."""

    class Meta:
        model = Inquiry
        exclude = ("team",)

    team = None
    number = factory.Sequence(lambda n: f"2026-{n:06d}")
    channel = factory.SubFactory(ChannelFactory)
    customer = factory.SubFactory(CustomerFactory)
    triplet = factory.SubFactory(TripletFactory)
    customer_triplet = factory.SelfAttribute("triplet")
    status = Status.OPEN_TEAM.value
    handling_team = factory.SelfAttribute("team")
    handling_unit = factory.LazyAttribute(lambda row: row.team.unit if row.team else None)
    description = "איפה ההחזר שלי?"
    opened_at = factory.LazyFunction(timezone.now)
    created_at = factory.SelfAttribute("opened_at")
    updated_at = factory.SelfAttribute("opened_at")
    status_since = factory.SelfAttribute("opened_at")
    owner_since = factory.LazyAttribute(lambda row: row.opened_at if getattr(row, "owner", None) else None)

    @factory.lazy_attribute
    def closed_at(self) -> datetime | None:
        return self.opened_at + timedelta(hours=1) if Status(self.status) in CLOSED else None

    @factory.lazy_attribute
    def waiting_since(self) -> datetime | None:
        return self.opened_at if self.status == Status.WAITING_CUSTOMER.value else None

    @factory.lazy_attribute
    def auto_close_at(self) -> datetime | None:
        return self.waiting_since + timedelta(days=90) if self.waiting_since else None

    @factory.lazy_attribute
    def closing_reason(self) -> ClosingReason | None:
        if self.status not in (Status.CLOSED_NO_TREATMENT.value, Status.CLOSED_BY_SYSTEM.value):
            return None
        reason, _made = ClosingReason.objects.get_or_create(code="reason", defaults={"name": "סיבה"})
        return reason
