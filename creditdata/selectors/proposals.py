"""Which proposals a person sees: his own, and as an approver those of his place (CRD-77-a)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db.models import Q

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models import DualControlProposal
from ..models.control import ProposalQuerySet
from ..rules.codes import ProposalState
from ..rules.vital import APPROVERS
from .members import places_of

READ_WITH = ("licensee", "proposer", "approver", "exemption")
WAITING, OWN, SETTLED = "waiting", "own", "settled"


def proposals_of(user: User) -> ProposalQuerySet:
    """Everything that the user proposed or may decide."""
    return _rows(Q(proposer=user) | _to_judge(user))


def to_decide(user: User, at: datetime) -> ProposalQuerySet:
    """What waits for the user's decision; what he proposed himself waits for somebody else."""
    return _rows(_to_judge(user)).waiting().filter(expires_at__gt=at).exclude(proposer=user)


def own_waiting(user: User) -> ProposalQuerySet:
    return _rows(Q(proposer=user)).waiting()


def settled(user: User) -> ProposalQuerySet:
    return proposals_of(user).exclude(state=ProposalState.PROPOSED.value)


LISTS: Mapping[str, Callable[[User, datetime], ProposalQuerySet]] = MappingProxyType(
    {WAITING: to_decide, OWN: lambda user, _at: own_waiting(user), SETTLED: lambda user, _at: settled(user)}
)


def _rows(wanted: Q) -> ProposalQuerySet:
    return DualControlProposal.objects.of_every_licensee().filter(wanted)


def _to_judge(user: User) -> Q:
    places = places_of(user, APPROVERS)
    at_licensees = Q(licensee__in=[place.pk for place in places if place is not None])
    beside_registrar = Q(licensee=None) if user.holds(Role.REGISTRAR_APPROVER) and None in places else Q(pk__in=[])
    return at_licensees | beside_registrar
