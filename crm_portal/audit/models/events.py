"""The audit: every change, every read of personal data, every refusal (CRM-2-b)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import labels


class AuditEvent(models.Model):
    """One thing that somebody did, read, or was refused. Triggers refuse to change or delete a row (0002)."""

    at = models.DateTimeField(_("Time"))
    action = models.CharField(_("Action"), max_length=80)  # "inquiry.wait_for_customer", "attachment.open", ...
    outcome = models.CharField(_("Outcome"), max_length=8, choices=labels.OUTCOME)
    code = models.CharField(_("Code"), max_length=40, blank=True)  # of the refusal
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Account"),
    )  # empty: the system
    actor_name = models.CharField(
        _("Who"), max_length=200
    )  # as it was then; an employee of a representative names both
    actor_roles = models.CharField(_("Roles"), max_length=200, blank=True)
    target_type = models.CharField(_("Kind of object"), max_length=40, blank=True)  # "inquiry", "customer", ...
    target_id = models.CharField(_("Object id"), max_length=64, blank=True)
    target_label = models.CharField(_("Object"), max_length=200, blank=True)  # e.g. the inquiry's number
    before = models.JSONField(_("Before"), null=True, blank=True)
    after = models.JSONField(_("After"), null=True, blank=True)
    origin = models.GenericIPAddressField(_("From where"), null=True, blank=True)
    request_id = models.CharField(_("Request id"), max_length=36, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Audit event"), _("Audit events")
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="audit_of_object"),
            models.Index(fields=["actor", "id"], name="audit_of_actor"),
            models.Index(fields=["at"], name="audit_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.target_label}"
