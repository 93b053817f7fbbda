"""The outbox: what is to be sent, written in the transaction of what it tells of."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..rules.states import DeliveryState


class NotificationQuerySet(models.QuerySet["Notification"]):
    def due(self, at: datetime) -> "NotificationQuerySet":
        """What is to be sent at an instant: one-time codes first, then the longest waiting."""
        return self.filter(state=DeliveryState.QUEUED.value, next_attempt_at__lte=at).order_by(
            "-is_secret", "next_attempt_at"
        )


class Notification(models.Model):
    """One e-mail or SMS, from the moment it was decided on to the moment it left or was given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # also the provider's key
    channel = models.CharField(_("Channel"), max_length=8, choices=labels.MESSAGE_CHANNEL)
    kind = models.CharField(_("Kind"), max_length=64)  # which text: "inquiry_received", "sign_in_code", ...
    address = models.CharField(_("Address"), max_length=254)
    recipient = models.CharField(max_length=64, blank=True, default="")  # `messaging.recipients`; empty: the address
    subject = models.CharField(_("Subject"), max_length=200, blank=True)
    body = models.TextField(_("Text"))
    about = models.CharField(_("About"), max_length=64, blank=True)  # e.g. the inquiry's number
    is_secret = models.BooleanField(default=False)  # a one-time code: blanked when it was sent, but in a demonstration
    state = models.CharField(
        _("State"), max_length=8, choices=labels.DELIVERY_STATE, default=DeliveryState.QUEUED.value
    )
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("Next attempt at"), null=True)
    last_error = models.CharField(_("Last error"), max_length=300, blank=True)
    dedupe_key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(_("Created at"))
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("Delivered at"), null=True, blank=True)  # as the provider reported
    bounced_at = models.DateTimeField(_("Came back at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("Outgoing message"), _("Outgoing messages")
        constraints = [
            models.CheckConstraint(
                name="notification_is_due_exactly_while_queued",
                condition=Q(state="queued", next_attempt_at__isnull=False)
                | (~Q(state="queued") & Q(next_attempt_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notification_has_a_sending_time_exactly_when_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notification_is_reported_only_when_sent",
                condition=Q(state="sent") | Q(delivered_at__isnull=True, bounced_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notification_due", condition=Q(state="queued")),
            models.Index(fields=["-created_at", "-id"], name="notification_newest"),
            models.Index(fields=["-created_at", "-id"], name="notification_dead_letters", condition=Q(state="failed")),
            models.Index(fields=["about"], name="notification_about"),
            models.Index(fields=["address"], name="notification_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.channel})"

    @property
    def kind_label(self) -> str:
        """The kind in words; a kind of which nobody said the words as it is."""
        return str(dict(labels.KIND).get(self.kind, self.kind))
