"""What the CRM department should look at today."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import DeliveryState
from crm_portal.people.rules.roles import Role
from routing.models import BusinessUnit, Team, TeamMember, UnitMember

from .gaps import completeness
from .machines import register_lines, timer_lines


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that wants a hand, and where."""

    sentence: str
    url: str
    tone: str = "warn"


def attention(at: datetime) -> list[Concern]:
    """Gaps of the tables, units without a trustee, teams without members, and machines that do not work."""
    found = []
    if count := completeness(timezone.localdate(at)).count:
        said = ngettext("One gap in the routing tables", "%(count)d gaps in the routing tables", count)
        found.append(Concern(said % {"count": count}, reverse("administration:completeness"), "bad"))
    if count := _units_without_trustee():
        said = ngettext("One unit without a CRM trustee", "%(count)d units without a CRM trustee", count)
        found.append(Concern(said % {"count": count}, f"{reverse('administration:rows', args=['units'])}?trustee=no"))
    if count := _teams_without_members():
        said = ngettext("One active team without members", "%(count)d active teams without members", count)
        found.append(Concern(said % {"count": count}, reverse("administration:rows", args=["teams"])))
    if count := Notification.objects.filter(state=DeliveryState.FAILED.value).count():
        said = ngettext("One message could not be sent", "%(count)d messages could not be sent", count)
        found.append(Concern(said % {"count": count}, f"{reverse('messaging-outbox')}?state=failed"))
    if late := [line.label for line in timer_lines(at) if line.tone == "rejected"]:
        said = _("Timers that are late: %(names)s") % {"names": ", ".join(late)}
        found.append(Concern(said, reverse("administration:timers")))
    if down := [line.label for line in register_lines(at) if line.tone == "rejected"]:
        said = _("External systems out of reach: %(names)s") % {"names": ", ".join(down)}
        found.append(Concern(said, reverse("administration:registers"), "bad"))
    return found


def _units_without_trustee() -> int:
    trustee = UnitMember.objects.filter(
        unit=OuterRef("pk"), user__is_active=True, user__role_grants__role=Role.CRM_TRUSTEE.value
    )
    return BusinessUnit.objects.filter(~Exists(trustee), is_active=True).count()


def _teams_without_members() -> int:
    member = TeamMember.objects.filter(team=OuterRef("pk"), user__is_active=True)
    return Team.objects.active().filter(~Exists(member)).count()
