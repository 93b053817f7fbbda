"""The reference tables of inquiries, kept by the CRM department (CRM-9-b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import labels


class Channel(models.Model):
    """A way by which inquiries arrive; a new one is a row, not code (CRM-2.1.5-a)."""

    code = models.CharField(_("Code"), max_length=32, primary_key=True)
    name = models.CharField(_("Name"), max_length=80)
    is_imported_only = models.BooleanField(_("Imported only"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("Channel"), _("Channels")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class ClosingReason(models.Model):
    """Why an inquiry was closed without treatment, or by the system."""

    code = models.CharField(_("Code"), max_length=40, primary_key=True)
    name = models.CharField(_("Name"), max_length=160)
    is_system_only = models.BooleanField(_("By the system only"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("Closing reason"), _("Closing reasons")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class FeedbackStatus(models.Model):
    """A status whose entry is told to the inquirer by e-mail and SMS (CRM-2.1.3-c)."""

    status = models.CharField(_("Status"), max_length=32, choices=labels.STATUS, primary_key=True)
    is_on = models.BooleanField(_("Notice is sent"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Feedback status"), _("Feedback statuses")

    def __str__(self) -> str:
        return self.get_status_display()


class ForbiddenPhrase(models.Model):
    """Words that no customer may be sent, with what to do instead (CRM-6.4-b)."""

    text = models.CharField(_("Phrase"), max_length=160, unique=True)
    advice = models.CharField(_("What to do instead"), max_length=200, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Forbidden phrase"), _("Forbidden phrases")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text
