"""Who belongs to which units and teams."""

from datetime import date

from django.db.models import Q, QuerySet

from crm_portal.people.models import User

from ..models import BusinessUnit, Team, Triplet, TripletTeam
from ..rules import targets
from ..rules.codes import Cause
from .tables import tables_on


def teams_of(user: User) -> QuerySet[Team]:
    """The teams the employee is a member of, dissolved ones included: their stock must still be seen."""
    return Team.objects.filter(members__user=user)


def coordinated_teams(user: User) -> QuerySet[Team]:
    """The teams whose stock the employee supervises."""
    return Team.objects.filter(members__user=user, members__is_coordinator=True)


def units_of(user: User) -> QuerySet[BusinessUnit]:
    """The units the employee works in, by himself or through a team."""
    return BusinessUnit.objects.filter(
        Q(pk__in=user.unit_memberships.values("unit")) | Q(pk__in=user.team_memberships.values("team__unit"))
    )


def head_team() -> Team:
    """
    The head team, the HQ inquiry administration.

    :raises Team.DoesNotExist: when the reference data were not loaded
    """
    return Team.objects.select_related("unit").get(is_head_team=True)


def teams_for_triplet(triplet: Triplet, on: date) -> QuerySet[Team]:
    """The living teams linked to the triplet on that day, and always the head team (CRM-5.1.1-d, CRM-5.2.5-a)."""
    linked = TripletTeam.objects.valid_on(on).filter(triplet=triplet).values("team")
    return Team.objects.select_related("unit").filter(
        Q(is_active=True, unit__is_active=True, pk__in=linked) | Q(is_head_team=True)
    )


def default_team(triplet: Triplet, unit: BusinessUnit, on: date) -> Team | None:
    """The team that receives the triplet's inquiries in the unit: its default, else the only one (4.6)."""
    found = targets.team_inside(triplet.code, unit.code, tables_on(on, triplet=triplet))
    return None if isinstance(found, Cause) else Team.objects.select_related("unit").get(code=found)


def is_connected(team: Team) -> bool:
    """Whether somebody active works in the team."""
    return team.members.filter(user__is_active=True).exists()


def receiving_team(team: Team) -> Team:
    """The team that really receives a transfer: the head team in place of an HQ team without members (CRM-7-m)."""
    if team.unit.kind == "hq" and not is_connected(team):
        return head_team()
    return team
