"""Which teams and employees somebody supervises, and who is away (3.4)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm_portal.people.models import Absence, RoleGrant, User
from crm_portal.people.rules.roles import Role
from routing.models import Team, TeamMember, UnitMember

from ..rules.access import SUPERVISORS_OF_TEAM, SUPERVISORS_OF_UNIT
from .visibility import coordinated_ids, unit_ids


def supervised_teams(user: User) -> QuerySet[Team]:
    """A coordinator's own teams, and every team of the units of a trustee or a manager."""
    teams, units = _reach(user)
    return Team.objects.active().filter(Q(pk__in=teams) | Q(unit__in=units)).select_related("unit")


def supervised_people(user: User) -> QuerySet[User]:
    """The employees of those teams; of the units also those who are in no team."""
    teams, units = _reach(user)
    in_team = TeamMember.objects.filter(Q(team__in=teams) | Q(team__unit__in=units), user=OuterRef("pk"))
    in_unit = UnitMember.objects.filter(user=OuterRef("pk"), unit__in=units)
    return User.objects.filter(Exists(in_team) | Exists(in_unit), is_active=True)


def readers_of_lists(team_ids: Collection[int]) -> QuerySet[User]:
    """The coordinators of these teams and the trustees of their units, whoever has an address."""
    coordinates = TeamMember.objects.filter(user=OuterRef("pk"), team__in=team_ids, is_coordinator=True)
    units = Team.objects.filter(pk__in=team_ids).values("unit")
    in_unit = Exists(UnitMember.objects.filter(user=OuterRef("pk"), unit__in=units)) | Exists(
        TeamMember.objects.filter(user=OuterRef("pk"), team__unit__in=units)
    )
    coordinator = Exists(coordinates) & _holds(Role.COORDINATOR)
    return User.objects.filter(coordinator | (in_unit & _holds(Role.CRM_TRUSTEE)), is_active=True).exclude(email="")


def absent_on(day: date) -> QuerySet[Absence]:
    """The periods that cover a day."""
    return Absence.objects.filter(from_on__lte=day, until_on__gte=day)


def absences_of(user: User, since: date) -> QuerySet[Absence]:
    """The absences of this supervisor's people that are not over by a day."""
    people = supervised_people(user).values("pk")
    return (
        Absence.objects.filter(user__in=people, until_on__gte=since)
        .select_related("user", "entered_by")
        .order_by("from_on", "user__last_name", "pk")
    )


def _holds(role: Role) -> Exists:
    return Exists(RoleGrant.objects.filter(user=OuterRef("pk"), role=role.value))


def _reach(user: User) -> tuple[frozenset[int], frozenset[int]]:
    by_team, by_unit = user.holds(*SUPERVISORS_OF_TEAM), user.holds(*SUPERVISORS_OF_UNIT)
    return (coordinated_ids(user) if by_team else frozenset(), unit_ids(user) if by_unit else frozenset())
