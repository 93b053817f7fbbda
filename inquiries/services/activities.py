"""E-mails, SMS and phone calls on an inquiry: no answers, so no status and no counter changes (5.1.4, CRM-5.1.4-b)."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.files.labels import failure
from crm_portal.files.rules.states import SanitisationState
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Activity, Attachment, Inquiry
from ..rules.addressing import Party
from ..rules.codes import ActivityKind, AttachmentDirection
from ..rules.fields import is_filled
from ..rules.guards import JUDGE, Guard
from ..selectors.recipients import Recipient, reached_by, recipients_of
from . import judging, moving, phrases

SCHEME = "activity"  # of `messaging.recipients`
SUBJECT_LONGEST, SMS_LONGEST, TEXT_LONGEST = 150, 480, 20_000
BYTES_IN_MB = 1024 * 1024


@command("activity.send_email", target="inquiry_id")
def send_email(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    subject: str,
    text: str,
    party: str = "",
    to: Sequence[str] = (),
    file_ids: Sequence[int] = (),
    version: int | None = None,
) -> Activity:
    """
    Send an e-mail to a registered person, with files of this inquiry that are clean and shown on the internet.

    `party` chooses among who may be written to (the inquirer unless named); an address in `to` is good only when it is
    the registered one.

    :raises Refused: ADDRESS_NOT_REGISTERED, FIELD_REQUIRED, INVALID_VALUE, FORBIDDEN_PHRASE, FILE_PENDING,
        CUSTOMER_NOT_VERIFIED for files
    """
    inquiry = _writable(inquiry_id, by, version)
    recipient = _recipient(inquiry, MessageChannel.EMAIL, party, to)
    _said({"subject": (subject, SUBJECT_LONGEST), "text": (text, TEXT_LONGEST)})
    phrases.refuse_forbidden(subject, field="subject")
    phrases.refuse_forbidden(text)
    files = _files(inquiry, recipient, file_ids)
    activity = _put(
        inquiry, recipient, ActivityKind.EMAIL, Kind.ACTIVITY_EMAIL, MessageChannel.EMAIL, subject=subject, text=text,
        files=files, by=by, at=at,
    )  # fmt: skip
    activity.files.set(files)
    return activity


@command("activity.send_sms", target="inquiry_id")
def send_sms(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    text: str,
    party: str = "",
    to: Sequence[str] = (),
    version: int | None = None,
) -> Activity:
    """
    Send an SMS, text and links only, to a registered mobile.

    :raises Refused: ADDRESS_NOT_REGISTERED, FIELD_REQUIRED, FORBIDDEN_PHRASE, INVALID_VALUE when it is too long
    """
    inquiry = _writable(inquiry_id, by, version)
    recipient = _recipient(inquiry, MessageChannel.SMS, party, to)
    _said({"text": (text, SMS_LONGEST)})
    phrases.refuse_forbidden(text)
    return _put(
        inquiry, recipient, ActivityKind.SMS, Kind.ACTIVITY_SMS, MessageChannel.SMS, subject="", text=text, files=(),
        by=by, at=at,
    )  # fmt: skip


@command("activity.record_call", target="inquiry_id")
def record_call(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    took_place_at: datetime | None,
    summary: str,
    direction: str = AttachmentDirection.OUTBOUND.value,
    version: int | None = None,
) -> Activity:
    """
    Put a phone call on record: when it took place, who called whom, what was said (CRM-6.7-a).

    :raises Refused: FIELD_REQUIRED, INVALID_VALUE for a time to come or before the inquiry
    """
    inquiry = _owned(inquiry_id, by, version)
    if took_place_at is None:
        raise refuse(Code.FIELD_REQUIRED, "took_place_at", clause="CRM-6.7-a")
    _said({"summary": (summary, TEXT_LONGEST)})
    opened = inquiry.opened_at
    if took_place_at > at or (opened is not None and day_of(took_place_at) < day_of(opened)):
        raise refuse(Code.INVALID_VALUE, "took_place_at", clause="CRM-6.7-a", because="time_of_call")
    activity = Activity.objects.create(
        inquiry=inquiry, kind=ActivityKind.PHONE_CALL.value, direction=AttachmentDirection(direction).value,
        text=summary.strip(), by=by, by_name=str(by), at=took_place_at,
    )  # fmt: skip
    _noted(inquiry, activity, "activity.record_call", by=by, at=at)
    return activity


def _owned(inquiry_id: int, by: User, version: int | None) -> Inquiry:
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-3.4-a")
    moving.owned(inquiry, by, version)
    return inquiry


def _writable(inquiry_id: int, by: User, version: int | None) -> Inquiry:
    """An inquiry from which somebody may be written to; not one marked as concerning another entity (CRM-6.6-c)."""
    inquiry = _owned(inquiry_id, by, version)
    if (refusal := JUDGE[Guard.NOT_ABOUT_ANOTHER](judging.facts_of(inquiry))) is not None:
        refuse_if([refusal])
    return inquiry


def _recipient(inquiry: Inquiry, channel: MessageChannel, party: str, to: Sequence[str]) -> Recipient:
    found = reached_by(inquiry, channel)
    if party:
        found = [recipient for recipient in found if recipient.party == party]
    given = {address.strip().lower() for address in to if address.strip()}
    if not found or given - {found[0].by(channel).lower()}:
        raise refuse(Code.ADDRESS_NOT_REGISTERED, "party", clause="CRM-2.2.7-a")
    return found[0]


def _said(given: dict[str, tuple[str, int]]) -> None:
    if missing := [name for name, (text, _longest) in given.items() if not is_filled(text)]:
        raise refuse(Code.FIELD_REQUIRED, *missing, clause="CRM-5.1.4-a")
    if long := [name for name, (text, longest) in given.items() if len(text) > longest]:
        raise refuse(Code.INVALID_VALUE, *long, because="text_too_long", longest=max(given[name][1] for name in long))


def _files(inquiry: Inquiry, recipient: Recipient, file_ids: Sequence[int]) -> list[Attachment]:
    """
    The ticked files of this inquiry, in its order.

    :raises Refused: when one may not leave: hidden from the internet, not clean, to somebody not identified, too much
    """
    wanted = set(file_ids)
    if not wanted:
        return []
    if not recipient.takes_files:
        raise refuse(Code.CUSTOMER_NOT_VERIFIED, "files", clause="CRM-2.2.1-b")
    files = list(Attachment.objects.filter(inquiry=inquiry, pk__in=wanted).select_related("file"))
    if len(files) != len(wanted):
        raise refuse(Code.OUT_OF_SCOPE, "files")
    for attachment in files:
        sendable(attachment)
    if sum(attachment.file.clean_size or 0 for attachment in files) > settings.EMAIL_FILES_MAX_MB * BYTES_IN_MB:
        raise refuse(Code.INVALID_VALUE, "files", because="too_much", limit=settings.EMAIL_FILES_MAX_MB)
    return files


def sendable(attachment: Attachment) -> None:
    """
    Whether a file may leave by e-mail now.

    :raises Refused: FILE_PENDING, FILE_REJECTED, INVALID_VALUE for one hidden from the internet (CRM-4.5-c)
    """
    if attachment.file.state == SanitisationState.PENDING.value:
        raise refuse(Code.FILE_PENDING, "files", clause="CRM-5.1.4-a")
    if attachment.file.state == SanitisationState.FAILED.value:
        raise refuse(Code.FILE_REJECTED, "files", name=attachment.file.name, reason=failure(attachment.file.failure))
    if not attachment.show_on_internet:
        raise refuse(
            Code.INVALID_VALUE, "files", clause="CRM-5.1.4-a", because="hidden_file", name=attachment.file.name
        )


def _put(
    inquiry: Inquiry,
    recipient: Recipient,
    kind: ActivityKind,
    text_kind: Kind,
    channel: MessageChannel,
    *,
    subject: str,
    text: str,
    files: Sequence[Attachment],
    by: User,
    at: datetime,
) -> Activity:
    activity = Activity.objects.create(
        inquiry=inquiry, kind=kind.value, subject=subject.strip(), text=text.strip(), by=by, by_name=str(by), at=at
    )
    words = {"number": inquiry.number, "title": subject, "answer": text.strip()}
    title, body = render(text_kind, _language(inquiry, recipient), words)
    activity.notification = outbox.put(
        text_kind.value,
        channel=channel,
        address=recipient.by(channel),
        recipient=f"{SCHEME}:{activity.pk}:{recipient.party.value}",
        subject=title if channel is MessageChannel.EMAIL else "",
        body=body,
        dedupe_key=f"{SCHEME}:{activity.pk}",
        about=inquiry.number or "",
        at=at,
    )
    activity.save(update_fields=["notification"])
    named = [str(attachment.file) for attachment in files]
    _noted(inquiry, activity, f"activity.send_{kind.value}", by=by, at=at, to=recipient.party.value, files=named)
    return activity


def _noted(inquiry: Inquiry, activity: Activity, action: str, *, by: User, at: datetime, **what: object) -> None:
    """Write it down under the inquiry, whose pages drawn before are stale: a double click does it once."""
    moving.touch(inquiry, at)
    recording.record(action, by=by, at=at, target=inquiry, after={"activity": activity.pk, **what})


def _language(inquiry: Inquiry, recipient: Recipient) -> str:
    reader = inquiry.customer.user if recipient.party is Party.CUSTOMER and inquiry.customer else None
    if recipient.party is Party.REPRESENTATIVE:
        reader = inquiry.opened_by
    return reader.language if reader is not None else inquiry.contact_language or settings.LANGUAGE_CODE


def address_now(activity: Activity, party: str, channel: MessageChannel) -> str:
    """
    Where an activity may be sent at this moment, by the rules it was written under (CRM-2.2.7-b).

    :raises Refused: ADDRESS_NOT_REGISTERED, CUSTOMER_NOT_VERIFIED, or why one of its files may not leave any more
    """
    found = {recipient.party.value: recipient for recipient in recipients_of(activity.inquiry)}.get(party)
    if found is None or not found.by(channel):
        raise refuse(Code.ADDRESS_NOT_REGISTERED, clause="CRM-2.2.7-b")
    files = list(activity.files.select_related("file"))
    if files and not found.takes_files:
        raise refuse(Code.CUSTOMER_NOT_VERIFIED, clause="CRM-2.2.7-b")
    for attachment in files:
        sendable(attachment)
    return found.by(channel)
