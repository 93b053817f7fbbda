"""Requests for limited powers of attorney: an office's (N4) and a customer's (P6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm_portal.people.models import PoaRequest, User
from crm_portal.people.rules.roles import PoaRequestState

SHOWN = 100  # of each side; older ones are settled long ago


@dataclass(frozen=True, slots=True)
class Powers:
    """A customer's requests: what waits for him, what is in force, and what was."""

    waiting: Sequence[PoaRequest]
    in_force: Sequence[PoaRequest]
    past: Sequence[PoaRequest]


def powers_of(user: User) -> Powers:
    """The requests made to this customer."""
    found = list(PoaRequest.objects.filter(customer__user=user).select_related("representative")[:SHOWN])

    def in_state(*states: PoaRequestState) -> list[PoaRequest]:
        return [request for request in found if request.state in states]

    return Powers(
        waiting=in_state(PoaRequestState.PENDING),
        in_force=in_state(PoaRequestState.APPROVED),
        past=in_state(PoaRequestState.DECLINED, PoaRequestState.REVOKED),
    )


def power_of(user: User, pk: int) -> PoaRequest | None:
    """One request made to this customer."""
    return PoaRequest.objects.filter(customer__user=user, pk=pk).select_related("representative").first()


def waiting_for(user: User) -> int:
    """How many requests wait for this customer's decision."""
    return PoaRequest.objects.filter(customer__user=user, state=PoaRequestState.PENDING.value).count()


def requests_of_office(user: User) -> list[PoaRequest]:
    """What the user's office asked for, the newest first."""
    card = getattr(user, "representative_card", None)
    if card is None:
        return []
    requests = PoaRequest.objects.filter(representative=card.representative_id)
    return list(requests.select_related("customer", "submitted_by")[:SHOWN])
