"""What is done on an inquiry beside the correspondence: e-mails, text messages, phone calls (5.1.4)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm_portal.messaging.models import Notification

from .. import labels
from .correspondence import Attachment
from .inquiry import Inquiry


class Activity(models.Model):
    """One e-mail, SMS or phone call; no answer, and kept for good (CRM-5.1.4-b, CRM-4.6-a)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("Kind"), max_length=12, choices=labels.ACTIVITY_KIND)
    direction = models.CharField(
        max_length=8, choices=labels.ATTACHMENT_DIRECTION, default="outbound"
    )  # a call may come from the customer
    subject = models.CharField(_("Subject"), max_length=200, blank=True)
    text = models.TextField(_("Text"))  # of a call: its summary
    files = models.ManyToManyField(Attachment, related_name="+", blank=True)  # of an e-mail: clean and shown ones
    notification = models.OneToOneField(
        Notification, on_delete=models.PROTECT, null=True, related_name="+"
    )  # tells the address and the state; a call has none
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()  # when it was written; of a call: when it took place

    class Meta:
        verbose_name, verbose_name_plural = _("Activity"), _("Activities")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["inquiry", "at", "id"], name="activity_of_inquiry")]
        triggers = [
            pgtrigger.ReadOnly(
                name="written_once", fields=["inquiry", "kind", "direction", "subject", "text", "by", "by_name", "at"]
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.kind}"
