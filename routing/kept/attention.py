"""What the tables of routing miss."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crm_portal.administration.registry import Concern
from crm_portal.people.rules.roles import Role

from ..models import BusinessUnit, Team, TeamMember, UnitMember
from ..selectors.gaps import completeness


def gaps(at: datetime) -> Iterator[Concern]:
    """Gaps of the tables, units without a trustee, teams without members."""
    if count := completeness(timezone.localdate(at)).count:
        said = ngettext("One gap in the routing tables", "%(count)d gaps in the routing tables", count)
        yield Concern(said % {"count": count}, reverse("routing:completeness"), "bad")
    if count := _units_without_trustee():
        said = ngettext("One unit without a CRM trustee", "%(count)d units without a CRM trustee", count)
        yield Concern(said % {"count": count}, f"{reverse('administration:rows', args=['units'])}?trustee=no")
    if count := _teams_without_members():
        said = ngettext("One active team without members", "%(count)d active teams without members", count)
        yield Concern(said % {"count": count}, reverse("administration:rows", args=["teams"]))


def _units_without_trustee() -> int:
    trustee = UnitMember.objects.filter(
        unit=OuterRef("pk"), user__is_active=True, user__role_grants__role=Role.CRM_TRUSTEE.value
    )
    return BusinessUnit.objects.filter(~Exists(trustee), is_active=True).count()


def _teams_without_members() -> int:
    member = TeamMember.objects.filter(team=OuterRef("pk"), user__is_active=True)
    return Team.objects.active().filter(~Exists(member)).count()
