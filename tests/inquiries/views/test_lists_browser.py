"""Dashboards and lists in a browser: a chart leads to its list, a column is filtered, a view is kept; axe on each."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory
from tests.factories.stock import StockFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def manager():
    """A manager whose unit has something of every sort."""
    clerk, user, triplet = UserFactory(roles=[Role.HANDLER]), UserFactory(roles=[Role.OFFICE_MANAGER]), TripletFactory()
    team, now = TeamFactory(members=[clerk]), timezone.now()
    team.unit.members.create(user=user)
    for place, status in enumerate(["open_team", "in_treatment", "waiting_customer", "closed_success"] * 5):
        held = status in ("in_treatment", "waiting_customer")
        StockFactory(
            team=team, triplet=triplet, status=status, owner=clerk if held else None,
            opened_at=now - timedelta(days=place), unread_messages=place % 2,
        )  # fmt: skip
    return user


@pytest.fixture
def screen(page, live_server, manager):
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    session = SessionStore()
    session[SESSION_KEY] = str(manager.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = manager.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
    yield page
    assert faults == []


@pytest.mark.req("CRM-3.1-c")
def test_a_segment_and_the_menu_of_a_chart_lead_to_its_inquiries(screen, live_server, assert_accessible):
    screen.goto(f"{live_server.url}/inquiries/home/")
    assert_accessible(screen)

    screen.click("[aria-labelledby=c-status] .iconbtn")
    screen.click("#m-status >> text=הצג כטבלה")
    expect(screen.locator("#t-status")).to_be_visible()
    expect(screen.locator("#t-status tbody tr")).to_have_count(4)
    assert_accessible(screen)
    screen.keyboard.press("Escape")
    screen.click("[aria-labelledby=c-status] a.barrow:has-text('בהמתנה ללקוח')")

    expect(screen.locator("#list tbody tr")).to_have_count(5)
    expect(screen.locator(".chip--on").first).to_contain_text("בהמתנה ללקוח")
    assert_accessible(screen)


@pytest.mark.req("CRM-3.2-b")
@pytest.mark.parametrize("width", [1440, 390])
def test_a_column_is_filtered_by_its_arrow_cleared_and_the_view_kept(screen, live_server, assert_accessible, width):
    screen.set_viewport_size({"width": width, "height": 900})
    screen.emulate_media(color_scheme="dark" if width == 390 else "light")
    screen.goto(f"{live_server.url}/inquiries/views/unit_all/")
    expect(screen.locator("#list tbody tr")).to_have_count(20)

    opener = ".colarrow[popovertarget=filter-status]" if width == 1440 else ".chip[popovertarget=filter-status]"
    screen.click(opener)
    screen.check("#filter-status [value=in_treatment]")
    expect(screen.locator("#list tbody tr")).to_have_count(5)
    assert_accessible(screen)
    screen.keyboard.press("Escape")
    screen.click("#list a.chip:has-text('שמור תצוגה')")
    screen.fill("#id_name", "בטיפול")
    assert_accessible(screen)
    screen.click("main button[type=submit]:has-text('שמור')")
    expect(screen.locator("#list tbody tr")).to_have_count(5)
    screen.click("a.chip:has-text('ניקוי כל הסינונים')")

    expect(screen.locator("#list tbody tr")).to_have_count(20)
    screen.click(".viewbtn")
    screen.click("#views a[href*='status=in_treatment']")
    expect(screen.locator("#list tbody tr")).to_have_count(5)
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_keyboard_leads_to_the_dashboard_and_marks_a_stretch_of_rows(screen, live_server):
    screen.goto(f"{live_server.url}/inquiries/views/unit_all/")

    for key in ("j", "x", "j", "j", "Shift+X"):
        screen.keyboard.press(key)
    assert screen.locator("#bulk tbody :checked").count() == 3
    screen.keyboard.press("g")
    screen.keyboard.press("d")

    screen.wait_for_url("**/inquiries/home/")
