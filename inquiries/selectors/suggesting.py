"""Improvement suggestions: one's own, and those that wait for one's step (CRM-8-b, CRM-9-a)."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm_portal.people.models import RoleGrant, User
from routing.models import BusinessUnit, TeamMember, UnitMember

from ..models import ImprovementSuggestion
from ..rules.access import TABLE, Action
from ..rules.codes import SuggestionState
from ..rules.suggestions import FINISHED, Desk, desk_of
from .visibility import unit_ids

SHOWN: Final = 100


def visible_suggestions(user: User) -> QuerySet[ImprovementSuggestion]:
    """One's own; a manager's or trustee's unit's; all that reached them, to the head team and the CRM department."""
    rows = Q(author=user)
    if user.may(Action.FORWARD_SUGGESTION):
        rows |= Q(unit__in=unit_ids(user))
    if user.may(Action.DECIDE_SUGGESTION):
        rows |= Q(unit=None) | ~Q(state=SuggestionState.SUBMITTED.value)
    return ImprovementSuggestion.objects.filter(rows).select_related("author", "unit", "decided_by")


def waiting_for(user: User) -> QuerySet[ImprovementSuggestion]:
    """What lies on the desks of this user and is not finished, the longest waiting first."""
    rows = Q(pk__in=[])
    if user.may(Action.FORWARD_SUGGESTION):
        rows |= Q(unit__in=unit_ids(user), state=SuggestionState.SUBMITTED.value)
    if user.may(Action.DECIDE_SUGGESTION):
        finished = [state.value for state in FINISHED]
        at_the_centre = Q(unit=None) | ~Q(state=SuggestionState.SUBMITTED.value)
        rows |= at_the_centre & ~Q(state__in=finished)
    waiting = ImprovementSuggestion.objects.filter(rows).exclude(author=user)
    return waiting.select_related("author", "unit").order_by("submitted_at", "pk")


def own(user: User) -> QuerySet[ImprovementSuggestion]:
    """What this user suggested, newest first."""
    return ImprovementSuggestion.objects.filter(author=user).select_related("unit", "decided_by")[:SHOWN]


def settled_for(user: User) -> QuerySet[ImprovementSuggestion]:
    """What others suggested, this user may see and no longer waits for him."""
    waiting = waiting_for(user).order_by().values("pk")
    return visible_suggestions(user).exclude(author=user).exclude(pk__in=waiting)[:SHOWN]


def may_step(user: User, suggestion: ImprovementSuggestion) -> bool:
    """Whether it lies on a desk of this user's; nobody decides on what he suggested himself."""
    desk = desk_of(SuggestionState(suggestion.state), to_unit=suggestion.unit_id is not None)
    if suggestion.author_id == user.pk:
        return False
    if desk is Desk.UNIT:
        return user.may(Action.FORWARD_SUGGESTION) and suggestion.unit_id in unit_ids(user)
    return user.may(Action.DECIDE_SUGGESTION)


def units_to_suggest_to(user: User) -> QuerySet[BusinessUnit]:
    """The employee's own units in which a manager or a trustee, other than he, receives suggestions."""
    roles = [role.value for role in TABLE[Action.FORWARD_SUGGESTION]]
    receives = Exists(RoleGrant.objects.filter(user=OuterRef("user"), role__in=roles))
    seated = UnitMember.objects.filter(receives, unit=OuterRef("pk"), user__is_active=True).exclude(user=user)
    in_team = TeamMember.objects.filter(receives, team__unit=OuterRef("pk"), user__is_active=True).exclude(user=user)
    return BusinessUnit.objects.filter(Exists(seated) | Exists(in_team), pk__in=unit_ids(user), is_active=True)
