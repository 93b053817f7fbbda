"""Give an inquiry to an employee or a team, and take it back (3.4; T4-T6, T19, T21)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.models import Absence, User
from crm_portal.worktime.rules.periods import day_of
from routing.models import Team
from routing.selectors import receiving_team, teams_for_triplet, teams_of

from ..models import Inquiry
from ..rules import states
from ..rules.access import HANDLERS
from ..rules.codes import HistoryEvent, Status
from ..rules.fields import is_filled
from ..selectors import visibility
from . import judging, moving


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one inquiry among several (CRM-3.4-b)."""

    inquiry_id: int
    number: str
    ok: bool
    refusal: Refused | None = None


@command("inquiry.assign", target="inquiry_id")
def assign_to_me(*, inquiry_id: int, by: User, at: datetime, note: str = "", version: int | None = None) -> Inquiry:
    """
    Take an inquiry out of the stock of one of my teams.

    :raises Refused: ALREADY_ASSIGNED, naming the holder; NOT_TEAM_MEMBER; INQUIRY_CLOSED; STALE_VERSION
    """
    inquiry = _assignable(inquiry_id, by)
    if inquiry.owner is not None:
        raise refuse(Code.ALREADY_ASSIGNED, clause="CRM-3.4-b", holder=str(inquiry.owner))
    if inquiry.handling_team_id not in visibility.team_ids(by):
        raise refuse(Code.NOT_TEAM_MEMBER, clause="CRM-3.4-b")
    moving.current(inquiry, version)
    return _give(inquiry, by=by, at=at, owner=by, note=note)


@command("inquiry.assign", target="inquiry_id")
def assign_to_employee(
    *,
    inquiry_id: int,
    employee_id: int,
    by: User,
    at: datetime,
    note: str = "",
    team_id: int | None = None,
    confirm_absent: bool = False,
    version: int | None = None,
) -> Inquiry:
    """
    Give an inquiry to a colleague; the owner who hands over must have written why (CRM-3.4-c, CRM-3.4-d).

    `team_id` chooses among several of the colleague's teams that may handle the triplet.

    :raises Refused: NOT_TEAM_MEMBER, TEAM_NOT_ALLOWED_FOR_TRIPLET, FIELD_REQUIRED, CONFIRMATION_REQUIRED when absent
    """
    inquiry = _assignable(inquiry_id, by)
    _may_give(inquiry, by)
    moving.current(inquiry, version)
    if inquiry.owner_id == employee_id:
        raise refuse(Code.ALREADY_ASSIGNED, "employee", clause="CRM-3.4-b", holder=str(inquiry.owner))
    employee = User.objects.filter(pk=employee_id, is_active=True).first()
    if employee is None or not _can_handle(employee, inquiry):
        raise refuse(Code.INVALID_VALUE, "employee", clause="CRM-3.4-c")
    team = _team_of(employee, inquiry, team_id, by=by, at=at)
    judging.kept_from_income_tax(inquiry, team, by=by, field="employee")
    written = _handing_over(inquiry, by, note)
    if not confirm_absent and _is_absent(employee, at):
        raise refuse(Code.CONFIRMATION_REQUIRED, "confirm_absent", clause="CRM-3.4-h", confirm="confirm_absent")
    return _give(inquiry, by=by, at=at, owner=employee, team=team, note=written)


@command("inquiry.assign", target="inquiry_id")
def assign_to_team(
    *, inquiry_id: int, team_id: int, by: User, at: datetime, note: str = "", version: int | None = None
) -> Inquiry:
    """
    Put an inquiry into another team's stock, or back into its own.

    :raises Refused: TEAM_NOT_ALLOWED_FOR_TRIPLET, NOT_TEAM_MEMBER, FIELD_REQUIRED, INVALID_VALUE when it is there
    """
    inquiry = _assignable(inquiry_id, by)
    _may_give(inquiry, by)
    moving.current(inquiry, version)
    chosen = judging.team_for(inquiry, team_id, by=by, on=day_of(at))
    if inquiry.owner_id is None and chosen.pk == inquiry.handling_team_id:
        raise refuse(Code.INVALID_VALUE, "team", clause="T21")
    team, written = receiving_team(chosen), _handing_over(inquiry, by, note)
    if team != chosen:
        if not is_filled(written):
            raise refuse(Code.FIELD_REQUIRED, "proposed_solution", clause="CRM-7-m")
        written = judging.replaced(written, chosen, team)
    return _give(inquiry, by=by, at=at, owner=None, team=team, note=written)


@command("inquiry.release", target="inquiry_id")
def release(*, inquiry_id: int, by: User, at: datetime, note: str = "", version: int | None = None) -> Inquiry:
    """
    Return an assigned inquiry to its handling team: one's own, or, by a supervisor, a colleague's (CRM-3.4-f).

    :raises Refused: NOT_ASSIGNED_TO_YOU, INVALID_TRANSITION when nobody holds it, FIELD_REQUIRED, INQUIRY_CLOSED
    """
    inquiry = _assignable(inquiry_id, by)
    if inquiry.owner_id is None:
        raise refuse(Code.INVALID_TRANSITION, clause="T6")
    if inquiry.owner_id != by.pk and not visibility.may_supervise(by, inquiry):
        raise refuse(Code.NOT_ASSIGNED_TO_YOU, clause="CRM-3.4-f", holder=str(inquiry.owner))
    moving.current(inquiry, version)
    written = _handing_over(inquiry, by, note)
    return _give(inquiry, by=by, at=at, owner=None, note=written, event=HistoryEvent.RELEASE)


def assign_many(
    *,
    inquiry_ids: Sequence[int],
    by: User,
    at: datetime,
    employee_id: int | None = None,
    team_id: int | None = None,
    note: str = "",
    confirm_absent: bool = False,
) -> list[Outcome]:
    """Assign several inquiries, to me unless an employee or a team is named; one failure stops no other."""

    def assign(inquiry_id: int) -> Inquiry:
        if employee_id is not None:
            return assign_to_employee(
                inquiry_id=inquiry_id, employee_id=employee_id, team_id=team_id, by=by, at=at, note=note,
                confirm_absent=confirm_absent,
            )  # fmt: skip
        if team_id is not None:
            return assign_to_team(inquiry_id=inquiry_id, team_id=team_id, by=by, at=at, note=note)
        return assign_to_me(inquiry_id=inquiry_id, by=by, at=at, note=note)

    return _each(inquiry_ids, assign)


def release_many(*, inquiry_ids: Sequence[int], by: User, at: datetime, note: str = "") -> list[Outcome]:
    """Release several inquiries; one failure stops no other (CRM-3.4-f)."""
    return _each(inquiry_ids, lambda inquiry_id: release(inquiry_id=inquiry_id, by=by, at=at, note=note))


def _each(inquiry_ids: Sequence[int], do: Callable[[int], Inquiry]) -> list[Outcome]:
    numbers = dict(Inquiry.objects.filter(pk__in=inquiry_ids).values_list("pk", "number"))
    outcomes = []
    for inquiry_id in inquiry_ids:
        refused = None
        try:
            do(inquiry_id)
        except Refused as reason:
            refused = reason
        outcomes.append(Outcome(inquiry_id, numbers.get(inquiry_id) or "", refused is None, refused))
    return outcomes


def _assignable(inquiry_id: int, by: User) -> Inquiry:
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-3.4-f")
    if inquiry.status == Status.OPEN.value:
        raise refuse(Code.INVALID_TRANSITION, clause="4.5")
    return inquiry


def _may_give(inquiry: Inquiry, by: User) -> None:
    """Members give from their team's stock, the owner his own, a supervisor what is in his scope (CRM-3.4-c)."""
    if inquiry.owner_id == by.pk or visibility.may_supervise(by, inquiry):
        return
    if inquiry.owner_id is not None:
        raise refuse(Code.NOT_ASSIGNED_TO_YOU, clause="CRM-3.4-c", holder=str(inquiry.owner))
    if inquiry.handling_team_id not in visibility.team_ids(by):
        raise refuse(Code.NOT_TEAM_MEMBER, clause="CRM-3.4-c")


def _can_handle(employee: User, inquiry: Inquiry) -> bool:
    assert inquiry.triplet is not None  # noqa: S101 - only drafts have none
    return employee.is_employee and employee.level_for(HANDLERS) >= inquiry.triplet.handle_level


def _team_of(employee: User, inquiry: Inquiry, team_id: int | None, *, by: User, at: datetime) -> Team:
    """The employee's team that becomes the handling team (CRM-3.4-c)."""
    assert inquiry.triplet is not None  # noqa: S101 - only drafts have none
    own = teams_of(employee).values("pk")
    teams = {team.pk: team for team in teams_for_triplet(inquiry.triplet, day_of(at)).filter(pk__in=own)}
    if not teams:
        for team in teams_of(employee).select_related("unit"):
            judging.kept_from_income_tax(inquiry, team, by=by, field="employee")
        raise refuse(Code.NOT_TEAM_MEMBER, "employee", clause="CRM-3.4-c")
    if team_id is not None:
        if team_id not in teams:
            raise refuse(Code.TEAM_NOT_ALLOWED_FOR_TRIPLET, "team", clause="CRM-3.4-c")
        return teams[team_id]
    if inquiry.handling_team_id in teams:
        return teams[inquiry.handling_team_id]
    if len(teams) > 1:
        raise refuse(Code.FIELD_REQUIRED, "team", clause="CRM-3.4-c", teams=[str(team) for team in teams.values()])
    return next(iter(teams.values()))


def _handing_over(inquiry: Inquiry, by: User, note: str) -> str:
    """What the owner wrote since the inquiry came to him; a supervisor's remark and one from the stock are free."""
    if inquiry.owner_id != by.pk or is_filled(note):
        return note.strip()
    since, written_at = inquiry.owner_since, inquiry.proposed_solution_at
    fresh = inquiry.proposed_solution_by_id == by.pk and written_at is not None and since is not None
    if not fresh or written_at < since or not is_filled(inquiry.proposed_solution):  # type: ignore[operator]
        raise refuse(Code.FIELD_REQUIRED, "proposed_solution", clause="CRM-3.4-d")
    return inquiry.proposed_solution


def _is_absent(employee: User, at: datetime) -> bool:
    day = day_of(at)
    return Absence.objects.filter(user=employee, from_on__lte=day, until_on__gte=day).exists()


def _give(
    inquiry: Inquiry,
    *,
    by: User,
    at: datetime,
    owner: User | None,
    note: str,
    team: Team | None = None,
    event: HistoryEvent = HistoryEvent.ASSIGNMENT,
) -> Inquiry:
    held = inquiry.owner_id is not None
    row = states.assignment(Status(inquiry.status), to_employee=owner is not None, is_held=held)
    if row is None:
        raise refuse(Code.INVALID_TRANSITION, "status", clause="4.5")
    handed_over = inquiry.owner_id == by.pk
    moving.move(
        inquiry, row.id, action="inquiry.release" if event is HistoryEvent.RELEASE else "inquiry.assign", by=by, at=at,
        event=event, owner=owner, team=team, note=note, proposed_solution=note if handed_over else "",
    )  # fmt: skip
    return inquiry
