"""Scenario 10: a coordinator's morning with an absence, and two employees who reach for one inquiry."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import Absence, Customer, User
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from inquiries.models import DailyFollowUp, Inquiry
from inquiries.services import assigning, opening
from routing.models import Team, TeamMember, Triplet, UnitMember
from tests.factories.people import UserFactory
from tests.fixtures.visiting import Visitor
from tests.inquiries.views.test_clerk_browser import enter


@pytest.fixture
def joins(office: Team) -> Callable[..., User]:
    """Somebody new in the office's team."""

    def join(role: Role, last_name: str, first_name: str) -> User:
        user = UserFactory(roles=[role], last_name=last_name, first_name=first_name)
        UnitMember.objects.create(unit=office.unit, user=user)
        TeamMember.objects.create(team=office, user=user, is_coordinator=role is Role.COORDINATOR)
        return user

    return join


@pytest.fixture
def asked(citizen: dict[str, Any]) -> Callable[[], Inquiry]:
    """Something the citizen asked, in the stock of the office's team."""

    def ask() -> Inquiry:
        customer = Customer.objects.get(id_number=citizen["id_number"])
        triplet = Triplet.objects.get(code="it-medical-committee")
        return opening.open_by_customer(
            by=customer.user, at=timezone.now(), triplet_id=triplet.pk, description="מתי תתכנס הוועדה?"
        )

    return ask


@pytest.fixture
def of(visit: Callable[..., Visitor], live_server: Any) -> Callable[[User], Visitor]:
    """A browser in which this employee is signed in."""

    def open_browser(user: User) -> Visitor:
        visitor = visit()
        enter(visitor.page, live_server, user)
        return visitor

    return open_browser


def marks(visitor: Visitor, inquiry: Inquiry, button: str) -> Any:
    """Mark an inquiry of the follow-up and open the dialog of that button."""
    visitor.page.check(f"input[value='{inquiry.number}']")
    visitor.page.locator(".bulkbar").get_by_role("button", name=button).click()
    return visitor.page.locator("dialog[open]")


@pytest.mark.req("CRM-3.4-f")
@pytest.mark.req("CRM-3.4-g")
@pytest.mark.req("CRM-3.4-h")
def test_scenario_10_a_coordinator_releases_and_hands_over_what_an_absent_employee_holds(
    of: Callable[[User], Visitor],
    joins: Callable[..., User],
    asked: Callable[[], Inquiry],
    clerk: User,
    office: Team,
) -> None:
    now, today = timezone.now(), timezone.localdate()
    CalendarDay.objects.update_or_create(
        calendar="authority", day=today, defaults={"is_working": True, "reason": "יום עבודה"}
    )
    mate, away = joins(Role.HANDLER, "ברגר", "בני"), joins(Role.HANDLER, "צור", "גילה")
    released, handed_over = asked(), asked()
    for inquiry in (released, handed_over):
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=now)
    visitor = of(joins(Role.COORDINATOR, "שגיא", "רונן"))

    for employee in (clerk, away):
        visitor.goes("/inquiries/absences/")
        visitor.page.get_by_label("עובד").select_option(str(employee.pk))
        visitor.writes("מתאריך", today.isoformat())
        visitor.writes("עד תאריך", (today - timedelta(days=1)).isoformat())
        if employee == clerk:  # days in the wrong order are refused at the field, and what was typed stays
            visitor.presses("שמור")
            expect(visitor.page.get_by_label("עד תאריך")).to_have_attribute("aria-invalid", "true")
            expect(visitor.page.get_by_label("מתאריך")).to_have_value(today.isoformat())
        visitor.writes("עד תאריך", (today + timedelta(days=2)).isoformat())
        visitor.presses("שמור")
        visitor.reads("ההיעדרות נרשמה")
    assert Absence.objects.count() == 2

    visitor.clicks(visitor.page.locator("main").get_by_role("link", name="מעקב יומי"))
    visitor.reads("נעדר/ת עד", "טרם אושר")
    dialog = marks(visitor, released, "שחרר")
    dialog.get_by_label("הערה").fill("העובדת נעדרת")
    visitor.presses("שחרר", within=dialog)
    visitor.reads("פנייה אחת שוחררה")
    dialog = marks(visitor, handed_over, "הקצה")
    receiver = dialog.get_by_label("משתמש או צוות")
    receiver.select_option(f"employee:{away.pk}:{office.pk}")
    dialog.get_by_role("button", name="הקצה", exact=True).click()
    expect(dialog.get_by_label("הקצה אף שהעובד בהיעדרות")).to_be_visible()
    receiver.select_option(f"employee:{mate.pk}:{office.pk}")
    visitor.presses("הקצה", within=dialog)
    visitor.reads("פנייה אחת הוקצתה")
    visitor.presses("אישור מעקב")
    visitor.reads("אושר")

    released.refresh_from_db()
    handed_over.refresh_from_db()
    assert (released.owner, released.status, released.handling_team) == (None, "open_team", office)
    assert (handed_over.owner, handed_over.status) == (mate, "in_treatment")
    assert list(released.history.values_list("event", "note"))[-1] == ("release", "העובדת נעדרת")
    assert DailyFollowUp.objects.get(team=office, day=today).confirmed_by is not None


@pytest.mark.req("CRM-3.4-b")
def test_scenario_10_of_two_employees_racing_one_wins_and_the_other_is_told_who(
    of: Callable[[User], Visitor],
    joins: Callable[..., User],
    asked: Callable[[], Inquiry],
    clerk: User,
) -> None:
    inquiry, mate = asked(), joins(Role.HANDLER, "ברגר", "בני")
    racers = {user: of(user) for user in (clerk, mate)}
    for racer in racers.values():
        racer.goes(f"/inquiries/{inquiry.number}/")
        expect(racer.page.locator("main").get_by_role("button", name="הקצה לי")).to_be_visible()

    with ExitStack() as answers:  # both press before either reads what came
        for racer in racers.values():
            answers.enter_context(racer.page.expect_navigation())
        for racer in racers.values():
            racer.page.locator("main").get_by_role("button", name="הקצה לי").click(no_wait_after=True)
    for racer in racers.values():
        racer.looks()

    inquiry.refresh_from_db()
    winner = inquiry.owner
    assert winner in racers
    [loser] = set(racers) - {winner}
    racers[loser].reads(f"הפנייה כבר מוקצית אל {winner}")
    assert inquiry.history.filter(event="assignment").count() == 1
    assert AuditEvent.objects.filter(code="ALREADY_ASSIGNED", outcome="refused").count() == 1
    assert racers[loser].page.locator("#treatment").count() == 0  # nothing to write in what a colleague holds
