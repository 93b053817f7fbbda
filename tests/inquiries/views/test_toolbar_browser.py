"""The toolbar in a browser: the information extension from the button to the panels, dialogs, keyboard, a phone."""

import pytest
from playwright.sync_api import expect

from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from inquiries.services import reference
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, fresh
from tests.factories.people import CustomerFactory, UserFactory
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def inquiry():
    """An inquiry of somebody whom the registers know, held by an employee whom Shaam knows."""
    reference.load(overwrite=False)
    made = InquiryFactory(customer=CustomerFactory(id_number="111100020"), in_treatment=True)
    clerk = UserFactory(username="shaam-demo", roles=[Role.HANDLER])
    UnitMember.objects.create(unit=made.handling_unit, user=clerk)
    made.handling_team.members.create(user=clerk)
    Inquiry.objects.filter(pk=made.pk).update(owner=clerk)
    return fresh(made, clerk=clerk)


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def screen(request, page):
    width, theme = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


@pytest.mark.req("CRM-4.7-a")
def test_an_employee_opens_the_information_by_his_password(screen, live_server, inquiry, assert_accessible):
    enter(screen, live_server, inquiry.clerk)
    screen.goto(f"{live_server.url}/inquiries/{inquiry.number}/")
    assert_accessible(screen)

    screen.get_by_role("link", name="מידע", exact=True).click()
    assert_accessible(screen)
    screen.get_by_label('סיסמת שע"מ').fill("shaam-demo-1")
    screen.keyboard.press("Enter")

    expect(screen.locator("[aria-labelledby=panel-work_grants] td").first).to_have_text("2025")
    assert_accessible(screen)
    wide = screen.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


@pytest.mark.req("CRM-2.2.8-b")
def test_an_inquiry_becomes_a_suggestion_over_the_page(screen, live_server, inquiry, assert_accessible):
    enter(screen, live_server, inquiry.clerk)
    screen.goto(f"{live_server.url}/inquiries/{inquiry.number}/")

    screen.get_by_role("link", name="המר אל").click()
    expect(screen.locator("dialog[open]")).to_be_visible()
    assert_accessible(screen)
    screen.locator("dialog .choice--link").last.click()
    assert_accessible(screen)
    screen.get_by_role("button", name="הגשת ההצעה").click()

    expect(screen.locator(".toast")).to_contain_text("ההצעה הוגשה")


def test_digits_lead_to_the_tabs_and_the_other_reader_is_seen(page, live_server, inquiry):
    colleague = UserFactory(roles=[Role.HANDLER], last_name="בר", first_name="גל")
    UnitMember.objects.create(unit=inquiry.handling_unit, user=colleague)
    enter(page, live_server, colleague)
    page.goto(f"{live_server.url}/inquiries/{inquiry.number}/")
    enter(page, live_server, inquiry.clerk)
    page.goto(f"{live_server.url}/inquiries/{inquiry.number}/")

    expect(page.locator("#presence")).to_contain_text("בר גל")
    page.keyboard.press("3")

    expect(page.locator("[role=tab][aria-selected=true]")).to_have_text("היסטוריית סטטוסים ובעלים")
