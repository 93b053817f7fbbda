"""Business units, teams and who belongs to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from .topics import TaxSystem


class BusinessUnit(models.Model):
    """An office, information centre, MSM, NSA or national unit, or an HQ division."""

    code = models.CharField(_("Code"), max_length=64, unique=True)
    name = models.CharField(_("Name"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=labels.UNIT_KIND)
    tax_systems = models.ManyToManyField(TaxSystem, related_name="units", blank=True, verbose_name=_("Tax systems"))
    hide_employee_name = models.BooleanField(_("Hides the employee's name"), default=False)  # CRM-6.8-a
    public_phone = models.CharField(
        _("Public phone"), max_length=40, blank=True
    )  # contact channels shown to people abroad (CRM-7-s)
    public_email = models.EmailField(_("Public e-mail"), blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    is_example = models.BooleanField(_("Example, to be replaced"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("Business unit"), _("Business units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitMember(models.Model):
    """An employee of a unit, whether or not in one of its teams."""

    unit = models.ForeignKey(
        BusinessUnit, on_delete=models.CASCADE, related_name="members", verbose_name=_("Business unit")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unit_memberships", verbose_name=_("Employee")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("Unit member"), _("Unit members")
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="unit_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.unit_id}"


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> "TeamQuerySet":
        return self.filter(is_active=True, unit__is_active=True)


class Team(models.Model):
    """A team whose queue holds inquiries."""

    code = models.CharField(_("Code"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    unit = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, related_name="teams", verbose_name=_("Business unit")
    )
    section = models.CharField(_("Section"), max_length=16, blank=True)  # "17"
    is_head_team = models.BooleanField(_("Head team"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)  # False: dissolved
    is_example = models.BooleanField(_("Example, to be replaced"), default=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("Team"), _("Teams")
        ordering = ["unit__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="team_name_once_in_a_unit"),
            models.UniqueConstraint(fields=["is_head_team"], name="team_one_head_team", condition=Q(is_head_team=True)),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"


class TeamMember(models.Model):
    """An employee in a team; a coordinator supervises its stock."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members", verbose_name=_("Team"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_memberships", verbose_name=_("Employee")
    )
    is_coordinator = models.BooleanField(_("Coordinator"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("Team member"), _("Team members")
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"
