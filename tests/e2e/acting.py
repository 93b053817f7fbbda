"""Who takes part in a scenario besides those at the real doors, and what several of them do on their pages."""

from django.utils import timezone

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import accounts
from inquiries.models import Inquiry
from routing.models import Team, TeamMember, UnitMember
from tests.fixtures.visiting import Visitor


def employee(team: str, name: str, *, role: Role = Role.HANDLER) -> User:
    """An employee of a shipped team, by its code; the name is last name and first name."""
    last_name, first_name = name.split()
    user = accounts.create_employee(
        by=None, at=timezone.now(), username=f"user-{team}", password=None, first_name=first_name,
        last_name=last_name, roles=[role], level=1,
    )  # fmt: skip
    joined = Team.objects.select_related("unit").get(code=team)
    UnitMember.objects.create(unit=joined.unit, user=user)
    TeamMember.objects.create(team=joined, user=user)
    return user


def fills_new(visitor: Visitor, topic: tuple[str, str, str], description: str) -> None:
    """Fill in a new inquiry in the personal area, as far as the button that sends it."""
    visitor.goes("/my/inquiries/new/")
    for label, option in zip(("נושא ראשי", "נושא משני", "פירוט נושא"), topic, strict=True):
        visitor.chooses(label, option)
    visitor.writes("תיאור הפנייה", description)


def opens(visitor: Visitor, topic: tuple[str, str, str], description: str) -> Inquiry:
    """Open an inquiry in the personal area."""
    fills_new(visitor, topic, description)
    visitor.presses("שליחת הפנייה")
    visitor.reads("הפנייה התקבלה")
    return Inquiry.objects.select_related("handling_team").latest("pk")


def takes(visitor: Visitor, inquiry: Inquiry, *, view: str = "team_waiting") -> None:
    """Open an inquiry in the stock of the team, and take it."""
    visitor.goes(f"/inquiries/views/{view}/")
    visitor.clicks(visitor.page.locator(f"tbody a[href*='/{inquiry.number}/']").first)
    visitor.presses("הקצה לי")


def chooses_team(visitor: Visitor, team: str, why: str) -> None:
    """Fill in the treatment form to send the inquiry on."""
    visitor.chooses("סטטוס", "העברה להמשך טיפול", within=visitor.page.locator("#treatment"))
    visitor.page.locator("#id_team").select_option(label=team)
    visitor.writes("פתרון מוצע", why)
