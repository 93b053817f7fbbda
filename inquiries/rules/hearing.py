"""Who may hear the recorded calls of an inquiry (CRM-2.1.6-b)."""

from dataclasses import dataclass

from crm_portal.people.rules.roles import Role

from .access import TABLE, Action

OF_THE_CENTRE = TABLE[Action.PLAY_RECORDING] - {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Call:
    """What decides: the inquiry was opened by phone at an information centre, and is it the listener's own."""

    is_phone: bool
    is_at_a_centre: bool
    is_of_listeners_centre: bool


def may_hear(roles: frozenset[Role], call: Call) -> bool:
    """The centre's operators and managers, and the auditor; nobody else."""
    if not (call.is_phone and call.is_at_a_centre):
        return False
    return Role.AUDITOR in roles or (call.is_of_listeners_centre and not OF_THE_CENTRE.isdisjoint(roles))
