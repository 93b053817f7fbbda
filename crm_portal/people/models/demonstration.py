"""Accounts that a demonstration shows on its sign-in page."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class DemonstrationAccount(models.Model):
    """An invented account whose means of entry everybody may read. There are none outside a demonstration."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="demonstration")
    password = models.CharField(max_length=64, blank=True)  # in clear; employees only
    about = models.CharField(max_length=120, blank=True)  # what to try with it, in Hebrew
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.user.username
