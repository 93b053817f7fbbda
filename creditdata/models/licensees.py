"""Licensees, their licences, and who acts for whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .. import labels
from ..rules.codes import LicenceStatus
from ..rules.members import OF_LICENSEE, OF_REGISTRAR, OF_SOURCE

_LIVE = [LicenceStatus.APPLIED.value, LicenceStatus.GRANTED.value, LicenceStatus.SUSPENDED.value]
_DETAILS = ("name", "corporation_number", "registered_office", "enquiries_address", "telephone", "fax", "email")


class Licensee(models.Model):
    """A credit bureau. Every datum of the service belongs to one."""

    name = models.CharField(max_length=200, unique=True)
    corporation_number = models.CharField(max_length=9, blank=True)
    registered_office = models.CharField(max_length=200, blank=True)
    enquiries_address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    operates_since = models.DateField(null=True, blank=True)  # the first year of operation (CRD-82-b)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["corporation_number"],
                name="licensee_of_one_corporation",
                condition=~Q(corporation_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def licence(self) -> "Licence | None":
        """The licence in force, or the last one there was."""
        return self.licences.order_by("-status_since", "-pk").first()

    @property
    def missing_details(self) -> list[str]:
        """Which of the eight fields that a report's header needs are empty (CRD-42-a)."""
        missing = [name for name in _DETAILS if not getattr(self, name)]
        licence = self.licence
        return missing if licence is not None and licence.number else [*missing, "licence_number"]


class Licence(models.Model):
    """One licence of a licensee, from the application to its end (regulations 64 to 66)."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="licences")
    type = models.CharField(max_length=24, choices=labels.LICENCE_TYPE)
    status = models.CharField(max_length=12, choices=labels.LICENCE_STATUS, default=LicenceStatus.APPLIED.value)
    status_since = models.DateField()
    number = models.CharField(max_length=20, blank=True)  # given on the grant
    applied_on = models.DateField()
    granted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # revoked, or activity ceased

    class Meta:
        ordering = ["-status_since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["licensee"], name="licensee_holds_one_licence", condition=Q(status__in=_LIVE)
            ),
            models.UniqueConstraint(fields=["number"], name="licence_number_once", condition=~Q(number="")),
            models.CheckConstraint(
                name="licence_granted_has_number_and_day",
                condition=Q(status=LicenceStatus.APPLIED.value) | (~Q(number="") & Q(granted_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="licence_ended_has_its_day",
                condition=Q(status__in=_LIVE, ended_on__isnull=True)
                | (~Q(status__in=_LIVE) & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licensee_id}: {self.number or self.status}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Those that were not ended."""
        return self.filter(ended_at__isnull=True)


class Membership(models.Model):
    """Which person acts for which licensee, source, or for the Registrar, and in which role of 12.1."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credit_memberships")
    role = models.CharField(max_length=24, choices=labels.MEMBER_ROLE)
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    source = models.ForeignKey(
        "creditdata.SourceOrganisation", on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    since = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey(  # the proposal that two persons approved; empty for those the service began with
        "creditdata.DualControlProposal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "licensee", "source"],
                name="member_once_in_a_role",
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="member_acts_for_whom_the_role_says",
                condition=Q(role__in=list(OF_LICENSEE), licensee__isnull=False, source__isnull=True)
                | Q(role__in=list(OF_SOURCE), licensee__isnull=True, source__isnull=False)
                | Q(role__in=list(OF_REGISTRAR), licensee__isnull=True, source__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["user"], name="membership_of_user", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
