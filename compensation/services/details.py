"""Demand details of the claimant, receive them, and let the clock go on (CMP-2.3-c, CMP-8.4.2-a)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, ClockStop, DetailsRequest
from ..rules.codes import ClaimState, NoticeKind
from ..rules.machines import Actor
from ..rules.states import Guard
from ..selectors.programmes import programme_on
from . import clocking, moving, notices

PROPOSED = timedelta(days=30)  # a reasonable time (CMP-4.7.1-a)


@command("claim.request_details")
def request_details(
    *,
    claim_id: int,
    by: User,
    at: datetime,
    text: str,
    due_on: date,
    wanted: Sequence[str] = (),
    version: int | None = None,
) -> DetailsRequest:
    """
    Serve a demand; from its service until the day of delivery the time is not counted.

    A further demand may be made while one is outstanding: the union of their days does not count.

    :raises Refused: when the text is missing, the day is past, or the claim is not in review
    """
    claim = moving.lock(claim_id)
    moving.current(claim, version)
    moving.held_by(claim, by)
    today = day_of(at)
    if not text.strip():
        raise refuse(Code.FIELD_REQUIRED, "text", clause="CMP-2.3-c")
    if due_on <= today:
        raise refuse(Code.INVALID_VALUE, "due_on", clause="CMP-4.7.1-a")
    request = DetailsRequest.objects.create(
        claim=claim, text=text.strip(), wanted=list(wanted), due_on=due_on, requested_by=by, requested_at=at,
        served_on=today,
    )  # fmt: skip
    ClockStop.objects.create(claim=claim, details_request=request, from_on=today)
    notices.serve(claim, NoticeKind.DETAILS_REQUEST, _("details are requested; answer by the day named"), at=at)
    programme = programme_on(today, code=claim.claimant.programme.code)
    clocking.recompute(claim, programme, today)
    if claim.state == ClaimState.IN_REVIEW.value:
        facts = {Guard.NOTICE_SERVED: True}
        moving.move(claim, ClaimState.DETAILS_REQUESTED, actor=Actor.CLERK, by=by, at=at, facts=facts)
    elif claim.state == ClaimState.DETAILS_REQUESTED.value:
        moving.write(claim, "request_details", by=by, at=at)
    else:
        moving.move(claim, ClaimState.DETAILS_REQUESTED, actor=Actor.CLERK, by=by, at=at)  # refused by the table
    return request


@command("claim.answer_details")
def answer_details(
    *, request_id: int, by: User, at: datetime, text: str, claims: Sequence[int], version: int | None = None
) -> DetailsRequest:
    """
    Keep the claimant's answer. It does not start the clock: the clerk says whether it is complete.

    `claims` are the ids the user may see. :raises Refused: OUT_OF_SCOPE, or when the answer is empty
    """
    request = _locked(request_id)
    if request.claim_id not in claims:
        raise refuse(Code.OUT_OF_SCOPE)
    moving.current(request.claim, version)
    if request.accepted_at is not None:
        raise refuse(Code.INVALID_TRANSITION, "answer", clause="CMP-8.4.2-b")
    if not text.strip() and not request.documents.filter(removed_at__isnull=True).exists():
        raise refuse(Code.FIELD_REQUIRED, "answer", clause="CMP-8.4.2-a")
    request.answer, request.answered_by, request.answered_at = text.strip(), by, at
    request.save(update_fields=["answer", "answered_by", "answered_at"])
    moving.write(request.claim, "answer_details", by=by, at=at)
    record("claim.answer_details", by=by, at=at, target=request.claim)
    return request


@command("claim.accept_details")
def accept_details(*, request_id: int, by: User, at: datetime, version: int | None = None) -> DetailsRequest:
    """
    Find the answer complete: the time counts again from the day on which it was delivered.

    The claim goes on in review when nothing else is outstanding.

    :raises Refused: when nothing was answered, or somebody else reviews the claim
    """
    request = _locked(request_id)
    claim = request.claim
    moving.current(claim, version)
    moving.held_by(claim, by)
    if request.accepted_at is not None or request.answered_at is None:
        raise refuse(Code.INVALID_TRANSITION, "answer", clause="CMP-8.4.2-b")
    return deliver(request, by=by, at=at)


def deliver(request: DetailsRequest, *, by: User, at: datetime) -> DetailsRequest:
    """What was asked is complete since the day of its answer; the claim is locked."""
    claim = request.claim
    assert request.answered_at is not None  # noqa: S101 - asked before
    request.accepted_by, request.accepted_at, request.delivered_on = by, at, day_of(request.answered_at)
    request.save(update_fields=["accepted_by", "accepted_at", "delivered_on"])
    ClockStop.objects.filter(details_request=request).update(until_on=request.delivered_on)
    if not claim.details_requests.filter(accepted_at__isnull=True).exists():
        facts = {Guard.DETAILS_COMPLETE: True}
        moving.move(claim, ClaimState.IN_REVIEW, actor=Actor.CLERK, by=by, at=at, facts=facts)
    else:
        moving.write(claim, "accept_details", by=by, at=at)
    today = day_of(at)
    clocking.recompute(claim, programme_on(today, code=claim.claimant.programme.code), today)
    return request


def _locked(request_id: int) -> DetailsRequest:
    claim_id = DetailsRequest.objects.filter(pk=request_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim: Claim = moving.lock(claim_id)
    request = DetailsRequest.objects.get(pk=request_id)
    request.claim = claim
    return request
