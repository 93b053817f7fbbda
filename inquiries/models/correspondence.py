"""Messages and files on an inquiry."""

import pgtrigger
from django.conf import settings
from django.db import models

from crm_portal.files.models import StoredFile

from .. import labels
from .inquiry import Inquiry


class Message(models.Model):
    """One message of either side. Its text never changes; no route deletes it (CRM-4.2-b, CRM-2-d)."""

    KEY_LENGTH = 64

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=8, choices=labels.SIDE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    text = models.TextField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)  # a customer's message: first read by a handling user
    is_held = models.BooleanField(default=False)  # on a closed inquiry: re-activates when all its files are clean
    is_rejected = models.BooleanField(default=False)  # one of its files failed; not counted (CRM-4.2-e)
    idempotency_key = models.CharField(max_length=KEY_LENGTH, blank=True)  # a double click sends once
    template_version = models.ForeignKey(
        "inquiries.TemplateVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # the partial index below serves it
        related_name="messages",
    )  # the response template this reply began from (CRM-2.2.5-c)

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [
            models.Index(fields=["inquiry", "sent_at", "id"], name="message_of_inquiry"),
            models.Index(
                fields=["template_version"],
                name="message_of_template",
                condition=models.Q(template_version__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "idempotency_key"],
                name="message_is_sent_once",
                condition=~models.Q(idempotency_key=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="written_once",
                fields=["inquiry", "side", "author", "author_name", "text", "sent_at", "idempotency_key"],
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.side} {self.sent_at:%Y-%m-%d %H:%M}"


class ReadMark(models.Model):
    """Up to when an employee has read an inquiry's correspondence; an owner closes only what he read (5.2.7-b)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")  # the last one read

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "user"], name="read_mark_once_a_user")]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.user_id} {self.message_id}"


class Attachment(models.Model):
    """A file of either side on an inquiry; kept for good (CRM-2-d)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="attachment")
    direction = models.CharField(max_length=8, choices=labels.ATTACHMENT_DIRECTION)
    show_on_internet = models.BooleanField(default=True)
    notes = models.TextField(blank=True)  # the employees', internal (CRM-4.5-b)
    notes_by_name = models.CharField(max_length=200, blank=True)
    notes_at = models.DateTimeField(null=True, blank=True)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    attached_by_name = models.CharField(max_length=200)
    attached_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)  # an inbound file: first opened by a handling user
    version = models.PositiveIntegerField(default=1)  # of the note and of who sees it; an older page is refused

    class Meta:
        ordering = ["attached_at", "id"]
        indexes = [models.Index(fields=["inquiry", "attached_at", "id"], name="attachment_of_inquiry")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.file_id}"
