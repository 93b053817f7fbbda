"""The coordinator's morning and a consultation in a browser: few clicks, accessible in both themes, by phone too."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.messaging.services import announcing
from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from inquiries.models import Consultation, DailyFollowUp
from inquiries.services import reference
from tests.factories.inquiries import InquiryFactory, clerk, fresh
from tests.factories.people import UserFactory
from tests.fixtures.visiting import Visitor
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def inquiry():
    reference.load(overwrite=False)
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def coordinator(inquiry):
    user = UserFactory(roles=[Role.COORDINATOR], last_name="שגיא", first_name="רונן")
    inquiry.handling_team.members.create(user=user, is_coordinator=True)
    inquiry.handling_unit.members.create(user=user)
    return user


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def visitor(request, page, assert_accessible):
    page.set_viewport_size(dict(zip(("width", "height"), request.param, strict=True)))
    return Visitor(page, assert_accessible)


@pytest.mark.req("CRM-3.4-g")
def test_a_coordinator_moves_what_an_absent_employee_holds_and_confirms_the_day(
    visitor, live_server, inquiry, coordinator
):
    mate, today = clerk(last_name="ברגר", first_name="בני"), timezone.localdate()
    CalendarDay.objects.create(calendar="authority", day=today, is_working=True, reason="יום עבודה")
    inquiry.handling_team.members.create(user=mate)
    held = [inquiry, InquiryFactory(team=inquiry.handling_team, in_treatment=True)]
    Absence.objects.create(
        user=inquiry.clerk, from_on=today, until_on=today, entered_by=coordinator, entered_at=timezone.now()
    )
    enter(visitor.page, live_server, coordinator)

    visitor.goes(f"{live_server.url}/inquiries/follow-up/")
    visitor.reads("נעדר/ת עד")
    for one in held:
        visitor.page.check(f"input[value='{one.number}']")
    visitor.page.locator(".bulkbar").get_by_role("button", name="הקצה").click()
    dialog = visitor.page.locator("dialog[open]")
    dialog.get_by_label("משתמש או צוות").select_option(f"employee:{mate.pk}:{inquiry.handling_team_id}")
    visitor.presses("הקצה", within=dialog)
    visitor.presses("אישור מעקב")

    visitor.reads("אושר")
    assert {fresh(one).owner for one in held} == {mate}
    assert DailyFollowUp.objects.get().confirmed_by == coordinator


@pytest.mark.req("CRM-6.5-b")
def test_an_owner_consults_and_a_manager_answers(visitor, live_server, inquiry):
    manager = UserFactory(roles=[Role.OFFICE_MANAGER], last_name="לנדאו", first_name="תמר")
    inquiry.handling_unit.members.create(user=manager)
    announcing.publish(by=UserFactory(roles=[Role.CRM_ADMIN]), at=timezone.now(), title="גרסה חדשה", text="שינויים")
    enter(visitor.page, live_server, inquiry.clerk)

    visitor.goes(f"{live_server.url}/inquiries/{inquiry.number}/")
    visitor.clicks(visitor.page.locator(".news button"))
    expect(visitor.page.locator(".news")).to_have_count(0)
    visitor.clicks(visitor.page.locator("main").get_by_role("link", name="התייעצות", exact=True))
    visitor.page.select_option("#id_addressee", index=1)
    visitor.page.locator("main label", has_text="מורכבות משפטית").click()
    visitor.page.locator("#id_question").fill("האם חל סעיף 9?")
    visitor.clicks(visitor.page.locator("main .card form button[type=submit]"))
    visitor.reads("עד לתשובה, או עד למשיכת הבקשה")

    enter(visitor.page, live_server, manager)
    visitor.goes(f"{live_server.url}/inquiries/consultations/")
    visitor.clicks(visitor.page.locator("a.rowlink"))
    visitor.page.locator(".consultation textarea").fill("כן, חל.")
    visitor.clicks(visitor.page.locator(".consultation form button.btn--primary"))

    assert Consultation.objects.get().answer == "כן, חל."
