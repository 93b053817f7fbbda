"""Publish an announcement, and sign that it was read (CRM-8-c)."""

from datetime import datetime
from typing import TYPE_CHECKING

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, refuse, refuse_if

from ..models import Announcement, AnnouncementRead
from ..rules.access import AnnouncementAction

if TYPE_CHECKING:
    from crm_portal.people.models import User

LENGTHS = {"title": 120, "version": 20}


@command("announcement.publish")
def publish(*, by: "User", at: datetime, title: str, text: str, version: str = "") -> Announcement:
    """
    Tell all employees of an improvement or a change; each sees it at his next entry until he has read it.

    :raises Refused: PERMISSION_DENIED, FIELD_REQUIRED without a title or a text, INVALID_VALUE for one that is too long
    """
    if not by.may(AnnouncementAction.PUBLISH):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-8-c")
    given = {"title": title.strip(), "text": text.strip(), "version": version.strip()}
    if empty := tuple(name for name in ("title", "text") if not given[name]):
        raise refuse(Code.FIELD_REQUIRED, *empty, clause="CRM-8-c")
    refuse_if(
        Refusal(Code.INVALID_VALUE, (name,), {"because": "too_long", "most": most}, "CRM-8-c")
        for name, most in LENGTHS.items()
        if len(given[name]) > most
    )
    announcement = Announcement.objects.create(**given, published_at=at, published_by=by)
    record("announcement.publish", by=by, at=at, target=announcement, after={"version": announcement.version})
    return announcement


@command("announcement.read", target="announcement_id")
def mark_read(*, announcement_id: int, by: "User", at: datetime) -> AnnouncementRead:
    """
    Sign that one has read it; a second time does nothing.

    :raises Refused: PERMISSION_DENIED, OUT_OF_SCOPE when there is none
    """
    if not by.may(AnnouncementAction.READ):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-8-c")
    if not Announcement.objects.filter(pk=announcement_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    receipt, is_new = AnnouncementRead.objects.get_or_create(
        announcement_id=announcement_id, user=by, defaults={"read_at": at}
    )
    if is_new:
        record("announcement.read", by=by, at=at, target=receipt.announcement)
    return receipt
