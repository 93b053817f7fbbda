"""Which triplets there are for whom, and the one somebody chose."""

from django.db.models import Q

from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import Triplet
from ..models.topics import TripletQuerySet
from ..rules import choosing


def selectable_triplets(user: User) -> TripletQuerySet:
    """The active triplets this person may choose for an inquiry (CRM-7-l, CRM-7-n)."""
    triplets = Triplet.objects.active().select_related("tax_system")
    if not user.is_employee:
        return triplets.filter(is_internal=False)
    cases = choosing.internal_cases(user.roles)
    return triplets.filter(Q(is_internal=False) | Q(is_internal=True, internal_case__in=cases))


def choose(triplet_id: int, user: User) -> Triplet:
    """
    The triplet that this person chose.

    :raises Refused: TRIPLET_INVALID (unknown or inactive), TRIPLET_INTERNAL (not an employee), PERMISSION_DENIED
    """
    triplet = Triplet.objects.select_related("tax_system").filter(pk=triplet_id).first()
    if triplet is None:
        raise refuse(Code.TRIPLET_INVALID, "triplet", clause="CRM-4.1-b")
    refuse_if(
        choosing.refusals(
            is_active=triplet.is_active,
            is_internal=triplet.is_internal,
            internal_case=triplet.internal_case,
            roles=user.roles,
            is_employee=user.is_employee,
        )
    )
    return triplet


def of_levels(main_topic: str, sub_topic: str, detail: str) -> Triplet:
    """
    The active triplet of three levels that belong together (CRM-4.1-b).

    :raises Refused: TRIPLET_INVALID when no such triplet is in use
    """
    levels = {"main_topic": main_topic, "sub_topic": sub_topic, "detail": detail}
    triplet = Triplet.objects.active().select_related("tax_system").filter(**levels).first()
    if triplet is None:
        raise refuse(Code.TRIPLET_INVALID, *levels, clause="CRM-4.1-b")
    return triplet
