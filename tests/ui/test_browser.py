"""The staff shell in a browser: shortcuts, menus, the phone's navigation."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def desk(page, live_server):
    """The page of an employee who is signed in."""
    user = UserFactory(first_name="ענת", last_name="מזרחי", roles=[Role.CRM_ADMIN])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
    page.goto(f"{live_server.url}/help/keyboard/")
    return page


def test_a_question_mark_opens_the_list_of_shortcuts_and_escape_closes_it(desk, assert_accessible):
    desk.keyboard.press("?")
    dialog = desk.locator("dialog.modal")
    expect(dialog).to_be_visible()
    assert_accessible(desk)

    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_single_letters_do_nothing_when_they_are_switched_off(desk):
    desk.click(".who")
    desk.click("text=כיבוי קיצורים של אות אחת")
    expect(desk.locator("html")).to_have_attribute("data-shortcuts", "off")

    desk.keyboard.press("?")
    desk.wait_for_timeout(300)
    expect(desk.locator("dialog.modal")).to_have_count(0)


def test_the_user_menu_changes_theme_and_language(desk, assert_accessible):
    desk.click(".who")
    assert_accessible(desk)
    desk.click("text=תצוגה כהה")
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    assert_accessible(desk)

    desk.click(".who")
    desk.click("text=English")
    expect(desk.locator("html")).to_have_attribute("dir", "ltr")
    expect(desk).to_have_title(re.compile("Keyboard shortcuts"))
    assert_accessible(desk)


def test_on_a_phone_the_menu_opens_over_the_page(desk, assert_accessible):
    desk.set_viewport_size({"width": 390, "height": 844})
    menu = desk.locator("#sidenav")
    expect(menu).to_be_hidden()

    desk.click("[popovertarget=sidenav]")
    expect(menu).to_be_visible()
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
