"""Which roles may do what in routing (4.2, CRM-7-a, CRM-7-q, screen M3)."""

from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role

_COORDINATOR_AND_UP = frozenset({Role.COORDINATOR, Role.CRM_TRUSTEE, Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER})


class Action(StrEnum):
    """What somebody may want to do with routing."""

    VIEW_TABLES = "routing.view_tables"
    EDIT_TABLES = "routing.edit_tables"
    WHAT_IF = "routing.what_if"
    EXPLAIN = "routing.explain"  # the reasons of the decision, on the inquiry


ALLOWED = MappingProxyType(
    {
        Action.VIEW_TABLES: frozenset({Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER}),
        Action.EDIT_TABLES: frozenset({Role.CRM_ADMIN}),
        Action.WHAT_IF: _COORDINATOR_AND_UP | {Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER},
        Action.EXPLAIN: _COORDINATOR_AND_UP | {Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER, Role.AUDITOR},
    }
)
