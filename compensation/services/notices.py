"""
Serve a notice on the claimant: by e-mail and SMS, to the addresses he keeps up to date (CMP-8.10-a).

Filing online is consent to be served so. A notice is served when it left for an address from which it does not come
back; deadlines start there.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.files.models import StoredFile
from crm_portal.files.services.issuing import issue
from crm_portal.letters.content import Letter
from crm_portal.letters.typesetting import pdf
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.reports import Outcome
from crm_portal.messaging.rules.states import DeliveryState, MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User

from ..letters.notices import of_kind
from ..models import Claim, ClerkTask, Decision, Notice
from ..rules.codes import ClerkTaskKind, NoticeKind


def serve(
    claim: Claim,
    kind: NoticeKind,
    title: Promise | str,
    *,
    at: datetime,
    decision: Decision | None = None,
    letter: Letter | None = None,
) -> Notice:
    """
    Write the notice with its letter and queue its messages, in the transaction of what it tells of.

    A message says what the notice is and where to read it, never what is in it.
    """
    notice = Notice(claim=claim, kind=kind.value, decision=decision, created_at=at)
    notice.letter = _kept(letter or of_kind(kind, claim, decision, at), claim, kind, at)
    with translation.override(language_of(claim)):
        notice.title = str(title)
    notice.save()
    notice.email = _queue(notice, MessageChannel.EMAIL, claim.claimant.email, at=at)
    notice.sms = _queue(notice, MessageChannel.SMS, claim.claimant.mobile, at=at)
    notice.save(update_fields=["email", "sms"])
    first = notice.email or notice.sms
    if first is not None and first.state == DeliveryState.FAILED.value:
        _bounce(notice, at=at)
    return notice


def hear(message: Notification, at: datetime) -> None:
    """Keep what became of a notice's message: it was handed over, or given up."""
    if message.kind != Kind.CLAIM_NOTICE.value:
        return
    notice = _of_message(message.pk)
    if notice is None:
        return
    if message.state == DeliveryState.FAILED.value:
        if message.pk == (notice.email_id or notice.sms_id):
            _bounce(notice, at=at)
    elif message.pk == notice.email_id or notice.email_id is None or notice.bounced_at is not None:
        notice.sent_at = notice.sent_at or at
        notice.save(update_fields=["sent_at"])


def hear_report(message: Notification, outcome: Outcome, at: datetime) -> None:
    """
    Keep what the provider reported of a notice's message: it arrived, or came back.

    What came back served nothing: the deadline starts with the second try (CMP-8.10-a).
    """
    if message.kind != Kind.CLAIM_NOTICE.value:
        return
    notice = _of_message(message.pk)
    if notice is None:
        return
    if outcome is Outcome.DELIVERED:
        notice.delivered_at = notice.delivered_at or at
        notice.save(update_fields=["delivered_at"])
    elif message.pk == (notice.email_id or notice.sms_id):
        _bounce(notice, at=at)
    elif message.pk == notice.second_sms_id and notice.sent_at is not None:
        notice.sent_at = None  # the clerk's task of the first bounce looks for another address
        notice.save(update_fields=["sent_at"])


@command("notice.open", target="notice_id")
def open_letter(*, notice_id: int, claims: list[int], by: User, at: datetime) -> Notice:
    """
    Note that the claimant opened a notice in his area; whatever became of the messages, he has it.

    :raises Refused: OUT_OF_SCOPE unless it is of one of the claims
    """
    notice = Notice.objects.select_for_update().filter(pk=notice_id, claim__in=claims).first()
    if notice is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if notice.read_at is None:
        notice.read_at, notice.delivered_at = at, notice.delivered_at or at
        notice.save(update_fields=["read_at", "delivered_at"])
        record("notice.open", by=by, at=at, target=notice.claim, after={"notice": notice.pk})
    return notice


@command("notice.do_task", target="task_id")
def do_task(*, task_id: int, outcome: str, by: User, at: datetime) -> ClerkTask:
    """
    Say what was done about a task.

    :raises Refused: OUT_OF_SCOPE, FIELD_REQUIRED without words, INVALID_TRANSITION when it is done
    """
    task = ClerkTask.objects.select_for_update(of=["self"]).select_related("claim").filter(pk=task_id).first()
    if task is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if not outcome.strip():
        raise refuse(Code.FIELD_REQUIRED, "outcome", clause="CMP-8.10-a")
    if task.done_at is not None:
        raise refuse(Code.INVALID_TRANSITION, "outcome", clause="CMP-8.10-a")
    task.done_by, task.done_at, task.outcome = by, at, outcome.strip()
    task.save(update_fields=["done_by", "done_at", "outcome"])
    record("notice.do_task", by=by, at=at, target=task.claim, after={"task": task.pk})
    return task


def language_of(claim: Claim) -> str:
    """The language the claimant reads."""
    user = claim.claimant.customer.user
    return user.language if user is not None else settings.LANGUAGE_CODE


def _kept(letter: Letter | None, claim: Claim, kind: NoticeKind, at: datetime) -> StoredFile | None:
    if letter is None:
        return None
    name = f"{claim.number}-{kind.value.lower().replace('_', '-')}.pdf"
    return issue(name=name, content=pdf(letter), at=at)


def _of_message(message_id: UUID) -> Notice | None:
    mine = Q(email=message_id) | Q(sms=message_id) | Q(second_sms=message_id)
    rows = Notice.objects.select_for_update(of=["self"]).select_related("claim__claimant__customer__user")
    return rows.filter(mine).first()


def _bounce(notice: Notice, *, at: datetime) -> None:
    """Try a second time by SMS, and let a clerk find another address; once a notice."""
    if notice.bounced_at is not None:
        return
    notice.bounced_at, notice.sent_at = at, None
    notice.second_sms = _queue(notice, MessageChannel.SMS, notice.claim.claimant.mobile, at=at, again="again")
    notice.save(update_fields=["bounced_at", "sent_at", "second_sms"])
    ClerkTask.objects.get_or_create(
        notice=notice, kind=ClerkTaskKind.NOTICE_BOUNCED.value, defaults={"claim": notice.claim, "created_at": at}
    )


def _page_of(notice: Notice) -> str:
    """Where it is read: the letter, where there is one; else the claimant's page of the objection or the claim."""
    if notice.letter_id is None:
        page = "objections:own" if notice.kind == NoticeKind.OBJECTION_RECEIPT.value else "compensation:own_claim"
        return reverse(page, args=[notice.claim.number])
    return reverse("objections:own_letter", args=[notice.claim.number, notice.pk])


def _queue(
    notice: Notice, channel: MessageChannel, address: str, *, at: datetime, again: str = ""
) -> Notification | None:
    if not address:
        return None
    claim = notice.claim
    words = {
        "number": claim.number,
        "title": notice.title,
        "link": f"{settings.PORTAL_URL}{_page_of(notice)}",
    }
    subject, body = render(Kind.CLAIM_NOTICE, language_of(claim), words, channel=channel)
    return outbox.put(
        Kind.CLAIM_NOTICE.value,
        channel=channel,
        address=address,
        subject=subject,
        body=body,
        dedupe_key=":".join(filter(None, ("claim-notice", str(notice.pk), channel.value, again))),
        about=claim.number,
        at=at,
    )
