"""Which role may do what with inquiries (4.2); `inquiries.apps` registers the table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.access import EMPLOYEES
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
    SAVE_VIEW = "view.save"  # a personal view of one's own
    VIEW_DASHBOARD = "dashboard.view"
    VIEW_CUSTOMER_FILE = "customer.view_file"  # and the grant must say so (CRM-2-a)
    SEND_ACTIVITY = "activity.send"  # e-mail, SMS, a phone call put on record (5.1.4)
    CLOSE_TOGETHER = "inquiry.close_together"  # CRM-4.1-g
    VIEW_INFORMATION = "information.view"  # the information extension (4.7)
    PLAY_RECORDING = "recording.play"  # CRM-2.1.6-b
    CONVERT = "inquiry.convert"  # CRM-2.2.8-b
    SEARCH_AUDIT = "audit.search"  # screen E20
    DRAFT_TEMPLATE = "template.draft"
    APPROVE_TEMPLATE = "template.approve"
    ASK_CONSULTATION = "consultation.ask"
    ANSWER_CONSULTATION = "consultation.answer"
    CHECK_REPRESENTATION = "inquiry.check_representation"  # CRM-6.6-i
    MARK_OWN_NAME = "inquiry.mark_own_name"  # CRM-6.6-b
    UNMARK_OWN_NAME = "inquiry.unmark_own_name"  # CRM-6.6-c
    FOLLOW_UP = "follow_up.view"  # the daily follow-up, and its confirmation (CRM-3.4-g)
    KEEP_ABSENCES = "absence.keep"  # CRM-3.4-h
    REVIEW_QUALITY = "quality.review"  # CRM-2-c
    VIEW_REPORTS = "report.view"
    EXPORT_REPORTS = "report.export"
    SUGGEST_IMPROVEMENT = "suggestion.submit"
    FORWARD_SUGGESTION = "suggestion.forward"
    DECIDE_SUGGESTION = "suggestion.decide"
    VIEW_TRUSTEES = "trustee.view"
    VIEW_TRIAGE = "triage.view"  # how well the classifier does
    EXPORT_TRIAGE = "triage.export"  # CRM-5.1.1-g
    # the personal area and the representatives' network
    VIEW_OWN = "inquiry.view_own"
    OPEN_OWN = "inquiry.open_own"
    OPEN_FOR_CUSTOMER = "inquiry.open_for_customer"
    WRITE_OWN = "inquiry.write_own"
    CANCEL_OWN = "inquiry.cancel_own"
    ANSWER_POA_REQUEST = "poa_request.answer"  # P6
    SUBMIT_POA_REQUEST = "poa_request.submit"  # N4


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
MANAGERS = frozenset({Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER})
REFERENTS = frozenset({Role.LEGAL_REFERENT, Role.PROFESSIONAL_REFERENT})
REPRESENTATIVES = frozenset({Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE})
INQUIRERS = REPRESENTATIVES | {Role.CUSTOMER}

_HANDLING = (
    Action.ASSIGN, Action.RELEASE, Action.CHANGE_STATUS, Action.SEND_MESSAGE, Action.ATTACH, Action.CHANGE_TRIPLET,
    Action.SEND_ACTIVITY, Action.CLOSE_TOGETHER, Action.ASK_CONSULTATION, Action.CHECK_REPRESENTATION,
    Action.MARK_OWN_NAME,
)  # fmt: skip
# Who sees inquiries and is told VIEW_ONLY when he tries to handle one (CRM-2.2.2-a).
ONLY_VIEW: Mapping[Action, frozenset[Role]] = MappingProxyType(dict.fromkeys(_HANDLING, VIEWERS - HANDLERS))

TABLE: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.VIEW_LISTS: VIEWERS,
        Action.VIEW: VIEWERS | REFERENTS,
        Action.OPEN_ATTACHMENT: VIEWERS | REFERENTS | INQUIRERS,
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
        Action.SAVE_VIEW: VIEWERS,
        Action.VIEW_DASHBOARD: VIEWERS | {Role.BI_ANALYST},
        Action.VIEW_CUSTOMER_FILE: VIEWERS,
        Action.SEND_ACTIVITY: HANDLERS,
        Action.CLOSE_TOGETHER: HANDLERS,
        Action.VIEW_INFORMATION: HANDLERS,
        Action.PLAY_RECORDING: MANAGERS | {Role.INFO_CENTRE_OPERATOR, Role.AUDITOR},
        Action.CONVERT: HANDLERS,
        Action.SEARCH_AUDIT: frozenset({Role.AUDITOR}),
        Action.DRAFT_TEMPLATE: HANDLERS | {Role.CRM_ADMIN},
        Action.APPROVE_TEMPLATE: MANAGERS | {Role.CRM_ADMIN},
        Action.ASK_CONSULTATION: HANDLERS,
        Action.ANSWER_CONSULTATION: MANAGERS | REFERENTS,
        Action.CHECK_REPRESENTATION: HANDLERS,
        Action.MARK_OWN_NAME: HANDLERS,
        Action.UNMARK_OWN_NAME: SUPERVISORS,
        Action.FOLLOW_UP: SUPERVISORS,
        Action.KEEP_ABSENCES: SUPERVISORS,
        Action.REVIEW_QUALITY: MANAGERS,
        Action.VIEW_REPORTS: SUPERVISORS | {Role.HEAD_TEAM_MEMBER, Role.BI_ANALYST, Role.CRM_ADMIN},
        Action.EXPORT_REPORTS: MANAGERS | {Role.BI_ANALYST, Role.CRM_ADMIN},
        Action.SUGGEST_IMPROVEMENT: EMPLOYEES | REPRESENTATIVES,
        Action.FORWARD_SUGGESTION: MANAGERS | {Role.CRM_TRUSTEE},
        Action.DECIDE_SUGGESTION: frozenset({Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER}),
        Action.VIEW_TRUSTEES: EMPLOYEES,
        Action.VIEW_TRIAGE: frozenset({Role.CRM_ADMIN}),
        Action.EXPORT_TRIAGE: frozenset({Role.CRM_ADMIN}),
        Action.VIEW_OWN: INQUIRERS,
        Action.OPEN_OWN: INQUIRERS,
        Action.OPEN_FOR_CUSTOMER: REPRESENTATIVES,
        Action.WRITE_OWN: INQUIRERS,
        Action.CANCEL_OWN: INQUIRERS,
        Action.ANSWER_POA_REQUEST: frozenset({Role.CUSTOMER}),
        Action.SUBMIT_POA_REQUEST: REPRESENTATIVES,
    }
)
