"""Who keeps the tables and figures of the CRM department, and who reads them (screens M1 to M6)."""

from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role


class Action(StrEnum):
    """What can be done on the screens of administration."""

    KEEP = "reference.keep"
    READ = "reference.read"


TABLE = MappingProxyType(
    {
        Action.KEEP: frozenset({Role.CRM_ADMIN}),
        Action.READ: frozenset({Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER}),  # the head team reads M3
    }
)
READ_AND_KEEP = MappingProxyType({"GET": Action.READ, "POST": Action.KEEP})
