"""What can be done with announcements; who may, `crm_portal.ui` says, where the roles are known."""

from enum import StrEnum


class AnnouncementAction(StrEnum):
    """Announcements of improvements and changes to all employees (CRM-8-c)."""

    READ = "announcement.read"
    PUBLISH = "announcement.publish"
