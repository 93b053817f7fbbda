"""What coordination, consultation, quality and support add to the menu, with what waits for the reader."""

from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.ui import home, navigation
from crm_portal.ui.navigation import NavItem, Section

from .rules.access import REFERENTS, Action
from .selectors.consulting import open_consultations
from .selectors.suggesting import waiting_for


def register() -> None:
    """Add the screens E15, E16, E18, E21 and E22 to the shell."""
    navigation.register(
        NavItem(
            Section.TODAY, _("Daily follow-up"), "inquiries:follow_up", "users", action=Action.FOLLOW_UP, position=4
        ),
        NavItem(
            Section.TODAY, _("Absences"), "inquiries:absences", "calendar", action=Action.KEEP_ABSENCES, position=5
        ),
        NavItem(
            Section.TODAY,
            _("Consultations"),
            "inquiries:consultations",
            "help",
            visible=lambda user: user.may(Action.ASK_CONSULTATION) or user.may(Action.ANSWER_CONSULTATION),
            count=_asked,
            position=6,
        ),
    )
    navigation.register(
        NavItem(
            Section.TOOLS, _("Quality review"), "inquiries:quality", "okc", action=Action.REVIEW_QUALITY, position=10
        ),
        NavItem(
            Section.TOOLS,
            _("Improvement suggestions"),
            "inquiries:suggestions",
            "edit",
            action=Action.SUGGEST_IMPROVEMENT,
            count=_suggested,
            position=20,
        ),
        NavItem(
            Section.TOOLS, _("CRM trustees"), "inquiries:trustees", "users", action=Action.VIEW_TRUSTEES, position=30
        ),
        NavItem(
            Section.PERSONAL,
            _("Improvement suggestions"),
            "personal:suggestions",
            "edit",
            action=Action.SUGGEST_IMPROVEMENT,
            position=8,
        ),
    )
    home.register(REFERENTS, "inquiries:consultations", rank=25)


def _asked(user: User) -> int | None:
    if not user.may(Action.ANSWER_CONSULTATION):
        return None
    return open_consultations().filter(addressee=user).count() or None


def _suggested(user: User) -> int | None:
    if not (user.may(Action.FORWARD_SUGGESTION) or user.may(Action.DECIDE_SUGGESTION)):
        return None
    return waiting_for(user).count() or None
