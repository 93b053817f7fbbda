"""The audit: every change, every read of personal data, every refusal (CRM-2-b)."""

from django.conf import settings
from django.db import models

from .. import labels


class AuditEvent(models.Model):
    """One thing that somebody did, read, or was refused. Triggers refuse to change or delete a row (0002)."""

    at = models.DateTimeField()
    action = models.CharField(max_length=80)  # "inquiry.wait_for_customer", "attachment.open", ...
    outcome = models.CharField(max_length=8, choices=labels.OUTCOME)
    code = models.CharField(max_length=40, blank=True)  # of the refusal
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: the system
    actor_name = models.CharField(max_length=200)  # as it was then; an employee of a representative names both
    actor_roles = models.CharField(max_length=200, blank=True)
    target_type = models.CharField(max_length=40, blank=True)  # "inquiry", "customer", ...
    target_id = models.CharField(max_length=64, blank=True)
    target_label = models.CharField(max_length=200, blank=True)  # e.g. the inquiry's number
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    origin = models.GenericIPAddressField(null=True, blank=True)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="audit_of_object"),
            models.Index(fields=["actor", "id"], name="audit_of_actor"),
            models.Index(fields=["at"], name="audit_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.target_label}"
