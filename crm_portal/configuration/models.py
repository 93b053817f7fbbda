"""What the CRM department set otherwise than the deployment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredOption(models.Model):
    """The value of one option of `rules.options`; without a row the default of `settings` holds."""

    name = models.CharField(_("Name"), max_length=60, primary_key=True)
    value = models.JSONField(_("Value"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Changed by")
    )
    changed_at = models.DateTimeField(_("Changed at"))

    class Meta:
        verbose_name, verbose_name_plural = _("Setting"), _("Settings")

    def __str__(self) -> str:
        return self.name
