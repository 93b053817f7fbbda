"""Which role may do what on the pages that belong to no app (CRM specification, 4.2)."""

from enum import StrEnum

from crm_portal.messaging.rules.access import AnnouncementAction
from crm_portal.people.rules.access import EMPLOYEES
from crm_portal.people.rules.roles import Role


class OutboxAction(StrEnum):
    """What can be done with the messages that the portal sends."""

    READ = "outbox.read"
    RETRY = "outbox.retry"


# A code that waits to be sent is not shown to them either: see the page.
TABLE = {
    OutboxAction.READ: frozenset({Role.CRM_ADMIN}),
    OutboxAction.RETRY: frozenset({Role.CRM_ADMIN}),
    AnnouncementAction.READ: EMPLOYEES,
    AnnouncementAction.PUBLISH: frozenset({Role.CRM_ADMIN}),
}
