"""Advances before a claim: the notice of damage with the request, the clerk's amount, the manager's word (7.3)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.rules.periods import day_of

from ..models import AdvanceCampaign, AdvanceRequest, Claim
from ..rules.access import Action
from ..rules.codes import AdvanceState, Annex
from ..rules.gaps import is_reasoned
from ..rules.machines import Actor
from ..rules.money_states import ADVANCE, AdvanceGuard
from ..rules.reasons import Reason
from ..selectors.programmes import programme_on
from . import alerting, paying, telling
from .enrolling import claimant_for


@command("advance.request")
def request(
    *, customer_id: int, campaign_id: int, town: str, cause: str, damage: str, undertakes: bool, by: User,
    at: datetime,
) -> AdvanceRequest:  # fmt: skip
    """
    Give notice of damage and ask for an advance, in one form and before a claim (CMP-7.3.3-a).

    :raises Refused: ADV_WINDOW_CLOSED outside the campaign, ADV_NOT_ANNEX_E for another town, FIELD_REQUIRED without
        the undertaking to file, GEN_CLAIM_EXISTS after a claim, DUPLICATE for a second request of the month
    """
    claimant, today = claimant_for(customer_id, by=by, at=at), day_of(at)
    campaign = AdvanceCampaign.objects.filter(pk=campaign_id, programme=claimant.programme).first()
    if campaign is None:
        raise refuse(Code.OUT_OF_SCOPE)
    place = programme_on(today, code=claimant.programme.code).towns.find(town)
    if place is None:
        raise refuse(Reason.GEN_UNKNOWN_TOWN, "town", clause="CMP-annexB-a")
    if not damage.strip():
        raise refuse(Code.FIELD_REQUIRED, "damage", clause="CMP-7.3.6-a")
    if Claim.objects.filter(claimant=claimant, submitted_at__isnull=False).exists():
        raise refuse(Reason.GEN_CLAIM_EXISTS, clause="CMP-7.3.3-a")
    if (
        AdvanceRequest.objects.filter(claimant=claimant, campaign=campaign)
        .exclude(state=AdvanceState.REFUSED.value)
        .exists()
    ):
        raise refuse(Code.DUPLICATE, clause="CMP-7.3.3-a")
    by_hand = Annex.ADVANCE not in place.annexes and Annex.EVACUATED in place.annexes
    facts = {
        AdvanceGuard.IN_CAMPAIGN: is_open(campaign, today),
        AdvanceGuard.IN_ANNEX_E: Annex.ADVANCE in place.annexes or by_hand,
        AdvanceGuard.UNDERTAKEN: undertakes,
    }
    refuse_if(ADVANCE.refusals(ADVANCE.leading(None, AdvanceState.REQUESTED, Actor.CLAIMANT), facts))
    asked = AdvanceRequest.objects.create(
        claimant=claimant, campaign=campaign, town=place.name, cause=cause, damage=damage.strip(),
        needs_manual_review=by_hand, undertakes_to_file=undertakes, requested_by=by, requested_at=at,
        state=AdvanceState.REQUESTED.value,
    )  # fmt: skip
    record("advance.request", by=by, at=at, target=claimant, after=_told(asked))
    telling.tell_claimant(asked.claimant, _("your request for an advance was received"), about=reference(asked), at=at)
    return asked


@command("advance.propose")
def propose(*, request_id: int, amount: Decimal, reasons: str, by: User, at: datetime) -> AdvanceRequest:
    """
    Enter the amount of an advance with its reasons: no formula is printed (CMP-7.3.10-b).

    :raises Refused: GEN_REASONS_REQUIRED, INVALID_VALUE for an amount of nothing, GEN_BAD_TRANSITION
    """
    asked = _lock(request_id)
    if amount <= 0:
        raise refuse(Code.INVALID_VALUE, "amount", clause="CMP-7.3.10-b")
    _move(asked, AdvanceState.PROPOSED, Actor.CLERK, {AdvanceGuard.REASONED: is_reasoned(reasons)})
    asked.amount, asked.reasons, asked.proposed_by, asked.proposed_at = amount, reasons.strip(), by, at
    asked.save()
    record("advance.propose", by=by, at=at, target=asked.claimant, after=_told(asked))
    return asked


@command("advance.approve")
def approve(*, request_id: int, by: User, at: datetime) -> AdvanceRequest:
    """
    Approve the amount that the clerk entered; its payment is prepared with it.

    :raises Refused: GEN_FOUR_EYES for the clerk himself, GEN_BAD_TRANSITION
    """
    asked = _lock(request_id)
    facts = {
        AdvanceGuard.ANOTHER_PERSON: asked.proposed_by_id != by.pk,
        AdvanceGuard.WITHIN_PROVISIONAL: True,  # nothing was claimed yet that could bound it
        AdvanceGuard.REASONED: True,  # the clerk's reasons stand
    }
    _move(asked, AdvanceState.CONFIRMED, Actor.MANAGER, facts)
    assert asked.amount is not None  # noqa: S101 - a constraint of the table
    asked.decided_by, asked.decided_at = by, at
    asked.payment = paying.prepare_advance(
        claimant=asked.claimant, claim_id=None, key=asked.payment_key, amount=asked.amount, by=by, at=at
    )
    asked.save()
    record("advance.approve", by=by, at=at, target=asked.claimant, after=_told(asked))
    telling.tell_claimant(
        asked.claimant,
        _("your advance was approved; it proves nothing about the final entitlement"),
        about=reference(asked),
        at=at,
    )
    return asked


@command("advance.refuse_request")
def refuse_request(*, request_id: int, reasons: str, by: User, at: datetime) -> AdvanceRequest:
    """
    Refuse an advance with reasons. It bars no claim, and no review reads it (CMP-7.3.10-a).

    :raises Refused: GEN_REASONS_REQUIRED, GEN_FOUR_EYES, GEN_BAD_TRANSITION
    """
    asked = _lock(request_id)
    facts = {
        AdvanceGuard.ANOTHER_PERSON: asked.proposed_by_id != by.pk,
        AdvanceGuard.REASONED: is_reasoned(reasons),
    }
    _move(asked, AdvanceState.REFUSED, Actor.MANAGER, facts)
    asked.decided_by, asked.decided_at, asked.decision_reasons = by, at, reasons.strip()
    asked.save()
    record("advance.refuse_request", by=by, at=at, target=asked.claimant, after=_told(asked))
    telling.tell_claimant(
        asked.claimant,
        _("your request for an advance was refused; this does not bar a claim"),
        about=reference(asked),
        at=at,
    )
    return asked


@command("advance.open_campaign")
def open_campaign(
    *, campaign_id: int, opens_on: date, closes_on: date, reason: str, by: User, at: datetime
) -> AdvanceCampaign:
    """
    Open a month for advances before a claim, or move its days, as the manager alone may (CMP-7.3.9-a).

    :raises Refused: without a reason, or when it would end before it begins
    """
    if not by.may(Action.KEEP_PROGRAMME):
        raise refuse(Code.PERMISSION_DENIED)
    campaign = AdvanceCampaign.objects.select_for_update().get(pk=campaign_id)
    if closes_on < opens_on:
        raise refuse(Code.INVALID_VALUE, "closes_on", clause="CMP-7.3.9-a")
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CMP-7.3.9-a")
    before = {"opens_on": str(campaign.opens_on), "closes_on": str(campaign.closes_on)}
    campaign.opens_on, campaign.closes_on, campaign.closed_at = opens_on, closes_on, None
    campaign.save()
    after = {"opens_on": str(opens_on), "closes_on": str(closes_on), "reason": reason.strip()}
    record("advance.open_campaign", by=by, at=at, target=campaign, before=before, after=after)
    return campaign


@command("advance.close_campaign")
def close_campaign(*, campaign_id: int, at: datetime) -> AdvanceCampaign:
    """Write down that a month's last day is over; the form asks the day itself (CMP-7.3.8-b)."""
    campaign = AdvanceCampaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.closed_at is None and campaign.closes_on is not None and campaign.closes_on < day_of(at):
        campaign.closed_at = at
        campaign.save(update_fields=["closed_at"])
        record("advance.close_campaign", by=None, at=at, target=campaign)
    return campaign


@command("advance.flag_without_claim")
def flag_without_claim(*, request_id: int, at: datetime) -> AdvanceRequest:
    """Give the clerks an advance that no claim followed: it is to be demanded back (CMP-7.3.6-a)."""
    asked = _lock(request_id)
    if asked.unfiled_since is None:
        asked.unfiled_since = day_of(at)
        asked.save(update_fields=["unfiled_since"])
        record("advance.flag_without_claim", by=None, at=at, target=asked.claimant, after=_told(asked))
        readers = User.objects.filter(role_grants__role=Role.COMPENSATION_CLERK.value)
        alerting.tell(
            readers, _("no claim followed this advance; demand it back"), number=reference(asked),
            to=f"/claims/advances/requests/{asked.pk}/", at=at, key=f"unfiled:{asked.pk}",
        )  # fmt: skip
    return asked


def is_open(campaign: AdvanceCampaign, today: date) -> bool:
    """Whether a month can be asked for; one without dates is closed."""
    return campaign.opens_on is not None and campaign.closes_on is not None and (
        campaign.opens_on <= today <= campaign.closes_on
    )  # fmt: skip


def reference(asked: AdvanceRequest) -> str:
    """What a request is called in letters."""
    return telling.reference("advance", asked.pk)


def _lock(request_id: int) -> AdvanceRequest:
    rows = AdvanceRequest.objects.select_for_update(of=["self"]).select_related(
        "claimant__programme", "claimant__customer__user", "campaign"
    )
    asked = rows.filter(pk=request_id).first()
    if asked is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return asked


def _move(asked: AdvanceRequest, to: AdvanceState, actor: Actor, facts: Mapping[AdvanceGuard, bool]) -> None:
    refuse_if(ADVANCE.refusals(ADVANCE.leading(AdvanceState(asked.state), to, actor), facts))
    asked.state = to.value


def _told(asked: AdvanceRequest) -> dict[str, object]:
    return {"request": asked.pk, "state": asked.state, "amount": str(asked.amount or ""), "town": asked.town}
