"""What every status change by the owner shares: his right, the table, the reply that becomes a message."""

from datetime import datetime

from crm_portal.errors import refuse_if
from crm_portal.people.models import User
from routing.models import Team

from ..models import ClosingReason, Inquiry
from ..rules import states
from ..rules.codes import CLOSED, HistoryEvent, Status
from ..rules.fields import Field, is_filled
from ..rules.states import Actor
from . import corresponding, judging, moving, replying
from .replying import Writing


def change(
    inquiry: Inquiry,
    to: Status,
    *,
    action: str,
    by: User,
    at: datetime,
    proposed_solution: str = "",
    reply: str = "",
    closing_reason: ClosingReason | None = None,
    team: Team | None = None,
    event: HistoryEvent = HistoryEvent.STATUS_CHANGE,
    confirm_return: bool = False,
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
) -> Inquiry:
    """
    Move an inquiry that its owner has locked to the status he chose.

    :raises Refused: the table has no such move, a field is missing or not allowed, a template may not be used here,
        or a guard holds it back
    """
    version = replying.using(inquiry, template_id)
    row = states.leading(Status(inquiry.status), to, Actor.OWNER)
    given = {
        Field.PROPOSED_SOLUTION: proposed_solution,
        Field.REPLY: reply,
        Field.CLOSING_REASON: closing_reason,
        Field.TEAM: team,
    }
    filled = {name for name, value in given.items() if is_filled(value)}
    facts = judging.facts_of(
        inquiry, team=team, return_confirmed=confirm_return, representation_seen=confirm_representation,
        is_answer=Field.REPLY in filled, is_closing=to in CLOSED, closing_reason=closing_reason,
        writing=Writing(reply, version=version, thin_confirmed=confirm_thin_reply),
    )  # fmt: skip
    refuse_if(states.refusals(row, channel=inquiry.channel_id, filled=filled, facts=facts))
    assert row is not None  # noqa: S101 - a missing row was refused
    if confirm_representation:
        judging.keep_confirmation(inquiry, facts, by=by, at=at)
    message = corresponding.say(inquiry, reply, by=by, at=at, version=version) if Field.REPLY in filled else None
    moving.move(
        inquiry, row.id, action=action, by=by, at=at, event=event, team=team,
        proposed_solution=proposed_solution.strip(), message=message, closing_reason=closing_reason,
    )  # fmt: skip
    return inquiry
