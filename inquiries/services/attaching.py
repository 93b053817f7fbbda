"""Files on an inquiry: adding, describing, opening. None is ever replaced or deleted (CRM-2-d)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.files.labels import failure
from crm_portal.files.rules.states import SanitisationState
from crm_portal.files.services.receiving import receive
from crm_portal.people.models import User
from crm_portal.people.rules.roles import VerificationMethod

from ..models import Attachment, Inquiry, Message
from ..rules.codes import AttachmentDirection, HistoryEvent
from ..rules.fields import is_filled
from ..selectors import visibility
from . import moving, own_name
from .history import Before, record


@command("inquiry.attach", target="inquiry_id")
def attach(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    upload: UploadedFile | None,
    show_on_internet: bool | None,
    note: str,
    version: int | None = None,
) -> Attachment:
    """
    Add an employee's file with a note and an explicit choice whether the customer sees it (CRM-5.1.3-a).

    :raises Refused: when a field is missing, the inquirer was not identified, or the file cannot be received
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-2.1.2-a")
    moving.owned(inquiry, by, version)
    given = {"files": upload, "show_on_internet": show_on_internet, "note": note}
    if missing := tuple(name for name, value in given.items() if not is_filled(value)):
        raise refuse(Code.FIELD_REQUIRED, *missing, clause="CRM-5.1.3-a")
    assert upload is not None  # noqa: S101 - refused above
    [attachment] = take(
        inquiry,
        [upload],
        direction=AttachmentDirection.OUTBOUND,
        by=by,
        at=at,
        show_on_internet=bool(show_on_internet),
        notes=note,
    )
    moving.touch(inquiry, at)
    return attachment


@command("attachment.edit", target="attachment_id")
def edit_attachment(
    *, attachment_id: int, by: User, at: datetime, show_on_internet: bool, note: str, version: int | None = None
) -> Attachment:
    """
    Change the internal note and whether the customer sees the file; never its content (CRM-5.1.2-a, CRM-4.5-c).

    :raises Refused: unless by the owner, or after closing by a member of the last handling team; STALE_VERSION when
        somebody else edited it since it was read
    """
    inquiry = moving.lock(_visible_attachment(attachment_id, by).inquiry_id)
    attachment = _visible_attachment(attachment_id, by)  # as the edit that held the lock left it
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        if inquiry.handling_team_id not in visibility.team_ids(by):
            raise refuse(Code.INQUIRY_CLOSED, clause="CRM-4.5-c")
    else:
        moving.owned(inquiry, by, None)
    if version is not None and version != attachment.version:
        raise refuse(Code.STALE_VERSION, clause="CRM-4.5-c", version=attachment.version)
    was = {"show_on_internet": attachment.show_on_internet, "notes": attachment.notes}
    if note != attachment.notes:
        attachment.notes, attachment.notes_by_name, attachment.notes_at = note, str(by), at
    attachment.show_on_internet = show_on_internet
    attachment.version += 1
    attachment.save(update_fields=["show_on_internet", "notes", "notes_by_name", "notes_at", "version"])
    recording.record(
        "attachment.edit", by=by, at=at, target=inquiry, before=was,
        after={"show_on_internet": show_on_internet, "notes": note, **_named(attachment)},
    )  # fmt: skip
    moving.touch(inquiry, at)
    return attachment


@command("attachment.open", target="attachment_id")
def open_attachment(*, attachment_id: int, by: User, at: datetime) -> Attachment:
    """
    Open a clean file for somebody who may see it, and write that he did (CRM-4.5-d, CRM-2-b).

    :raises Refused: OUT_OF_SCOPE, FILE_PENDING while it is checked, FILE_REJECTED when it failed
    """
    attachment = _visible_attachment(attachment_id, by)
    if attachment.file.state == SanitisationState.PENDING.value:
        raise refuse(Code.FILE_PENDING, "files", clause="CRM-4.5-d")
    if attachment.file.state == SanitisationState.FAILED.value:
        reason = failure(attachment.file.failure)
        raise refuse(Code.FILE_REJECTED, "files", name=attachment.file.name, reason=reason)
    inbound = attachment.direction == AttachmentDirection.INBOUND.value
    if inbound and attachment.opened_at is None and visibility.may_handle(by, attachment.inquiry):
        attachment.opened_at = at
        attachment.save(update_fields=["opened_at"])
    recording.record_read("attachment.open", by=by, at=at, target=attachment.inquiry, what=_named(attachment))
    return attachment


def _named(attachment: Attachment) -> dict[str, object]:
    """The file as the events of its inquiry name it."""
    return {"file": {"id": attachment.pk, "name": attachment.file.name}}


def take(
    inquiry: Inquiry,
    uploads: Sequence[UploadedFile],
    *,
    direction: AttachmentDirection,
    by: User | None,
    at: datetime,
    message: Message | None = None,
    show_on_internet: bool = True,
    notes: str = "",
) -> list[Attachment]:
    """
    Receive files onto a locked inquiry, all of them or none; each is a step of the history.

    :raises Refused: FILE_REJECTED for what is seen at once; CUSTOMER_NOT_VERIFIED for a file to somebody unidentified;
        OWN_NAME_ABOUT_CLIENT or RE_POA_CHECK_REQUIRED for one to a representative about somebody else
    """
    unidentified = inquiry.verification_method == VerificationMethod.NONE.value
    if uploads and direction is AttachmentDirection.OUTBOUND and unidentified:
        raise refuse(Code.CUSTOMER_NOT_VERIFIED, "files", clause="CRM-2.2.1-b")
    if uploads and direction is AttachmentDirection.OUTBOUND:
        own_name.refuse_if_marked(inquiry)
    attached = []
    for upload in uploads:
        attachment = Attachment.objects.create(
            inquiry=inquiry,
            message=message,
            file=receive(upload=upload, by=by, at=at),
            direction=direction.value,
            show_on_internet=show_on_internet,
            notes=notes,
            notes_by_name=str(by) if notes else "",
            notes_at=at if notes else None,
            attached_by=by,
            attached_by_name=str(by or inquiry.inquirer_name),
            attached_at=at,
        )
        record(
            inquiry, HistoryEvent.ATTACHMENT, action="attachment.add", by=by, at=at, before=Before.of(inquiry),
            attachment=attachment, message=message,
        )  # fmt: skip
        attached.append(attachment)
    return attached


def _visible_attachment(attachment_id: int, by: User) -> Attachment:
    found = Attachment.objects.select_related("file", "inquiry__triplet").filter(pk=attachment_id).first()
    hidden = found is None or not visibility.may_see(by, found.inquiry)
    if found is None or hidden or not (by.is_employee or found.show_on_internet):
        raise refuse(Code.OUT_OF_SCOPE)
    return found
