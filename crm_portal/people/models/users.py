"""Accounts, and what an employee's account is allowed."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..rules.roles import Role, UserKind


class User(AbstractUser):
    """One account: an employee, a customer, or somebody who entered with a representative's card."""

    kind = models.CharField(_("Kind"), max_length=16, choices=labels.USER_KIND, default=UserKind.EMPLOYEE.value)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)  # of an employee: the extension colleagues call
    language = models.CharField(_("Language"), max_length=2, default="he")
    shortcuts_enabled = models.BooleanField(_("Keyboard shortcuts"), default=True)  # WCAG 2.1.4

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_only_employees_enter_the_admin_site",
                condition=Q(is_staff=False) | Q(kind=UserKind.EMPLOYEE.value),
            ),
            models.CheckConstraint(name="user_nobody_stands_above_the_roles", condition=Q(is_superuser=False)),
        ]

    def __str__(self) -> str:
        """The name; an employee of a representative is named with the representative (CRM-2.2.1-d)."""
        name = self.get_full_name() or self.username
        if self.kind == UserKind.REPRESENTATIVE.value:
            card = getattr(self, "representative_card", None)
            if card is not None and not card.is_the_representative:
                return f"{name} ({card.representative})"
        return name

    def get_full_name(self) -> str:
        """Last name first, as the instruction's lists show names (3.3)."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def is_employee(self) -> bool:
        return self.kind == UserKind.EMPLOYEE.value

    @cached_property
    def grants(self) -> "list[RoleGrant]":
        return list(self.role_grants.all())

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The security roles this account holds; customers and representatives hold theirs by kind."""
        if self.kind == UserKind.CUSTOMER.value:
            return frozenset({Role.CUSTOMER})
        if self.kind == UserKind.REPRESENTATIVE.value:
            card = getattr(self, "representative_card", None)
            owner = card is not None and card.is_the_representative
            return frozenset({Role.REPRESENTATIVE if owner else Role.REPRESENTATIVE_EMPLOYEE})
        return frozenset(Role(grant.role) for grant in self.grants)

    def holds(self, *roles: Role) -> bool:
        """Whether the account has at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    def may(self, action: StrEnum) -> bool:
        """Whether one of the account's roles is allowed the action; an action nobody registered is allowed to none."""
        from ..permissions import roles_allowed

        return self.is_active and not self.roles.isdisjoint(roles_allowed(action))

    def level_for(self, roles: Iterable[Role]) -> int:
        """The highest security level among this employee's grants of the roles; -1 without any."""
        wanted = set(roles)
        return max((grant.level for grant in self.grants if Role(grant.role) in wanted), default=-1)


class RoleGrant(models.Model):
    """One security role given to one employee, with how far it reaches and up to which level (4.2)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants", verbose_name=_("Employee"))
    role = models.CharField(_("Role"), max_length=32, choices=labels.ROLE)
    scope = models.CharField(_("Reach"), max_length=16, choices=labels.SCOPE)
    tax_system = models.CharField(
        _("Tax system (code)"), max_length=32, blank=True
    )  # code; only where the scope is a tax system
    level = models.PositiveSmallIntegerField(_("Security level"), default=0)
    views_customer_files = models.BooleanField(_("May open customer files"), default=False)  # CRM-2-a

    class Meta:
        verbose_name, verbose_name_plural = _("Security role"), _("Security roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope", "tax_system"], name="role_granted_once_for_each_reach"
            ),
            models.CheckConstraint(
                name="role_reaches_a_tax_system_exactly_when_it_says_so",
                condition=(Q(scope="tax_system") & ~Q(tax_system="")) | (~Q(scope="tax_system") & Q(tax_system="")),
            ),
            models.CheckConstraint(name="role_level_is_0_to_3", condition=Q(level__lte=3)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} ({self.scope}, {self.level})"


class Absence(models.Model):
    """A period in which an employee is away; assigning to him then asks for confirmation (CRM-3.4-h)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("Employee"))
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"))  # the last day of absence
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Entered by"))
    entered_at = models.DateTimeField(_("Entered at"))

    class Meta:
        verbose_name, verbose_name_plural = _("Absence"), _("Absences")
        ordering: ClassVar = ["from_on"]
        constraints = [
            models.CheckConstraint(name="absence_ends_not_before_it_begins", condition=Q(until_on__gte=F("from_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.from_on} - {self.until_on}"


class ShaamIdentification(models.Model):
    """An employee's daily identification by the Shaam password, and his wrong tries of that day (CRM-4.7-a)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shaam_identifications")
    day = models.DateField()  # in Asia/Jerusalem; it ends at midnight
    identified_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="shaam_identification_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.day}"
