"""Suggest an improvement, and take the steps of a suggestion (CRM-8-b, CRM-9-a)."""

from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import ImprovementSuggestion
from ..rules.access import Action
from ..rules.codes import SuggestionState
from ..rules.fields import is_filled, missing
from ..rules.suggestions import TRANSITIONS, Step, steps_from
from ..selectors.suggesting import may_step, units_to_suggest_to, visible_suggestions

TITLE = 120


@command("suggestion.submit")
def submit(*, by: User, at: datetime, title: str, text: str, unit_id: int | None = None) -> ImprovementSuggestion:
    """
    Suggest an improvement to the manager and trustees of one's own unit, or, without a unit, to the head team.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED, INVALID_VALUE for a unit that is not one's own or a long title
    """
    if not by.may(Action.SUGGEST_IMPROVEMENT):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-8-b")
    refuse_if(missing({"title": title, "text": text}, "CRM-8-b"))
    if len(title.strip()) > TITLE:
        raise refuse(Code.INVALID_VALUE, "title", clause="CRM-8-b", because="too_long", most=TITLE)
    if unit_id is not None and not units_to_suggest_to(by).filter(pk=unit_id).exists():
        raise refuse(Code.INVALID_VALUE, "unit", clause="CRM-8-b")
    suggestion = ImprovementSuggestion.objects.create(
        author=by, author_name=str(by)[:200], unit_id=unit_id, title=title.strip(), text=text.strip(), submitted_at=at
    )
    record("suggestion.submit", by=by, at=at, target=suggestion, after={"unit": unit_id})
    return suggestion


@command("suggestion.step", target="suggestion_id")
def take_step(*, suggestion_id: int, step: str, by: User, at: datetime, reason: str = "") -> ImprovementSuggestion:
    """
    Forward, return, review, accept, reject or implement a suggestion, as `rules.suggestions` allows.

    :raises Refused: OUT_OF_SCOPE, PERMISSION_DENIED where it lies on another desk or is one's own, INVALID_TRANSITION,
        FIELD_REQUIRED without the reason that the step asks for
    """
    found = ImprovementSuggestion.objects.select_for_update().filter(pk=suggestion_id).first()
    if found is None or not visible_suggestions(by).filter(pk=suggestion_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    state = SuggestionState(found.state)
    if step not in steps_from(state, to_unit=found.unit_id is not None):
        raise refuse(Code.INVALID_TRANSITION, clause="CRM-8-b", because="suggestion_moved")
    if not may_step(by, found):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-8-b")
    row = TRANSITIONS[Step(step)]
    if row.asks_reason and not is_filled(reason):
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CRM-8-b")
    found.state, found.decided_by, found.decided_at, found.reason = row.target.value, by, at, reason.strip()
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    after = {"state": found.state, "reason": found.reason}
    record(f"suggestion.{step}", by=by, at=at, target=found, before={"state": state.value}, after=after)
    return found
