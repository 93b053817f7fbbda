"""To whom inquiries may be given: the employees and teams that every one of them allows (CRM-3.4-c)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from crm_portal.people.models import Absence, RoleGrant
from routing.models import Team, TeamMember, TripletTeam

from ..models import Inquiry
from ..rules.access import HANDLERS


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employee in one of his teams."""

    pk: int
    name: str
    team: int
    team_name: str
    is_absent: bool


@dataclass(frozen=True, slots=True)
class Assignees:
    """The employees, once for each of their teams that fits, and the teams to choose from."""

    employees: Sequence[Candidate]
    teams: Sequence[Team]


def assignees_for(inquiries: Iterable[Inquiry], today: date) -> Assignees:
    """Who may get all of these inquiries; the head team always may. Three queries, however many inquiries."""
    triplets = {inquiry.triplet_id for inquiry in inquiries}
    linked = (
        TripletTeam.objects.valid_on(today)
        .filter(triplet__in=triplets)
        .values("team")
        .annotate(n=Count("triplet", distinct=True))
        .filter(n=len(triplets))
        .values("team")
    )
    fits = Q(is_active=True, unit__is_active=True, pk__in=linked) | Q(is_head_team=True)
    teams = list(Team.objects.select_related("unit").filter(fits))
    absent = Absence.objects.filter(user=OuterRef("user"), from_on__lte=today, until_on__gte=today)
    handles = RoleGrant.objects.filter(user=OuterRef("user"), role__in=[role.value for role in HANDLERS])
    members = (
        TeamMember.objects.filter(Exists(handles), team__in=teams, user__is_active=True)
        .annotate(is_absent=Exists(absent))
        .select_related("user", "team")
        .order_by("user__last_name", "user__first_name", "user", "team")
    )
    return Assignees(
        employees=[Candidate(one.user.pk, str(one.user), one.team.pk, one.team.name, one.is_absent) for one in members],
        teams=teams,
    )
