"""Bring an inquiry back to work when its customer wrote (T12, T13, T14)."""

from collections.abc import Iterator
from datetime import datetime

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of
from routing.models import Team
from routing.selectors import default_team, head_team
from routing.services.deciding import decide

from ..models import Inquiry, StatusHistory
from ..rules import states
from ..rules.codes import CLOSED, HistoryEvent, Status
from ..rules.guards import Facts
from ..rules.states import Actor
from . import moving


def react(inquiry: Inquiry, *, by: User | None, at: datetime) -> None:
    """Move a locked inquiry as the table says a customer's message moves it; before any answer it stays."""
    source = Status(inquiry.status)
    row = states.leading(source, Status.INFO_ARRIVED, Actor.INQUIRER)
    facts = Facts(answers=inquiry.answer_count)
    if row is None or any(states.refusals(row, channel=inquiry.channel_id, facts=facts)):
        return
    goes_to_team = states.Effect.TO_TEAM in row.effects  # CRM-6.2-b: the last team, never the last employee
    moving.move(
        inquiry,
        row.id,
        action="inquiry.reactivate" if source in CLOSED else "inquiry.info_arrived",
        by=by,
        at=at,
        event=HistoryEvent.REACTIVATION if source in CLOSED else HistoryEvent.STATUS_CHANGE,
        team=_team_to_handle(inquiry, at) if goes_to_team else None,
    )


def _team_to_handle(inquiry: Inquiry, at: datetime) -> Team:
    """The first living team of: the last under the present triplet, the default in the unit, the engine's, the head."""
    return next((team for team in _candidates(inquiry, at) if team.is_active and team.unit.is_active), head_team())


def _candidates(inquiry: Inquiry, at: datetime) -> Iterator[Team]:
    assert inquiry.triplet is not None  # noqa: S101 - only drafts have none
    rows = StatusHistory.objects.filter(inquiry=inquiry, to_triplet=inquiry.triplet, to_team__isnull=False)
    last = rows.select_related("to_team__unit").order_by("-at", "-id").first()
    if last is not None and last.to_team is not None:
        yield last.to_team
    if inquiry.handling_unit is not None:
        default = default_team(inquiry.triplet, inquiry.handling_unit, day_of(at))
        if default is not None:
            yield default
    yield decide(triplet=inquiry.triplet, customer=inquiry.customer, at=at).team
