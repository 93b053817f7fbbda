"""What the credit-data service adds to the shell: its menu and first pages."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.ui import home, navigation
from crm_portal.ui.navigation import NavItem, Section

from .rules.access import TABLE, Action
from .selectors.proposals import own_waiting, to_decide


def register() -> None:
    """Add the screens of control."""
    navigation.register(
        NavItem(
            Section.CREDIT_DATA, _("Intake of data"), "credit:batches", "in", action=Action.TAKE_IN, position=5,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Subjects' files"), "credit:find_subject", "search", action=Action.VIEW_SUBJECT,
            position=10,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Late supplies"), "credit:late_supplies", "clock", action=Action.VIEW_LATE,
            position=20,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Dual control"), "credit:start", "check", action=Action.VIEW_PROPOSALS, position=50,
            count=_waiting,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Members and roles"), "credit:members", "user", action=Action.VIEW_MEMBERS,
            position=60,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Access log"), "credit:accesses", "history", action=Action.READ_ACCESS_LOG,
            position=61,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Settings of credit data"), "credit:settings", "settings",
            action=Action.VIEW_SETTINGS, position=62,
        ),
        NavItem(
            Section.CREDIT_DATA, _("Exemptions"), "credit:exemptions", "shield", action=Action.VIEW_EXEMPTIONS,
            position=63,
        ),
    )  # fmt: skip
    home.register(TABLE[Action.TAKE_IN], "credit:batches", rank=88)
    home.register(TABLE[Action.VIEW_SUBJECT], "credit:find_subject", rank=89)
    home.register(TABLE[Action.VIEW_PROPOSALS], "credit:start", rank=90)


def _waiting(user: User) -> str:
    """What waits for an approver's decision; for others, what they proposed and nobody decided."""
    rows = to_decide(user, timezone.now()) if user.may(Action.DECIDE_PROPOSALS) else own_waiting(user)
    return str(rows.count())
