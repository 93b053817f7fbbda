"""Send one-time codes, and take them back."""

import secrets
from datetime import datetime

from django.db import transaction

from crm_portal.audit.context import origin
from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, refuse_if
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render

from ..models import OneTimeCode, User
from ..rules import one_time_codes as rules
from ..rules.one_time_codes import CodePurpose


@command("one_time_code.send")
def send(
    *,
    purpose: CodePurpose,
    subject: str,
    channel: MessageChannel,
    address: str,
    by: User | None,
    at: datetime,
    language: str = "he",
    kind: Kind = Kind.REGISTRATION_CODE,
) -> OneTimeCode:
    """
    Make a code for the person known by `subject` and queue it to the address.

    `kind` is the text of a code that confirms an address. Without an address the same is done and nothing is sent,
    so that an answer and its time tell a stranger nothing.

    :raises Refused: CODE_TOO_SOON or TOO_MANY_ATTEMPTS when codes were sent a moment ago or too often
    """
    _refuse_too_many(purpose, subject, at)
    digits = f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}d}"
    code = OneTimeCode.objects.create(
        purpose=purpose.value,
        subject=subject,
        address=address,
        origin=origin().address,
        code_hash=OneTimeCode.hashed(subject, digits),
        created_at=at,
        expires_at=at + rules.VALID_FOR,
    )
    with transaction.atomic():
        words_of = Kind.SIGN_IN_CODE if purpose is CodePurpose.SIGN_IN else kind
        _queue(code, words_of, channel, address or "nobody", digits, at, language)
        if not address:
            transaction.set_rollback(True)
    record("one_time_code.send", by=by, at=at, target=code, after={"purpose": purpose.value, "subject": subject})
    return code


@transaction.atomic
def redeem(*, code_id: int, subject: str, typed: str, at: datetime) -> Refusal | None:
    """
    Use a code up; a wrong try is counted. Gives why it was refused, and does not raise: the count must stay.

    The caller writes the audit: what the code was for is its matter.
    """
    code = OneTimeCode.objects.select_for_update().filter(pk=code_id, subject=subject).first()
    if code is None:
        return Refusal(Code.CODE_EXPIRED, ("code",))
    digits = "".join(typed.split())
    refusal = rules.refusal(
        at=at, expires_at=code.expires_at, used_at=code.used_at, tries=code.tries, is_right=code.is_right(digits)
    )
    if refusal is None:
        code.used_at = at
    elif refusal.code == Code.CODE_WRONG:
        code.tries += 1
    code.save(update_fields=["used_at", "tries"])
    return refusal


def _refuse_too_many(purpose: CodePurpose, subject: str, at: datetime) -> None:
    with_this = OneTimeCode.objects.recent(at)
    times = with_this.filter(purpose=purpose.value, subject=subject).order_by("created_at")
    address = origin().address
    from_address = with_this.filter(origin=address).count() if address else 0
    sent = list(times.values_list("created_at", flat=True))
    refuse_if(filter(None, [rules.sending_refusal(at=at, for_person=sent, from_address=from_address)]))


def _queue(
    code: OneTimeCode, kind: Kind, channel: MessageChannel, address: str, digits: str, at: datetime, language: str
) -> None:
    words = {"code": digits, "minutes": int(rules.VALID_FOR.total_seconds() // 60)}
    subject, body = render(kind, language, words, channel=channel)
    outbox.put(
        kind.value,
        channel=channel,
        address=address,
        subject=subject,
        body=body,
        dedupe_key=f"{rules.MESSAGE_KEY}:{code.pk}",
        at=at,
        is_secret=True,
    )
