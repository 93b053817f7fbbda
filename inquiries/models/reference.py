"""The reference tables of inquiries, kept by the CRM department (CRM-9-b)."""

from django.db import models

from .. import labels


class Channel(models.Model):
    """A way by which inquiries arrive; a new one is a row, not code (CRM-2.1.5-a)."""

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=80)
    is_imported_only = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class ClosingReason(models.Model):
    """Why an inquiry was closed without treatment, or by the system."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=160)
    is_system_only = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class FeedbackStatus(models.Model):
    """A status whose entry is told to the inquirer by e-mail and SMS (CRM-2.1.3-c)."""

    status = models.CharField(max_length=32, choices=labels.STATUS, primary_key=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "feedback statuses"

    def __str__(self) -> str:
        return self.get_status_display()
