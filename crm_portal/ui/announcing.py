"""What an employee has not read of the announcements; asked once for a page, for its banner and its bell."""

from crm_portal.messaging.models import Announcement
from crm_portal.messaging.rules.access import AnnouncementAction
from crm_portal.messaging.selectors.announcements import unread_of
from crm_portal.people.models import User

MOST = 20  # more are not counted


def unread_announcements(user: User) -> list[Announcement]:
    """The newest unread; kept with the request's user."""
    if (known := user.__dict__.get("_unread_announcements")) is None:
        is_for_him = user.may(AnnouncementAction.READ)  # a licensee's people are not the authority's
        known = user.__dict__["_unread_announcements"] = list(unread_of(user)[:MOST]) if is_for_him else []
    return known
