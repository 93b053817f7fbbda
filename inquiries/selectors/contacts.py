"""Whom an employee asks when the right team is in doubt, and the trustees of each unit (CRM-6.4-e, CRM-8-a)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role
from routing.models import BusinessUnit, TeamMember, UnitMember

from ..models import Inquiry


@dataclass(frozen=True, slots=True)
class Contact:
    """One person, with everything he is; each stands in the list once."""

    user: User
    is_coordinator: bool
    is_trustee: bool
    is_head_team: bool


def contacts_for(inquiry: Inquiry) -> list[Contact]:
    """The coordinators and trustees of the handling unit and the head team, in one query."""
    unit = inquiry.handling_unit_id
    person = TeamMember.objects.filter(user=OuterRef("pk"))
    coordinates = Exists(person.filter(team__unit=unit, is_coordinator=True)) & _holds(Role.COORDINATOR)
    in_unit = Exists(UnitMember.objects.filter(user=OuterRef("pk"), unit=unit)) | Exists(person.filter(team__unit=unit))
    users = (
        User.objects.filter(is_active=True)
        .annotate(
            coordinates=coordinates,
            trusted=in_unit & _holds(Role.CRM_TRUSTEE),
            heads=Exists(person.filter(team__is_head_team=True)),
        )
        .filter(Q(coordinates=True) | Q(trusted=True) | Q(heads=True))
        .order_by("-coordinates", "-trusted", "last_name", "first_name", "pk")
    )
    return [Contact(user, user.coordinates, user.trusted, user.heads) for user in users]


@dataclass(frozen=True, slots=True)
class UnitTrustees:
    """A unit and its trustees; without one, somebody must be appointed."""

    unit: BusinessUnit
    trustees: Sequence[User]


def trustees_of(units: Iterable[BusinessUnit]) -> list[UnitTrustees]:
    """The trustees of each of these units; the units without one first. Three queries."""
    units = list(units)
    found: dict[int, list[User]] = {unit.pk: [] for unit in units}
    members = Prefetch("unit_memberships", UnitMember.objects.filter(unit__in=units), to_attr="seats")
    in_teams = Prefetch(
        "team_memberships", TeamMember.objects.filter(team__unit__in=units).select_related("team"), to_attr="team_seats"
    )
    trustees = User.objects.filter(_holds(Role.CRM_TRUSTEE), is_active=True).prefetch_related(members, in_teams)
    for user in trustees.order_by("last_name", "first_name", "pk"):
        for pk in {seat.unit_id for seat in user.seats} | {seat.team.unit_id for seat in user.team_seats}:
            found[pk].append(user)
    listed = [UnitTrustees(unit, found[unit.pk]) for unit in units]
    return sorted(listed, key=lambda one: (bool(one.trustees), one.unit.name))


def _holds(role: Role) -> Exists:
    return Exists(RoleGrant.objects.filter(user=OuterRef("pk"), role=role.value))
