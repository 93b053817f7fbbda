"""Which role may do what with inquiries (4.2); `inquiries.apps` registers the table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role


class Action(StrEnum):
    """What a person can ask of the inquiries; a page names one of these."""

    VIEW_LISTS = "inquiry.view_lists"
    VIEW = "inquiry.view"
    OPEN_ATTACHMENT = "inquiry.open_attachment"
    ASSIGN = "inquiry.assign"
    RELEASE = "inquiry.release"
    CHANGE_STATUS = "inquiry.change_status"  # every manual move, and saving without one
    SEND_MESSAGE = "inquiry.send_message"
    ATTACH = "inquiry.attach"
    CHANGE_TRIPLET = "inquiry.change_triplet"
    OPEN_MANUALLY = "inquiry.open_manually"
    VERIFY_CUSTOMER = "inquiry.verify_customer"
    SUPERVISE = "inquiry.supervise"  # colleagues' inquiries: release, re-assign, follow up
    VIEW_ROUTING = "inquiry.view_routing"  # why it was routed so (CRM-7-a)
    # the personal area and the representatives' network
    VIEW_OWN = "inquiry.view_own"
    OPEN_OWN = "inquiry.open_own"
    OPEN_FOR_CUSTOMER = "inquiry.open_for_customer"
    WRITE_OWN = "inquiry.write_own"
    CANCEL_OWN = "inquiry.cancel_own"


SUPERVISORS_OF_TEAM = frozenset({Role.COORDINATOR})
SUPERVISORS_OF_UNIT = frozenset({Role.CRM_TRUSTEE, Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER})
SUPERVISORS = SUPERVISORS_OF_TEAM | SUPERVISORS_OF_UNIT
HANDLERS = SUPERVISORS | {
    Role.HANDLER,
    Role.INFO_CENTRE_OPERATOR,
    Role.NATIONAL_UNIT_HANDLER,
    Role.HEAD_TEAM_MEMBER,
    Role.HQ_PROFESSIONAL,
}
VIEWERS = HANDLERS | {Role.VIEWER, Role.CRM_ADMIN, Role.AUDITOR}
SEES_ALL = frozenset({Role.CRM_ADMIN, Role.AUDITOR})  # whatever the scope of the grant says
REPRESENTATIVES = frozenset({Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE})
INQUIRERS = REPRESENTATIVES | {Role.CUSTOMER}

_HANDLING = (
    Action.ASSIGN, Action.RELEASE, Action.CHANGE_STATUS, Action.SEND_MESSAGE, Action.ATTACH, Action.CHANGE_TRIPLET,
)  # fmt: skip
# Who sees inquiries and is told VIEW_ONLY when he tries to handle one (CRM-2.2.2-a).
ONLY_VIEW: Mapping[Action, frozenset[Role]] = MappingProxyType(dict.fromkeys(_HANDLING, VIEWERS - HANDLERS))

TABLE: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.VIEW_LISTS: VIEWERS,
        Action.VIEW: VIEWERS,
        Action.OPEN_ATTACHMENT: VIEWERS | INQUIRERS,
        Action.ASSIGN: HANDLERS,
        Action.RELEASE: HANDLERS,
        Action.CHANGE_STATUS: HANDLERS,
        Action.SEND_MESSAGE: HANDLERS,
        Action.ATTACH: HANDLERS,
        Action.CHANGE_TRIPLET: HANDLERS,
        Action.OPEN_MANUALLY: frozenset({Role.INFO_CENTRE_OPERATOR}),
        Action.VERIFY_CUSTOMER: frozenset({Role.INFO_CENTRE_OPERATOR}),
        Action.SUPERVISE: SUPERVISORS,
        Action.VIEW_ROUTING: SUPERVISORS | {Role.HEAD_TEAM_MEMBER, Role.CRM_ADMIN, Role.AUDITOR},
        Action.VIEW_OWN: INQUIRERS,
        Action.OPEN_OWN: INQUIRERS,
        Action.OPEN_FOR_CUSTOMER: REPRESENTATIVES,
        Action.WRITE_OWN: INQUIRERS,
        Action.CANCEL_OWN: INQUIRERS,
    }
)
