"""What coordination, consultation, quality and support add to the menu, with what waits for the reader."""

from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.ui import home, navigation
from crm_portal.ui.navigation import NavItem, Section

from .rules.access import REFERENTS, Action
from .selectors.consulting import open_consultations


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
    home.register(REFERENTS, "inquiries:consultations", rank=25)


def _asked(user: User) -> int | None:
    if not user.may(Action.ANSWER_CONSULTATION):
        return None
    return open_consultations().filter(addressee=user).count() or None
