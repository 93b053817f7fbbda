"""Who acts for whom: memberships of an account, and all that the person behind it holds (12.1)."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models import CompartmentRule, Licensee, Membership, StaffPerson
from ..rules.compartments import SHIPPED, ForbiddenSet, Held


def memberships_of(user: User) -> QuerySet[Membership]:
    """What an account is a member of now."""
    return Membership.objects.current().filter(user=user).select_related("licensee")


def holds_at(user: User, roles: Collection[Role], licensee_id: int | None) -> bool:
    """Whether the account holds one of the roles at this licensee, or with None beside the Registrar."""
    return memberships_of(user).filter(role__in=list(roles), licensee=licensee_id, source=None).exists()


def places_of(user: User, roles: Collection[Role]) -> list[Licensee | None]:
    """Where the account holds one of the roles: licensees, and None for the Registrar."""
    rows = memberships_of(user).filter(role__in=list(roles), source=None).order_by("licensee__name")
    return list({row.licensee_id: row.licensee for row in rows}.values())


def person_of(user: User) -> bytes | None:
    """Who is behind an account; None when nobody has said."""
    found = StaffPerson.objects.filter(user=user).values_list("person", flat=True).first()
    return None if found is None else bytes(found)


def held_by_person(person: bytes) -> list[Held]:
    """Everything the person holds, under whichever account."""
    rows = Membership.objects.current().filter(user__staff_person__person=person)
    return [Held(Role(role), licensee) for role, licensee in rows.values_list("role", "licensee")]


def forbidden_sets() -> list[ForbiddenSet]:
    """The table of what one person may not hold together; what ships, where nobody has loaded it."""
    rows = [
        ForbiddenSet(frozenset(map(Role, row.roles)), row.why, row.within_one) for row in CompartmentRule.objects.all()
    ]
    return rows or list(SHIPPED)


def members_of(places: Collection[Licensee | None]) -> QuerySet[Membership]:
    """The members of these places; for the Registrar his own people and the keepers and approvers of each licensee."""
    wanted = Q(licensee__in=[place for place in places if place is not None])
    if None in places:
        wanted |= Q(role__in=[Role.REGISTRAR_OFFICER, Role.REGISTRAR_APPROVER])
        wanted |= Q(role__in=[Role.LICENSEE_SECURITY, Role.LICENSEE_APPROVER])
    rows = Membership.objects.current().filter(wanted).select_related("user", "licensee", "given_by")
    return rows.annotate(person_known=Exists(StaffPerson.objects.filter(user=OuterRef("user")))).order_by(
        "licensee__name", "user__last_name", "user__first_name", "role", "pk"
    )
