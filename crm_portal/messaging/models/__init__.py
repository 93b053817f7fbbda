from .announcements import Announcement, AnnouncementRead
from .notifications import Notification

__all__ = ["Announcement", "AnnouncementRead", "Notification"]
