"""One-time codes sent to a phone or an e-mail address."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from .. import labels
from ..rules import one_time_codes as rules

SALT = "crm_portal.people.one_time_code"


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    def recent(self, at: datetime) -> Self:
        return self.filter(created_at__gt=at - rules.WINDOW)


class OneTimeCode(models.Model):
    """
    One code that somebody was sent, kept as a keyed hash.

    For an identity number that nobody registered there is a row too, but nothing was sent: so nobody can tell.
    """

    purpose = models.CharField(max_length=16, choices=labels.CODE_PURPOSE)
    subject = models.CharField(max_length=80)  # whom it identifies: an identity number
    address = models.CharField(max_length=254, blank=True)  # where it was sent; empty: nowhere
    origin = models.GenericIPAddressField(null=True, blank=True)  # who asked for it
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="one_time_code_is_tried_a_few_times", condition=models.Q(tries__lte=rules.TRIES)
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "created_at"], name="one_time_code_of_person"),
            models.Index(fields=["origin", "created_at"], name="one_time_code_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.created_at:%Y-%m-%d %H:%M}"

    def is_right(self, typed: str) -> bool:
        """Whether these are the digits that were sent."""
        return constant_time_compare(self.code_hash, self.hashed(self.subject, typed))

    @staticmethod
    def hashed(subject: str, digits: str) -> str:
        """The hash kept: without the server's key it says nothing about the six digits."""
        return salted_hmac(SALT, f"{subject}:{digits}", algorithm="sha256").hexdigest()
