"""Serve a notice on the claimant: by e-mail and SMS, to the addresses he keeps up to date (CMP-8.10-a)."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from crm_portal.files.models import StoredFile
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render

from ..models import Claim, Decision, Notice
from ..rules.codes import NoticeKind


def serve(
    claim: Claim,
    kind: NoticeKind,
    title: Promise | str,
    *,
    at: datetime,
    decision: Decision | None = None,
    letter: StoredFile | None = None,
) -> Notice:
    """
    Write the notice and queue its messages, in the transaction of what it tells of.

    A message says what the notice is and where to read it, never what is in it.
    """
    notice = Notice(claim=claim, kind=kind.value, decision=decision, letter=letter, created_at=at, sent_at=at)
    with translation.override(language_of(claim)):
        notice.title = str(title)
    notice.save()
    notice.email = _queue(notice, MessageChannel.EMAIL, claim.claimant.email, at=at)
    notice.sms = _queue(notice, MessageChannel.SMS, claim.claimant.mobile, at=at)
    notice.save(update_fields=["email", "sms"])
    return notice


def language_of(claim: Claim) -> str:
    """The language the claimant reads."""
    user = claim.claimant.customer.user
    return user.language if user is not None else settings.LANGUAGE_CODE


def _queue(notice: Notice, channel: MessageChannel, address: str, *, at: datetime) -> Notification | None:
    if not address:
        return None
    claim = notice.claim
    words = {
        "number": claim.number,
        "title": notice.title,
        "link": f"{settings.PORTAL_URL}/compensation/claims/{claim.number}/",
    }
    subject, body = render(Kind.CLAIM_NOTICE, language_of(claim), words, channel=channel)
    return outbox.put(
        Kind.CLAIM_NOTICE.value,
        channel=channel,
        address=address,
        subject=subject,
        body=body,
        dedupe_key=f"claim-notice:{notice.pk}:{channel.value}",
        about=claim.number,
        at=at,
    )
