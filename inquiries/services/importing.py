"""Bring an inquiry over from one of the four replaced systems (clause 1, CRM-1-b)."""

from dataclasses import dataclass
from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.models import Customer, Representative, User
from crm_portal.people.rules import identity_numbers
from crm_portal.people.rules.roles import CustomerKind
from crm_portal.worktime.rules.periods import day_of
from routing.models import BusinessUnit, RoutingDecision, Team, Triplet
from routing.selectors import default_team
from routing.services.deciding import decide

from ..models import ClosingReason, Inquiry, Message
from ..rules import deadlines, legacy
from ..rules.codes import CLOSED, ClosingReasonCode, HistoryEvent, Side, Status
from ..rules.legacy import LegacyInquiry, LegacySystem
from ..selectors import clocks
from . import history, submitting
from .history import Before

IMPORTED = "יובאה מן המערכת הקודמת"  # how the history names the step
_REASONS = {
    Status.CLOSED_NO_TREATMENT: ClosingReasonCode.CLOSED_IN_LEGACY_SYSTEM,
    Status.CLOSED_BY_SYSTEM: ClosingReasonCode.CLOSED_IN_LEGACY_SYSTEM,
}
_NOTHING_YET = Before("", None, None, None, None)
_HELD_BY_A_TEAM = {Status.OPEN_TEAM, Status.FORWARDED}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one line: the inquiry, whether it is new, and what a person should look at."""

    inquiry: Inquiry
    is_new: bool
    remarks: tuple[str, ...] = ()  # codes; `labels.IMPORT_REMARK` has the words


@command("inquiry.import")
def import_inquiry(*, system: LegacySystem, line: LegacyInquiry, at: datetime, by: User | None = None) -> Imported:
    """
    Lay one inquiry down as it stood in the old system; what is here already stays as it is.

    No notice goes out and no transition is made: the inquiry reached its status elsewhere.

    :raises Refused: INVALID_VALUE at the column that fits nothing here
    """
    number = legacy.portal_number(system, line.number)
    found = Inquiry.objects.filter(channel=system.channel, legacy_number=line.number).first()
    if found is not None:
        return Imported(found, is_new=False)
    fields = ("assessment_number", "tax_type", "area", "contact_email", "contact_phone")
    submitting.fitting(
        legacy_id_number=line.id_number, contact_name=line.texts["last_name"], **{it: line.texts[it] for it in fields}
    )
    remarks: list[str] = []
    triplet = _triplet(line)
    customer = _customer(line, remarks)
    representative = _representative(line)
    team, decision = _team(line, triplet, customer, at)
    owner = _owner(line, team)
    status = _status(line, owner, remarks)
    closed = status in CLOSED
    waiting = status is Status.WAITING_CUSTOMER
    inquiry = Inquiry(
        number=number,
        legacy_number=line.number,
        legacy_id_number=line.id_number,
        channel_id=system.channel,
        customer=customer,
        representative=representative,
        is_own_name=_is_own_name(representative, customer),
        contact_name=line.texts["last_name"] if customer is None else "",
        contact_email=line.texts["contact_email"] if customer is None else "",
        contact_phone=line.texts["contact_phone"] if customer is None else "",
        triplet=triplet,
        tax_year=line.tax_year,
        description=line.texts["description"],
        assessment_number=line.texts["assessment_number"],
        tax_type=line.texts["tax_type"],
        area=line.texts["area"],
        status=status.value,
        status_since=line.status_at,
        handling_team=team,
        handling_unit=team.unit,
        owner=owner if status not in _HELD_BY_A_TEAM else None,
        owner_since=line.status_at if owner else None,
        closing_reason=ClosingReason.objects.get(pk=_REASONS[status].value) if status in _REASONS else None,
        routing_decision=decision,
        recommended_team=team,
        created_at=line.opened_at,
        opened_at=line.opened_at,
        closed_at=line.status_at if closed else None,
        waiting_since=line.status_at if waiting else None,
        auto_close_at=deadlines.closing_time(line.status_at, months=configured(options.WAITING_MONTHS))
        if waiting
        else None,
        updated_at=at,
    )
    inquiry.save()
    _write_history(inquiry, line, status, by=by, at=at)
    clocks.refresh(inquiry, at)
    return Imported(inquiry, is_new=True, remarks=tuple(remarks))


def _write_history(inquiry: Inquiry, line: LegacyInquiry, status: Status, *, by: User | None, at: datetime) -> None:
    """Its opening, its answer and its last status, each at the time it had there."""
    message = None
    if line.texts["answer"]:
        message = Message.objects.create(
            inquiry=inquiry, side=Side.EMPLOYEE.value, author=None, author_name=line.texts["owner"] or IMPORTED,
            text=line.texts["answer"], sent_at=line.status_at,
        )  # fmt: skip
        Inquiry.objects.filter(pk=inquiry.pk).update(answer_count=1)
    opened = Inquiry(
        pk=inquiry.pk, number=inquiry.number, status=Status.OPEN_TEAM.value, triplet=inquiry.triplet,
        handling_team=inquiry.handling_team, handling_unit=inquiry.handling_unit,
    )  # fmt: skip
    history.record(
        opened, HistoryEvent.STATUS_CHANGE, action="inquiry.import", by=by, at=line.opened_at, noted_at=at,
        before=_NOTHING_YET, note=f"{IMPORTED}: {inquiry.channel.name}, {line.number}",
    )  # fmt: skip
    if status is not Status.OPEN_TEAM:
        history.record(
            inquiry, HistoryEvent.STATUS_CHANGE, action="inquiry.import", by=by, at=line.status_at, noted_at=at,
            before=Before.of(opened), note=IMPORTED, message=message,
        )  # fmt: skip


def _triplet(line: LegacyInquiry) -> Triplet:
    """By its code, or by its levels; two levels are enough where they have one triplet only (mpl had two)."""
    triplets = Triplet.objects.select_related("tax_system")
    if code := line.texts["triplet"]:
        found = list(triplets.filter(code=code)[:2])
    else:
        levels = {name: line.texts[name] for name in ("main_topic", "sub_topic", "detail") if line.texts[name]}
        found = list(triplets.filter(is_internal=False, **levels)[:2])
    if len(found) != 1:
        raise refuse(Code.TRIPLET_INVALID, "triplet" if code else "main_topic", clause="CRM-1-b")
    return found[0]


def _customer(line: LegacyInquiry, remarks: list[str]) -> Customer | None:
    """The one customer file of the normalised number, made when there is none (CRM-2.1.1-b)."""
    if not line.id_number:
        remarks.append("no_customer")
        return None
    try:
        number = identity_numbers.normalise(line.id_number)
    except Refused as refused:
        if refused.refusals[0].details.get("because") != "check_digit":
            raise
        # The old systems did not check it; a row is not lost for that, but somebody should look.
        number = identity_numbers.padded(line.id_number)
        remarks.append("check_digit")
    kind = CustomerKind.COMPANY if identity_numbers.is_company(number) else CustomerKind.PERSON
    customer, is_new = Customer.objects.get_or_create(
        id_number=number,
        defaults={
            "kind": kind.value,
            "last_name": line.texts["last_name"][:120] or number,
            "first_name": line.texts["first_name"][:80],
        },
    )
    if is_new and not line.texts["last_name"]:
        remarks.append("no_name")
    return customer


def _representative(line: LegacyInquiry) -> Representative | None:
    if not line.texts["representative_id"]:
        return None
    number = identity_numbers.padded(line.texts["representative_id"])
    found = Representative.objects.filter(id_number=number).first()
    if found is None:
        raise refuse(Code.INVALID_VALUE, "representative_id", clause="CRM-1-b")
    return found


def _is_own_name(representative: Representative | None, customer: Customer | None) -> bool:
    return representative is not None and customer is not None and representative.id_number == customer.id_number


def _team(
    line: LegacyInquiry, triplet: Triplet, customer: Customer | None, at: datetime
) -> tuple[Team, RoutingDecision | None]:
    """The unit it was in there, else where the rules would lead it today, with the decision."""
    if wanted := line.texts["unit"]:
        unit = BusinessUnit.objects.filter(code=wanted).first() or BusinessUnit.objects.filter(name=wanted).first()
        team = default_team(triplet, unit, day_of(at)) if unit is not None else None
        if team is None:
            raise refuse(Code.INVALID_VALUE, "unit", clause="CRM-1-b")
        return team, None
    decision = decide(triplet=triplet, customer=customer, at=at)
    return decision.team, decision


def _owner(line: LegacyInquiry, team: Team) -> User | None:
    """The employee of that user name, when he works in the team."""
    name = line.texts["owner"]
    members = User.objects.filter(is_active=True, team_memberships__team=team)
    return members.filter(username=name).first() if name else None


def _status(line: LegacyInquiry, owner: User | None, remarks: list[str]) -> Status:
    """What was in treatment with nobody we know waits for the team (CRM-5.2.2-a)."""
    if line.status is Status.IN_TREATMENT and owner is None:
        remarks.append("no_owner")
        return Status.OPEN_TEAM
    return line.status
