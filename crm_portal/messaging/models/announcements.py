"""Announcements of improvements and changes to all users (CRM-8-c)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Announcement(models.Model):
    """One announcement; shown at the next entry until it was read."""

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    version = models.CharField(_("Version"), max_length=20, blank=True)
    published_at = models.DateTimeField(_("Published at"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("Announcement"), _("Announcements")
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.title


class AnnouncementRead(models.Model):
    """The receipt: who read an announcement, and when."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="reads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "user"], name="announcement_is_read_once")]

    def __str__(self) -> str:
        return f"{self.announcement_id}: {self.user_id}"
