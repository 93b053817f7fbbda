"""Who may do what in the credit-data service (credit-data specification, 12.1); `creditdata.apps` registers it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role

from .vital import APPROVERS, AT_LICENSEE, AT_REGISTRAR


class Action(StrEnum):
    """What a person can ask of the credit-data service; a page names one of these."""

    VIEW_PROPOSALS = "dual_control.view"  # one's own, and as an approver those of one's place; withdraw one's own
    DECIDE_PROPOSALS = "dual_control.decide"
    VIEW_MEMBERS = "credit_member.view"
    PROPOSE_MEMBERS = "credit_member.propose"  # giving and taking a role
    TAKE_IN = "credit_batch.take_in"  # see the batches of one's licensee, hand in a file, get what was not taken
    SEND = "credit_batch.send"  # over the API, for one's licensee or source, and read what became of it
    VIEW_LATE = "supply_late.view"  # the Registrar: every supply that is late
    VIEW_SUBJECT = "credit_subject.view"  # the file of a subject, for a stated purpose
    READ_ACCESS_LOG = "access_log.read"
    VIEW_SETTINGS = "credit_setting.view"
    PROPOSE_SETTINGS = "credit_setting.propose"
    VIEW_EXEMPTIONS = "exemption.view"
    PROPOSE_EXEMPTIONS = "exemption.propose"


PROPOSERS = frozenset().union(*(row.proposers for row in (*AT_LICENSEE.values(), *AT_REGISTRAR.values())))
KEEPERS_OF_MEMBERS = frozenset({Role.LICENSEE_SECURITY, Role.REGISTRAR_OFFICER})
OFFICERS = frozenset({Role.REGISTRAR_OFFICER})
REGISTRAR = OFFICERS | {Role.REGISTRAR_APPROVER}

TABLE: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.VIEW_PROPOSALS: PROPOSERS | APPROVERS,
        Action.DECIDE_PROPOSALS: APPROVERS,
        Action.VIEW_MEMBERS: KEEPERS_OF_MEMBERS | APPROVERS,
        Action.PROPOSE_MEMBERS: KEEPERS_OF_MEMBERS,
        Action.TAKE_IN: frozenset({Role.LICENSEE_INTAKE}),
        Action.SEND: frozenset({Role.LICENSEE_INTAKE, Role.SOURCE_INTEGRATOR}),
        Action.VIEW_LATE: REGISTRAR,
        Action.VIEW_SUBJECT: frozenset({Role.LICENSEE_RECORDS, Role.LICENSEE_REQUESTS}),
        Action.READ_ACCESS_LOG: KEEPERS_OF_MEMBERS,
        Action.VIEW_SETTINGS: REGISTRAR,
        Action.PROPOSE_SETTINGS: OFFICERS,
        Action.VIEW_EXEMPTIONS: REGISTRAR | {Role.LICENSEE_SECURITY},
        Action.PROPOSE_EXEMPTIONS: OFFICERS,
    }
)
