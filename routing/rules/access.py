"""Which roles may do what in routing; who keeps or reads its tables, in `crm_portal.administration`."""

from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role


class Action(StrEnum):
    """What somebody may want to do with routing."""

    WHAT_IF = "routing.what_if"


ALLOWED = MappingProxyType(
    {
        Action.WHAT_IF: frozenset(  # CRM-7-q, screen M3; coordinators and above may see why (CRM-7-a)
            {
                Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER, Role.COORDINATOR, Role.CRM_TRUSTEE, Role.OFFICE_MANAGER,
                Role.DEPUTY_MANAGER,
            }
        ),
    }
)  # fmt: skip
