"""Consultations: whom an inquiry's owner may ask, what was asked, and what waits for an answer (CRM-6.5-b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from crm_portal.people.models import RoleGrant, User
from routing.models import TeamMember, UnitMember

from ..models import Consultation, Inquiry
from ..rules.access import MANAGERS, REFERENTS
from ..rules.codes import ACTIVE

CONSULTED = MANAGERS | REFERENTS
SHOWN_CLOSED: Final = 50  # of the ended ones a page shows the latest


@dataclass(frozen=True, slots=True)
class Consultant:
    """Somebody who may be asked, and as what."""

    user: User
    roles: Sequence[str]  # codes


def consultants_for(inquiry: Inquiry, *, besides: User) -> list[Consultant]:
    """The managers and referents of the handling unit whose level allows them to see the inquiry's triplet."""
    if inquiry.handling_unit_id is None or inquiry.triplet is None:
        return []
    grants = RoleGrant.objects.filter(
        role__in=[role.value for role in CONSULTED], level__gte=inquiry.triplet.view_level
    ).order_by("role")
    of_unit = Exists(UnitMember.objects.filter(user=OuterRef("pk"), unit=inquiry.handling_unit_id)) | Exists(
        TeamMember.objects.filter(user=OuterRef("pk"), team__unit=inquiry.handling_unit_id)
    )
    users = (
        User.objects.filter(of_unit, Exists(grants.filter(user=OuterRef("pk"))), is_active=True)
        .exclude(pk=besides.pk)
        .prefetch_related(Prefetch("role_grants", grants, to_attr="consulted_as"))
        .order_by("last_name", "first_name", "pk")
    )
    return [Consultant(user, list(dict.fromkeys(grant.role for grant in user.consulted_as))) for user in users]


def open_consultations() -> QuerySet[Consultation]:
    """Those that still hold back the answer of an active inquiry."""
    return Consultation.objects.filter(
        answered_at=None, withdrawn_at=None, inquiry__status__in=[status.value for status in ACTIVE]
    )


def consultations_of(inquiry: Inquiry) -> list[Consultation]:
    """All of one inquiry, in their order."""
    return list(inquiry.consultations.select_related("asked_by", "addressee", "answered_by"))


def still_open(inquiry: Inquiry) -> QuerySet[Consultation]:
    """Those that hold back an answer to this inquiry."""
    return Consultation.objects.filter(inquiry=inquiry, answered_at=None, withdrawn_at=None)


def addressed_to(user: User) -> QuerySet[Consultation]:
    """What this user is asked, the longest waiting first."""
    return _with_all(open_consultations().filter(addressee=user)).order_by("asked_at", "pk")


def asked_by(user: User) -> QuerySet[Consultation]:
    """What this user asked and nobody answered yet."""
    return _with_all(open_consultations().filter(asked_by=user)).order_by("asked_at", "pk")


def ended_of(user: User) -> list[Consultation]:
    """The latest that he asked or was asked and that have ended."""
    ended = Consultation.objects.exclude(answered_at=None, withdrawn_at=None)
    mine = ended.filter(asked_by=user) | ended.filter(addressee=user, withdrawn_at=None)
    return list(_with_all(mine).order_by("-asked_at", "-pk")[:SHOWN_CLOSED])


def _with_all(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    return consultations.select_related("inquiry__triplet", "inquiry__customer", "asked_by", "addressee", "answered_by")
