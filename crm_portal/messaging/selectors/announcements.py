"""Announcements of improvements and changes, and who has read them (CRM-8-c)."""

from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from ..models import Announcement, AnnouncementRead

if TYPE_CHECKING:
    from crm_portal.people.models import User

SHOWN: Final = 100


def unread_of(user: "User") -> QuerySet[Announcement]:
    """What this user has not read, newest first; also what was published before he came."""
    read = AnnouncementRead.objects.filter(announcement=OuterRef("pk"), user=user)
    return Announcement.objects.filter(~Exists(read))


def announcements_for(user: "User") -> QuerySet[Announcement]:
    """The latest, each with whether this user has read it (`is_read`) and by how many it was read (`readers`)."""
    read = AnnouncementRead.objects.filter(announcement=OuterRef("pk"), user=user)
    rows = Announcement.objects.annotate(is_read=Exists(read), readers=Count("reads")).select_related("published_by")
    return rows.order_by("-published_at", "-pk")[:SHOWN]


def receipts_of(announcement: Announcement) -> QuerySet[AnnouncementRead]:
    """Who has read it, the latest first."""
    return announcement.reads.select_related("user").order_by("-read_at", "-pk")
