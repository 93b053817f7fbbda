"""The clerk's screens in a browser: few clicks, the keyboard alone, and nothing lost without JavaScript."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from inquiries.services import reference
from tests.factories.inquiries import InquiryFactory, fresh, real_estate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=["light", "dark"])
def screen(request, page):
    """A clerk's screen in one of the themes; fails on any error the page itself makes."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme=request.param)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


@pytest.fixture
def inquiry():
    reference.load(overwrite=False)
    return InquiryFactory()


def enter(page, live_server, user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])


def test_a_clerk_takes_and_answers_an_inquiry_in_fewer_than_ten_clicks(screen, live_server, inquiry, assert_accessible):
    clicks = 0

    def click(selector: str) -> None:
        nonlocal clicks
        clicks += 1
        screen.click(selector)

    enter(screen, live_server, inquiry.clerk)
    screen.goto(live_server.url)
    assert_accessible(screen)
    click("a.rowlink")
    click("text=הקצה לי")
    assert_accessible(screen)
    clicks += 1
    screen.select_option("#id_status", "closed_success")
    screen.fill("#id_reply", "הבקשה אושרה, ההחזר ישולם בתוך שבועיים.")
    click("label:has(#id_verdict_0)")
    assert_accessible(screen)
    click("#treatment button.btn--primary[type=submit]")

    expect(screen.locator(".record .status")).to_have_text("סגור-טופל בהצלחה")
    assert_accessible(screen)
    assert fresh(inquiry).status == "closed_success"
    assert clicks < 10


def test_the_keyboard_alone_marks_and_assigns(screen, live_server, inquiry, assert_accessible):
    other = InquiryFactory(team=inquiry.handling_team)
    enter(screen, live_server, inquiry.clerk)
    screen.goto(f"{live_server.url}/inquiries/views/team_waiting/")
    assert_accessible(screen)

    for key in ("j", "x", "j", "x"):
        screen.keyboard.press(key)
    expect(screen.locator(".bulkbar")).to_be_visible()
    screen.keyboard.press("a")
    expect(screen.locator("dialog[open]")).to_be_visible()
    assert_accessible(screen)
    screen.click("dialog button[type=submit]")

    expect(screen.locator(".toast")).to_contain_text("2 פניות הוקצו")
    assert fresh(inquiry).owner == fresh(other).owner == inquiry.clerk


def test_filters_and_sorting_change_only_the_list(screen, live_server, inquiry):
    InquiryFactory(team=inquiry.handling_team)
    enter(screen, live_server, inquiry.clerk)
    screen.goto(f"{live_server.url}/inquiries/views/team_waiting/")
    screen.evaluate("document.querySelector('.page-head').dataset.kept = '1'")

    screen.fill("#id_q", inquiry.number)
    expect(screen.locator("#list tbody tr")).to_have_count(1)
    screen.fill("#id_q", "")
    expect(screen.locator("#list tbody tr")).to_have_count(2)
    screen.click("#list th >> text=לקוח")

    expect(screen.locator("#list th[aria-sort=ascending]")).to_have_text("לקוח")
    assert screen.locator(".page-head[data-kept]").count() == 1
    assert "sort=customer" in screen.url


@pytest.fixture
def browser_context_args(browser_context_args, request):
    if "without_javascript" in request.node.name:
        return {**browser_context_args, "java_script_enabled": False}
    return browser_context_args


def test_without_javascript_all_fields_are_there_and_the_work_is_done(page, live_server, inquiry):
    enter(page, live_server, inquiry.clerk)
    page.goto(f"{live_server.url}/inquiries/views/team_waiting/")

    page.check(f"input[value='{inquiry.number}']")
    page.click(".bulkbar button:has-text('הקצה')")
    page.click("button[type=submit]:has-text('הקצה')")
    page.goto(f"{live_server.url}/inquiries/{inquiry.number}/")
    expect(page.locator("#id_reply")).to_be_visible()  # whatever status is chosen
    page.select_option("#id_status", "waiting_customer")
    page.fill("#id_reply", "נא לצרף טופס 106.")
    page.fill("#id_proposed_solution", "חסר טופס 106.")
    page.click("#treatment .btn--primary")

    expect(page.locator(".record .status")).to_have_text("בהמתנה ללקוח")
    assert fresh(inquiry).status == "waiting_customer"


@pytest.mark.req("CRM-4.1-e")
@pytest.mark.parametrize("width", [1440, 390])
def test_in_real_estate_the_chosen_status_leads_to_the_fields_it_still_asks_for(
    screen, live_server, assert_accessible, width
):
    reference.load(overwrite=False)
    inquiry = real_estate()
    enter(screen, live_server, inquiry.clerk)
    screen.set_viewport_size({"width": width, "height": 900})
    screen.goto(f"{live_server.url}/inquiries/{inquiry.number}/?tab=general")

    screen.select_option("#id_status", "closed_success")
    screen.click("#treatment a:has-text('סוג המס')")
    expect(screen.locator("#estate_tax_type")).to_be_in_viewport()
    assert_accessible(screen)
    for name in ("assessment_number", "tax_type", "area"):
        screen.fill(f"#estate_{name}", "-")
    screen.click("form:has(#estate_area) button")
    screen.select_option("#id_status", "closed_success")

    expect(screen.locator("#treatment a[href^='#estate_']")).to_have_count(0)
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
