"""
By what right a representative opens in a customer's name outside real estate (CRM-6.6-a, CRM-6.6-f, CRM-6.6-g).

The representatives register comes first: a power there is enough in every topic it is not limited away from. Without
one, a request that the customer approved opens its own topic alone, as long as no active file of another type exists.
"""

from dataclasses import dataclass

from crm_portal.errors import Code, Refusal
from crm_portal.people.rules.roles import PoaRequestState, PoaSource

FIELD = "customer_id_number"
SECTION_60 = "section_60"  # source of a snapshot: no power of attorney, but in the customer's place (CRM-7-t)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found about a representative, a customer and the topic of an inquiry."""

    topic: str  # the limited topic the triplet belongs to; empty for any other triplet
    has_power: bool = False  # valid today in the triplet's tax system
    power_topic: str = ""  # what the power is limited to
    request: PoaRequestState | None = None  # the latest one for the topic
    has_other_active_file: bool = False


def ground(found: Found) -> PoaSource | Refusal:
    """The source of the representation, or why there is none."""
    if found.has_power and found.power_topic in ("", found.topic):
        return PoaSource.REGISTER
    if not found.topic or found.request is None or found.has_other_active_file:
        offer = {"offer": "poa_request"} if found.topic and not found.has_other_active_file else {}
        return Refusal(Code.POA_MISSING, (FIELD,), offer, "CRM-6.6-f" if found.topic else "CRM-6.6-a")
    if found.request is PoaRequestState.APPROVED:
        return PoaSource.APPROVED_REQUEST
    details = {"state": found.request.value, "because": f"poa_request_{found.request.value}"}
    return Refusal(Code.POA_REQUEST_NOT_APPROVED, (FIELD,), details, "CRM-6.6-f")
