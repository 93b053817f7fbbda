"""Gather what the guards of the transition table judge by."""

from dataclasses import replace
from datetime import date, datetime

from crm_portal.audit.services import recording
from crm_portal.errors import Code, refuse
from crm_portal.files.rules.states import SanitisationState
from crm_portal.people.models import User
from routing.models import Team
from routing.rules.codes import TaxSystemCode, UnitKind
from routing.selectors import teams_for_triplet

from ..models import Attachment, ClosingReason, Inquiry, StatusHistory
from ..rules import states
from ..rules.codes import AttachmentDirection, ClosingReasonCode, Status, TripletValidation
from ..rules.guards import Facts
from ..rules.states import Actor
from ..selectors import visibility
from ..selectors.consulting import still_open
from ..selectors.inquiry_pages import representation_unverified
from ..selectors.representation import standing_of
from ..selectors.unread import unread_by
from . import replying
from .replying import Writing

REAL_ESTATE_FIELDS = ("assessment_number", "tax_type", "area")


def facts_of(
    inquiry: Inquiry,
    *,
    team: Team | None = None,
    return_confirmed: bool = False,
    representation_seen: bool = False,
    is_answer: bool = False,
    is_closing: bool = False,
    closing_reason: ClosingReason | None = None,
    writing: Writing | None = None,
) -> Facts:
    """The facts of a locked inquiry; `team` is where it is to be forwarded, `writing` what the customer is sent."""
    standing = standing_of(inquiry)
    return replace(
        written_facts(inquiry, team),
        is_held=inquiry.owner_id is not None,
        holder=str(inquiry.owner or ""),
        is_in_an_office=inquiry.handling_unit is not None and inquiry.handling_unit.kind == UnitKind.OFFICE.value,
        goes_back=team is not None and _had_it(team, inquiry),
        return_confirmed=return_confirmed,
        has_pending_file=has_pending_file(inquiry),
        unread_messages=unread_by(inquiry, inquiry.owner_id),
        is_answer=is_answer,
        is_closing=is_closing,
        representation_seen=representation_seen or inquiry.representation_seen_at is not None,
        open_consultations=still_open(inquiry).count(),
        lacks_representation_check=standing.lacks_check,
        is_marked_own_name=standing.is_marked,
        closes_as_not_opened=closing_reason is not None
        and closing_reason.pk == ClosingReasonCode.NOT_OPENED_FOR_CUSTOMER,
        answers=inquiry.answer_count,
        **replying.facts_of(inquiry, writing),
    )


def written_facts(inquiry: Inquiry, team: Team | None = None) -> Facts:
    """What the inquiry itself tells, without a question to the database: all that decides which fields are asked."""
    return Facts(
        is_real_estate=is_real_estate(inquiry),
        verdict=TripletValidation(inquiry.triplet_validation),
        needs_verdict=inquiry.customer_triplet_id is not None,
        has_customers_triplet=inquiry.customer_triplet_id == inquiry.triplet_id,
        goes_to_head_team=team is not None and team.is_head_team,
        real_estate_fields=tuple((name, getattr(inquiry, name)) for name in REAL_ESTATE_FIELDS),
        representation_unverified=representation_unverified(inquiry),
        representation_seen=inquiry.representation_seen_at is not None,
    )


def asked(inquiry: Inquiry, to: Status, *, team: Team | None = None) -> tuple[str, ...]:
    """
    The fields that this inquiry must be given to come to a status by its owner's hand (CRM-4.1-e).

    `team` is where it is to be forwarded, when that is chosen: the head team is asked without a verdict.
    """
    row = states.leading(Status(inquiry.status), to, Actor.OWNER)
    return states.asked(row, channel=inquiry.channel_id, facts=written_facts(inquiry, team))


def is_real_estate(inquiry: Inquiry) -> bool:
    return inquiry.triplet is not None and inquiry.triplet.tax_system_id == TaxSystemCode.REAL_ESTATE


def has_pending_file(inquiry: Inquiry) -> bool:
    """Whether a file of the customer's side is still being checked."""
    return Attachment.objects.filter(
        inquiry=inquiry,
        direction=AttachmentDirection.INBOUND.value,
        file__state=SanitisationState.PENDING.value,
    ).exists()


def team_for(inquiry: Inquiry, team_id: int, *, by: User, on: date) -> Team:
    """
    The team of that id, when the inquiry may be given to it under its present triplet (CRM-5.2.5-a).

    :raises Refused: RE_REP_TO_INCOME_TAX, which says the way to the head team, before TEAM_NOT_ALLOWED_FOR_TRIPLET
    """
    assert inquiry.triplet is not None  # noqa: S101 - only drafts have none
    team = Team.objects.select_related("unit").filter(pk=team_id).first()
    if team is not None:
        kept_from_income_tax(inquiry, team, by=by)
    if team is None or not teams_for_triplet(inquiry.triplet, on).filter(pk=team.pk).exists():
        raise refuse(Code.TEAM_NOT_ALLOWED_FOR_TRIPLET, "team", clause="CRM-5.2.5-a")
    return team


def kept_from_income_tax(inquiry: Inquiry, team: Team, *, by: User, field: str = "team") -> None:
    """
    Fiscal secrecy: a representative's real-estate inquiry reaches no income-tax team but by the head team.

    :raises Refused: RE_REP_TO_INCOME_TAX
    """
    if not is_representatives_real_estate(inquiry) or team.is_head_team or is_in_head_team(by):
        return
    systems = set(team.unit.tax_systems.values_list("code", flat=True))
    if TaxSystemCode.INCOME_TAX.value in systems and TaxSystemCode.REAL_ESTATE.value not in systems:
        raise refuse(Code.RE_REP_TO_INCOME_TAX, field, clause="CRM-6.4-d", offer="head_team")


def keep_confirmation(inquiry: Inquiry, facts: Facts, *, by: User, at: datetime) -> None:
    """Keep that the answering employee has seen the flag; the audit says who and when (CRM-6.4-d)."""
    if facts.is_answer and facts.representation_unverified and inquiry.representation_seen_at is None:
        inquiry.representation_seen_at = at
        recording.record("inquiry.confirm_representation", by=by, at=at, target=inquiry)


def replaced(reason: str, chosen: Team, receives: Team) -> str:
    """The reason as the history keeps it when a team nobody works in is replaced by the head team (CRM-7-m)."""
    return f"{reason.strip()}\n[{chosen} ← {receives}]"


def is_representatives_real_estate(inquiry: Inquiry) -> bool:
    """Whether fiscal secrecy keeps it out of income tax (CRM-6.4-d)."""
    return inquiry.representative_id is not None and is_real_estate(inquiry)


def is_in_head_team(user: User) -> bool:
    return Team.objects.filter(is_head_team=True, pk__in=visibility.team_ids(user)).exists()


def _had_it(team: Team, inquiry: Inquiry) -> bool:
    rows = StatusHistory.objects.filter(inquiry=inquiry, to_team=team, to_triplet=inquiry.triplet)
    return team.pk != inquiry.handling_team_id and rows.exists()
