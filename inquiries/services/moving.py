"""
The one place that changes the status or the owner of an inquiry.

Commands lock an inquiry with :func:`lock`, ask the rules, and hand a row of the transition table to :func:`move`,
which carries out that row's effects and writes row, history, audit and notice together.
"""

from datetime import datetime

from django.db import connection

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of
from routing.models import Team

from ..models import ClosingReason, Inquiry, Message, StatusHistory
from ..rules import deadlines
from ..rules.codes import HistoryEvent, Side, Status, TripletValidation
from ..rules.states import TRANSITIONS, Effect, Transition
from ..selectors import clocks, visibility
from . import computerised, feedback, history
from .history import Before

_NOTHING_YET = Before("", None, None, None, None)
WITH = (
    "triplet__tax_system",
    "customer_triplet",
    "channel",
    "customer__user",
    "representative",
    "owner",
    "opened_by",
    "handling_team__unit",
    "handling_unit",
    "closing_reason",
)


READ_BY_MOST = ("triplet", "owner", "handling_team__unit")


def lock(inquiry_id: int) -> Inquiry:
    """
    Take an inquiry for change; others wait until this transaction ends.

    The bare row is locked and read again with what most commands need of it: in one query, who had to wait would get
    the row as it is now joined to the owner it had before. Planning a join with everything costs more than to fetch
    the rest when it is needed.

    :raises Refused: OUT_OF_SCOPE when there is none
    """
    if Inquiry.objects.select_for_update().filter(pk=inquiry_id).values_list("pk").first() is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return Inquiry.objects.select_related(*READ_BY_MOST).get(pk=inquiry_id)


def seen(inquiry: Inquiry, by: User) -> None:
    """:raises Refused: OUT_OF_SCOPE when the user may not see the inquiry"""
    if not visibility.may_see(by, inquiry):
        raise refuse(Code.OUT_OF_SCOPE)


def handled(inquiry: Inquiry, by: User) -> None:
    """:raises Refused: OUT_OF_SCOPE or VIEW_ONLY when the user may not handle the inquiry"""
    sees, handles = visibility.sees_and_handles(by, inquiry)
    if not sees:
        raise refuse(Code.OUT_OF_SCOPE)
    if not handles:
        raise refuse(Code.VIEW_ONLY, clause="CRM-2.2.2-a")


def current(inquiry: Inquiry, version: int | None) -> None:
    """:raises Refused: STALE_VERSION when the page was drawn from an older state"""
    if version is not None and version != inquiry.version:
        raise refuse(Code.STALE_VERSION, version=inquiry.version, status=inquiry.status)


def owned(inquiry: Inquiry, by: User, version: int | None) -> None:
    """:raises Refused: when the inquiry is not this employee's to handle, or changed since he read it"""
    handled(inquiry, by)
    if inquiry.owner_id != by.pk:
        raise refuse(Code.NOT_ASSIGNED_TO_YOU, clause="CRM-3.4-a", holder=str(inquiry.owner or ""))
    current(inquiry, version)


def move(
    inquiry: Inquiry,
    row_id: str,
    *,
    action: str,
    by: User | None,
    at: datetime,
    event: HistoryEvent = HistoryEvent.STATUS_CHANGE,
    owner: User | None = None,
    team: Team | None = None,
    note: str = "",
    proposed_solution: str = "",
    message: Message | None = None,
    closing_reason: ClosingReason | None = None,
    file_name: str = "",
    before: Before | None = None,
) -> StatusHistory:
    """Carry out one row of the transition table on a locked inquiry, and write row, history, audit and notice."""
    row = TRANSITIONS[row_id]
    is_new = inquiry.pk is None
    before = before or (_NOTHING_YET if is_new else Before.of(inquiry))
    source = None if is_new else Status(inquiry.status)
    target = row.target_from(source, unanswered=inquiry.open_messages > 0)
    assert target is not None  # noqa: S101 - T20 deletes the draft and does not come here
    if Effect.IS_NUMBERED in row.effects:
        inquiry.number, inquiry.opened_at = _next_number(at), at
    if target is not source:
        inquiry.status, inquiry.status_since = target.value, at
    _settle_owner(inquiry, row, owner=owner, team=team, at=at)
    _settle_instants(inquiry, row, at=at)
    if Effect.CLOSES in row.effects or Effect.REOPENS in row.effects:
        inquiry.closing_reason = closing_reason
        inquiry.has_many_messages = False
        note_many_messages(inquiry)
    if proposed_solution:
        write_solution(inquiry, proposed_solution, by=by, at=at)
    touch(inquiry, at)
    written = history.record(
        inquiry, event, action=action, by=by, at=at, before=before, note=proposed_solution or note, message=message
    )
    clocks.refresh(inquiry, at)
    answers = message is not None and message.side == Side.EMPLOYEE.value
    tells = Effect.TELLS in row.effects and target is not source
    told = False  # one notice a change; the one that carries a general answer says the status too
    if tells and not (answers and feedback.is_by_contact(inquiry)):
        told = feedback.tell_status(inquiry, written, at=at, file_name=file_name)
    if message is not None and answers and not told:
        feedback.tell_message(inquiry, message, at=at)
    return written


def note_event(
    inquiry: Inquiry,
    event: HistoryEvent,
    *,
    action: str,
    by: User | None,
    at: datetime,
    before: Before,
    note: str = "",
    message: Message | None = None,
) -> StatusHistory:
    """Save an inquiry after something that is not a move (a triplet correction, a message), and write it down."""
    touch(inquiry, at)
    return history.record(inquiry, event, action=action, by=by, at=at, before=before, note=note, message=message)


def touch(inquiry: Inquiry, at: datetime) -> None:
    """
    Save a changed inquiry under its next version, so that pages drawn before are stale.

    What of it belongs into the computerised file is noted at the same time (CRM-6.6-j).
    """
    inquiry.version += inquiry.pk is not None
    inquiry.updated_at = at
    inquiry.save()
    computerised.enqueue(inquiry, at)


def write_solution(inquiry: Inquiry, text: str, *, by: User | None, at: datetime) -> None:
    """Put a proposed solution on the inquiry, with who wrote it and when (CRM-3.4-d)."""
    inquiry.proposed_solution, inquiry.proposed_solution_by, inquiry.proposed_solution_at = text, by, at


def note_many_messages(inquiry: Inquiry) -> None:
    """Raise the flag of an active inquiry on which its customer wrote many times; closing takes it down (6.7-a)."""
    if inquiry.is_active and inquiry.customer_messages >= configured(options.MANY_MESSAGES_THRESHOLD):
        inquiry.has_many_messages = True


def _settle_owner(inquiry: Inquiry, row: Transition, *, owner: User | None, team: Team | None, at: datetime) -> None:
    if team is not None:
        inquiry.handling_team, inquiry.handling_unit = team, team.unit
    if Effect.TO_EMPLOYEE in row.effects:
        inquiry.owner, inquiry.owner_since = owner, at
    elif Effect.TO_TEAM in row.effects:
        inquiry.owner, inquiry.owner_since = None, at
    elif row.id == "T19":  # while waiting only the owner changes, to an employee or to the team
        inquiry.owner, inquiry.owner_since = owner, at


def _settle_instants(inquiry: Inquiry, row: Transition, *, at: datetime) -> None:
    if Effect.STARTS_WAITING in row.effects:
        inquiry.waiting_since = at
        inquiry.auto_close_at = deadlines.closing_time(at, months=configured(options.WAITING_MONTHS))
    elif inquiry.status != Status.WAITING_CUSTOMER:
        inquiry.waiting_since = inquiry.auto_close_at = None
    if Effect.CLOSES in row.effects:
        inquiry.closed_at = at
        inquiry.closed_with_wrong_triplet = row.id == "T10" and _has_the_wrong_triplet(inquiry)
    elif Effect.REOPENS in row.effects:
        inquiry.closed_at = None
        inquiry.closed_with_wrong_triplet = False


def _has_the_wrong_triplet(inquiry: Inquiry) -> bool:
    """Whether the customer's triplet was found wrong and still stands (CRM-6.1-a)."""
    wrong = inquiry.triplet_validation == TripletValidation.INCORRECT.value
    return wrong and inquiry.triplet_id == inquiry.customer_triplet_id


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('inquiry_number')")
        return f"{day_of(at).year}-{cursor.fetchone()[0]:06d}"
