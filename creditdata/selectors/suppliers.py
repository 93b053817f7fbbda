"""Who sends for whom (CRD-0-k)."""

from django.db.models import Q, QuerySet

from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import IntakeBatch, Licensee, SourceOrganisation, SupplyLate
from ..rules.members import MemberRole
from .members import memberships_of


def sources_of(user: User) -> QuerySet[SourceOrganisation]:
    """The sources for which the person sends; a bank's sends for no other bank."""
    held = memberships_of(user).filter(role=MemberRole.SOURCE_INTEGRATOR)
    return SourceOrganisation.objects.filter(pk__in=held.values("source"))


def may_send(user: User, licensee: Licensee, source: SourceOrganisation) -> bool:
    """Whether the person hands batches in: an intake clerk of the licensee, or the source itself."""
    clerk = Q(role=MemberRole.LICENSEE_INTAKE, licensee=licensee)
    held = memberships_of(user).filter(clerk | Q(role=MemberRole.SOURCE_INTEGRATOR, source=source))
    return user.is_active and held.exists()


def batches_visible_to(user: User) -> QuerySet[IntakeBatch]:
    """Those of the licensees whose clerk he is, and those of his own source; another source's are never among them."""
    held = memberships_of(user)
    clerk = held.filter(role=MemberRole.LICENSEE_INTAKE).values("licensee")
    found = IntakeBatch.objects.of_every_licensee()
    return found.filter(Q(licensee__in=clerk) | Q(source__in=sources_of(user)))


def late_visible_to(user: User) -> QuerySet[SupplyLate]:
    """The supplies that are late by his own source, or to the licensees whose clerk he is (CRD-0-d)."""
    clerk = memberships_of(user).filter(role=MemberRole.LICENSEE_INTAKE).values("licensee")
    found = SupplyLate.objects.of_every_licensee().open().select_related("source", "licensee")
    return found.filter(Q(licensee__in=clerk) | Q(source__in=sources_of(user))).order_by("due_on", "pk")


def licensee_named(licence: str, user: User) -> int:
    """
    The licensee with this licence number; when none is named, the one whose clerk the user is.

    :raises Refused: OUT_OF_SCOPE when there is none, FIELD_REQUIRED when it must be named
    """
    if licence:
        found = Licensee.objects.filter(licences__number=licence).values_list("pk", flat=True).first()
        if found is None:
            raise refuse(Code.OUT_OF_SCOPE, "licensee")
        return found
    own = set(memberships_of(user).filter(role=MemberRole.LICENSEE_INTAKE).values_list("licensee", flat=True))
    if len(own) != 1:
        raise refuse(Code.FIELD_REQUIRED, "licensee")
    return own.pop()


def source_named(code: str) -> int:
    """
    The source with this code.

    :raises Refused: OUT_OF_SCOPE
    """
    found = SourceOrganisation.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise refuse(Code.OUT_OF_SCOPE, "source")
    return found
