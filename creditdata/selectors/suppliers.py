"""Who sends for whom (CRD-0-k)."""

from django.db.models import Q, QuerySet

from crm_portal.people.models import User

from ..models import Licensee, SourceOrganisation
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
