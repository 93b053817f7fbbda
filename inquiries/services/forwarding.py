"""Move an inquiry to another handling team (T7)."""

from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of
from routing.selectors import receiving_team

from ..models import Inquiry
from ..rules.codes import HistoryEvent, Status
from . import by_hand, judging, moving


@command("inquiry.forward", target="inquiry_id")
def forward(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    team_id: int | None,
    proposed_solution: str,
    reply: str = "",
    confirm_return: bool = False,
    confirm_representation: bool = False,
    template_id: int | None = None,
    confirm_thin_reply: bool = False,
    version: int | None = None,
) -> Inquiry:
    """
    Forward an inquiry to a team of its present triplet, or to the head team.

    A headquarters team that nobody works in is replaced by the head team, and the history says so (CRM-7-m).

    :raises Refused: TEAM_NOT_ALLOWED_FOR_TRIPLET, RE_REP_TO_INCOME_TAX, TRIPLET_VALIDATION_REQUIRED,
        CONFIRMATION_REQUIRED when it goes back to a team that had it, FIELD_REQUIRED, INQUIRY_CLOSED
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="5.2.5")
    moving.owned(inquiry, by, version)
    team = None
    if team_id is not None:
        chosen = judging.team_for(inquiry, team_id, by=by, on=day_of(at))
        team = receiving_team(chosen)
        if team.pk == inquiry.handling_team_id:
            raise refuse(Code.INVALID_VALUE, "team", clause="5.2.5")
        if team != chosen and proposed_solution.strip():
            proposed_solution = judging.replaced(proposed_solution, chosen, team)
    return by_hand.change(
        inquiry, Status.FORWARDED, action="inquiry.forward", by=by, at=at, event=HistoryEvent.FORWARD,
        proposed_solution=proposed_solution, reply=reply, team=team, confirm_return=confirm_return,
        confirm_representation=confirm_representation, template_id=template_id,
        confirm_thin_reply=confirm_thin_reply,
    )  # fmt: skip
