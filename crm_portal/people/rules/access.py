"""Which role may do what among the things that belong to no other app (CRM specification, 4.2)."""

from enum import StrEnum

from .roles import Role

EVERYBODY = frozenset(Role)
PUBLIC_ROLES = frozenset({Role.CUSTOMER, Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE})
WITH_SECOND_FACTOR = EVERYBODY - PUBLIC_ROLES  # who signs in as an employee does
# Who works for a licensee of credit data, a report requester or a source, not for the authority
OF_OTHERS = frozenset(
    {
        Role.LICENSEE_INTAKE, Role.LICENSEE_RECORDS, Role.LICENSEE_REPORTS, Role.LICENSEE_REQUESTS,
        Role.LICENSEE_CONTRACTS, Role.LICENSEE_APPROVER, Role.LICENSEE_SECURITY, Role.REQUESTER_USER,
        Role.SOURCE_INTEGRATOR,
    }
)  # fmt: skip
EMPLOYEES = WITH_SECOND_FACTOR - OF_OTHERS
# Who holds these is decided by two persons, in the screens of credit data and nowhere else (CRD-77-a)
GIVEN_BY_TWO = OF_OTHERS | {Role.REGISTRAR_OFFICER, Role.REGISTRAR_APPROVER}


class PeopleAction(StrEnum):
    """What can be done with one's own account, and who enters the admin site."""

    ENTER = "portal.enter"  # the home page of one's role, signing out
    SEE_RECOVERY_CODES = "recovery_codes.read"
    ENTER_ADMIN_SITE = "admin.enter"
    KEEP_CONTACT = "contact.keep"  # screen P5


TABLE = {
    PeopleAction.ENTER: EVERYBODY,
    PeopleAction.SEE_RECOVERY_CODES: WITH_SECOND_FACTOR,
    PeopleAction.ENTER_ADMIN_SITE: frozenset({Role.CRM_ADMIN, Role.HEAD_TEAM_MEMBER, Role.AUDITOR}),
    PeopleAction.KEEP_CONTACT: frozenset({Role.CUSTOMER}),
}

# What the admin site lets a role do with which models, as app.model. Whoever is not named here may do nothing there.
# It is to look things up. What the department keeps, it keeps in its screens, by services (CRM-9-b); nobody edits
# inquiries, history, messages or the audit (section 0). Only what no screen keeps is entered here; nothing is deleted.
ROUTING = (
    "routing.taxsystem", "routing.triplet", "routing.businessunit", "routing.team", "routing.tripletteam",
    "routing.localitymap", "routing.nsarule", "routing.realestatefirstlinerule", "routing.fixedunitrule",
    "routing.routingdecision",
)  # fmt: skip
ENTERED_HERE = ("people.representative", "people.representativeemployee")
LOOKED_UP = (
    *ROUTING, *ENTERED_HERE, "routing.teammember", "routing.unitmember", "people.user", "people.rolegrant",
    "people.absence", "people.customer", "people.taxfile", "people.powerofattorney", "inquiries.channel",
    "inquiries.closingreason", "inquiries.feedbackstatus", "worktime.calendarday", "worktime.timerrun",
    "messaging.notification",
)  # fmt: skip
ADMIN_SITE: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.CRM_ADMIN: {"view": LOOKED_UP, "change": ENTERED_HERE, "add": ENTERED_HERE},
    Role.HEAD_TEAM_MEMBER: {"view": ROUTING},  # screen M3
    Role.AUDITOR: {"view": ("audit.auditevent",)},
}


def admin_site_allows(roles: frozenset[Role], verb: str, model: str) -> bool:
    """Whether a role may `view`, `add`, `change` or `delete` rows of a model (app.model) in the admin site."""
    return any(model in ADMIN_SITE.get(role, {}).get(verb, ()) for role in roles)
