"""Who may choose which triplets (CRM-7-l, CRM-7-n)."""

from collections.abc import Collection
from types import MappingProxyType

from crm_portal.errors import Code, Refusal
from crm_portal.people.rules.roles import Role

from .codes import InternalCase

HANDLERS = frozenset(
    {
        Role.HANDLER, Role.INFO_CENTRE_OPERATOR, Role.NATIONAL_UNIT_HANDLER, Role.HQ_PROFESSIONAL, Role.COORDINATOR,
        Role.CRM_TRUSTEE, Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER, Role.HEAD_TEAM_MEMBER,
    }
)  # fmt: skip
# CRM-7-n case 1 names trustee, coordinator and manager; 4.2 gives the head team every internal triplet.
DECIDERS = frozenset(
    {Role.COORDINATOR, Role.CRM_TRUSTEE, Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER, Role.HEAD_TEAM_MEMBER}
)
WHO_CHOOSES_INTERNAL = MappingProxyType(
    {"": HANDLERS, InternalCase.PROCESS_QUESTION.value: HANDLERS, InternalCase.UNDECIDED.value: DECIDERS}
)


def internal_cases(roles: Collection[Role]) -> frozenset[str]:
    """The kinds of internal triplet that somebody with these roles may choose; "" is the ordinary HQ triplet."""
    return frozenset(case for case, allowed in WHO_CHOOSES_INTERNAL.items() if not allowed.isdisjoint(roles))


def refusals(
    *, is_active: bool, is_internal: bool, internal_case: str, roles: Collection[Role], is_employee: bool
) -> list[Refusal]:
    """Why this person may not choose the triplet for an inquiry; nothing when he may."""
    if is_internal and not is_employee:
        return [Refusal(Code.TRIPLET_INTERNAL, ("triplet",), clause="CRM-7-l")]
    if not is_active:
        return [Refusal(Code.TRIPLET_INVALID, ("triplet",), clause="CRM-4.1-b")]
    if is_internal and internal_case not in internal_cases(roles):
        return [Refusal(Code.PERMISSION_DENIED, ("triplet",), clause="CRM-7-n")]
    return []
