"""The inquiry: one request by a customer or representative, from its arrival to the last answer."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm_portal.people.labels import VERIFICATION_METHOD
from crm_portal.people.models import Customer, Representative
from crm_portal.people.models.parts import Parts
from crm_portal.people.rules.roles import VerificationMethod
from routing.models import BusinessUnit, RoutingDecision, Team, Triplet

from .. import labels
from ..rules.codes import ACTIVE, CLOSED, Status, TripletValidation
from .reference import Channel, ClosingReason

INQUIRY_TEXTS = ("number", "assessment_number", "contact_name", "legacy_id_number", "legacy_number")  # searched by
_CLOSED = sorted(status.value for status in CLOSED)
_ACTIVE = sorted(status.value for status in ACTIVE)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def submitted(self) -> "InquiryQuerySet":
        """All but drafts."""
        return self.exclude(status=Status.OPEN.value)

    def active(self) -> "InquiryQuerySet":
        return self.filter(status__in=_ACTIVE)

    def closed(self) -> "InquiryQuerySet":
        return self.filter(status__in=_CLOSED)

    def auto_close_due(self, at: datetime) -> "InquiryQuerySet":
        """Waited for long enough, and no file of the customer's side is still being checked (CRM-5.2.11-b)."""
        from .correspondence import Attachment

        pending = Attachment.objects.filter(inquiry=OuterRef("pk"), direction="inbound", file__state="pending")
        return self.filter(~Exists(pending), auto_close_at__lte=at)


class Inquiry(models.Model):
    """One request; the aggregate that is locked before anything about it is decided."""

    number = models.CharField(max_length=20, unique=True, null=True, blank=True)  # "2026-000123"; a draft has none
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    opening_unit = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # of the employee who opened it by hand; kept for ever (CRM-6.8-a)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_own_name = models.BooleanField(default=False)  # a representative in his own name
    contact_name = models.CharField(max_length=120, blank=True)  # an inquirer without identification (CRM-2.2.1-b)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    verification_method = models.CharField(
        max_length=24, choices=VERIFICATION_METHOD, default=VerificationMethod.NONE.value
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    representation = models.JSONField(null=True, blank=True)  # snapshot at opening (CRM-2.2.1-e)
    representation_seen_at = models.DateTimeField(null=True, blank=True)  # CRM-6.4-d: confirmed before an answer
    concerns_client = models.BooleanField(null=True)  # what a representative declared in his own name (CRM-6.6-b)
    contact_language = models.CharField(max_length=2, blank=True)  # of the notices to a contact without an account
    submission_key = models.CharField(max_length=64, blank=True)  # a double click opens once
    legacy_number = models.CharField(max_length=40, blank=True)  # in the system it was imported from (CRM-1-b)
    legacy_id_number = models.CharField(max_length=20, blank=True)  # as written there, without its leading 0

    triplet = models.ForeignKey(Triplet, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    customer_triplet = models.ForeignKey(
        Triplet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # as the inquirer chose it
    triplet_validation = models.CharField(
        max_length=12, choices=labels.TRIPLET_VALIDATION, default=TripletValidation.NOT_CHECKED.value
    )
    tax_year = models.PositiveSmallIntegerField(null=True, blank=True)
    section = models.CharField(max_length=16, blank=True)
    description = models.TextField(blank=True)
    assessment_number = models.CharField(max_length=20, blank=True)
    tax_type = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=40, blank=True)

    status = models.CharField(max_length=32, choices=labels.STATUS, default=Status.OPEN.value)
    status_since = models.DateTimeField()
    handling_unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handling_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries_held"
    )  # the employee it is assigned to; empty: the handling team
    owner_since = models.DateTimeField(null=True, blank=True)
    proposed_solution = models.TextField(blank=True)  # the latest, internal; never shown to the customer
    proposed_solution_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_solution_at = models.DateTimeField(null=True, blank=True)  # a hand-over needs one of its owner (3.4-d)
    closing_reason = models.ForeignKey(ClosingReason, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    routing_decision = models.OneToOneField(
        RoutingDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiry"
    )

    recommended_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # what routing recommends under the present triplet (CRM-5.2.5-a, CRM-6.4-c)

    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    auto_close_at = models.DateTimeField(null=True, blank=True)  # set while we wait for the customer
    sla_due_at = models.DateTimeField(null=True, blank=True)  # when the target runs out if the clock runs on
    counted_from = models.DateTimeField(null=True, blank=True)  # opening, moved by the time that does not count
    counted_days = models.PositiveSmallIntegerField(null=True, blank=True)  # net age while the clock stands still
    updated_at = models.DateTimeField()

    answer_count = models.PositiveIntegerField(default=0)  # employee answers: replies and messages
    open_messages = models.PositiveSmallIntegerField(default=0)  # customer messages since the last answer
    customer_messages = models.PositiveIntegerField(default=0)  # all that count of the customer's
    has_many_messages = models.BooleanField(default=False)  # raised at the threshold, kept until closing (CRM-6.7-a)
    closed_with_wrong_triplet = models.BooleanField(default=False)  # untreated, the verdict "incorrect" (CRM-6.1-a)
    unread_messages = models.PositiveSmallIntegerField(default=0)  # customer messages no handling user has read
    version = models.PositiveIntegerField(default=1)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.CheckConstraint(  # CRM-5.2.2-a
                name="inquiry_in_treatment_has_an_owner",
                condition=~Q(status="in_treatment") | Q(owner__isnull=False),
            ),
            models.CheckConstraint(  # CRM-6.2-a
                name="inquiry_owner_has_a_handling_team",
                condition=Q(owner__isnull=True) | Q(handling_team__isnull=False),
            ),
            models.CheckConstraint(
                name="inquiry_is_numbered_and_opened_unless_a_draft",
                condition=Q(status="open", number__isnull=True, opened_at__isnull=True)
                | (~Q(status="open") & Q(number__isnull=False, opened_at__isnull=False, triplet__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["opened_by", "submission_key"],
                name="inquiry_is_submitted_once",
                condition=~Q(submission_key=""),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["channel", "legacy_number"], name="inquiry_is_imported_once", condition=~Q(legacy_number="")
            ),
            models.CheckConstraint(
                name="inquiry_with_a_team_in_queue_statuses",
                condition=~Q(status__in=["open_team", "forwarded"])
                | Q(owner__isnull=True, handling_team__isnull=False, handling_unit__isnull=False),
            ),
            models.CheckConstraint(
                name="inquiry_is_closed_exactly_when_it_has_a_closing_time",
                condition=Q(status__in=_CLOSED, closed_at__isnull=False)
                | (~Q(status__in=_CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="inquiry_waits_exactly_while_it_has_a_waiting_time",
                condition=Q(status="waiting_customer", waiting_since__isnull=False, auto_close_at__isnull=False)
                | (~Q(status="waiting_customer") & Q(waiting_since__isnull=True, auto_close_at__isnull=True)),
            ),
            models.CheckConstraint(  # CRM-5.2.8-a
                name="inquiry_has_a_closing_reason_only_where_one_belongs",
                condition=Q(status__in=["closed_no_treatment", "closed_by_system"], closing_reason__isnull=False)
                | (~Q(status__in=["closed_no_treatment", "closed_by_system"]) & Q(closing_reason__isnull=True)),
            ),
        ]
        indexes = [
            # Each list in its default order, ties by number (CRM-3.2-b)
            models.Index(fields=["handling_team", "status", "opened_at", "number"], name="inquiry_queue_of_team"),
            models.Index(fields=["handling_unit", "opened_at", "number"], name="inquiry_stock_of_unit"),
            models.Index(
                fields=["owner", "opened_at", "number"], name="inquiry_stock_of_owner", condition=Q(owner__isnull=False)
            ),
            # With what charts and totals count, so that they are read from the index alone
            models.Index(
                fields=["opened_at", "number"],
                include=["id", "status", "triplet", "channel", "handling_unit", "closed_at"],
                name="inquiry_in_order",
            ),
            models.Index(
                fields=["closed_at"],
                include=["id", "status", "handling_unit"],
                name="inquiry_by_closing",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["handling_unit", "status"],
                include=["id", "owner", "triplet", "opened_at", "counted_from", "counted_days", "sla_due_at"],
                name="inquiry_active_stock",
                condition=Q(status__in=_ACTIVE),
            ),
            models.Index(
                fields=["handling_unit", "waiting_since", "number"],
                name="inquiry_waiting_in_unit",
                condition=Q(status="waiting_customer"),
            ),
            models.Index(fields=["handling_unit", "closed_at"], name="inquiry_closed_in_unit"),
            models.Index(fields=["customer", "-opened_at"], name="inquiry_of_customer"),
            models.Index(fields=["representative", "-opened_at"], name="inquiry_of_representative"),
            models.Index(
                fields=["auto_close_at"], name="inquiry_auto_close_due", condition=Q(auto_close_at__isnull=False)
            ),
            models.Index(fields=["sla_due_at"], name="inquiry_sla_due", condition=Q(sla_due_at__isnull=False)),
            models.Index(
                fields=["handling_unit", "opened_at", "id"],
                name="inquiry_many_messages",
                condition=Q(has_many_messages=True),
            ),
            models.Index(fields=["number"], name="inquiry_number_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["assessment_number"],
                name="inquiry_assessment_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(assessment_number=""),
            ),
            models.Index(
                fields=["contact_name"],
                name="inquiry_contact_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(contact_name=""),
            ),
            models.Index(
                fields=["legacy_number"],
                name="inquiry_legacy_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(legacy_number=""),
            ),
            models.Index(
                fields=["legacy_id_number"],
                name="inquiry_legacy_id_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(legacy_id_number=""),
            ),
            GinIndex(Parts(*INQUIRY_TEXTS), name="inquiry_parts"),
        ]

    def __str__(self) -> str:
        return self.number or f"draft {self.pk}"

    @property
    def is_closed(self) -> bool:
        return Status(self.status) in CLOSED

    @property
    def is_active(self) -> bool:
        return Status(self.status) in ACTIVE

    @property
    def is_phone(self) -> bool:
        return self.channel_id == "phone"

    @property
    def inquirer_name(self) -> str:
        """Who wrote: the representative when one opened it, else the customer or the contact given."""
        return str(self.representative or self.customer or self.contact_name)
