"""The shell around every page: languages, themes, menu, error pages."""

import re

import pytest
from django.test import Client

from crm_portal.people.rules.roles import Role
from crm_portal.ui import home, navigation
from crm_portal.ui.navigation import NavItem, Section
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def menu(monkeypatch):
    """A menu of its own, so that what apps register does not matter."""
    monkeypatch.setattr(navigation._registry, "items", [])
    monkeypatch.setattr(navigation._registry, "place", None)
    return navigation


@pytest.fixture
def homes(monkeypatch):
    monkeypatch.setattr(home, "_homes", [])
    return home


def test_pages_speak_hebrew_right_to_left_whatever_the_browser_prefers(client):
    page = client.get("/help/keyboard/", headers={"accept-language": "en"})

    assert '<html lang="he" dir="rtl"' in page.text
    assert "קיצורי מקלדת" in page.text


def test_a_reader_may_choose_english_and_comes_back_to_the_same_page(client):
    answer = client.post("/preferences/language/", {"language": "en", "next": "/help/keyboard/"})

    page = client.get(answer.url)
    assert answer.url == "/help/keyboard/"
    assert '<html lang="en" dir="ltr"' in page.text
    assert "Keyboard shortcuts" in page.text


def test_the_chosen_language_is_kept_for_the_messages_sent_to_the_user(client):
    user = UserFactory()
    client.force_login(user)

    client.post("/preferences/language/", {"language": "en"})

    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_preference_never_leads_to_another_site(client, elsewhere):
    assert client.post("/preferences/theme/", {"theme": "dark", "next": elsewhere}).url == "/"


def test_a_theme_is_forced_and_given_back_to_the_system(client):
    client.post("/preferences/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/help/keyboard/").text

    client.post("/preferences/theme/", {"theme": "system"})
    assert "data-theme" not in client.get("/help/keyboard/").text


def test_a_made_up_theme_changes_nothing(client):
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/help/keyboard/").text


def test_preferences_change_by_post_with_a_token_only():
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/preferences/theme/").status_code == 405
    assert strict.post("/preferences/theme/", {"theme": "dark"}).status_code == 403


def test_single_letter_shortcuts_can_be_switched_off(client):
    user = UserFactory()
    client.force_login(user)

    client.post("/preferences/shortcuts/", {"enabled": "0"})

    assert 'data-shortcuts="off"' in client.get("/help/keyboard/").text


def test_the_keyboard_help_is_a_page_and_for_htmx_a_dialog(client):
    assert "<!doctype html>" in client.get("/help/keyboard/").text
    dialog = client.get("/help/keyboard/", headers={"HX-Request": "true"})
    assert dialog.text.strip().startswith("<dialog")
    assert "HX-Request" in dialog.headers["Vary"]


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(client):
    assert client.get("/").url == "/sign-in/"


def test_the_front_door_leads_by_role_and_the_lowest_rank_wins(client, homes):
    homes.register([Role.HANDLER], "ui:keyboard", rank=50)
    homes.register([Role.CUSTOMER], lambda user: f"/of/{user.pk}/", rank=10)
    customer = CustomerFactory().user

    client.force_login(UserFactory(roles=[Role.HANDLER]))
    assert client.get("/").url == "/help/keyboard/"
    client.force_login(customer)
    assert client.get("/").url == f"/of/{customer.pk}/"


def test_the_menu_shows_only_what_the_user_may_do_and_counts_it(client, menu):
    menu.register(
        NavItem(Section.INQUIRIES, "mine", "ui:keyboard", count=lambda _user: 17),
        NavItem(Section.TOOLS, "not for you", "ui:keyboard", visible=lambda _user: False),
        NavItem(Section.TOOLS, "switched off", "nowhere:page"),
    )
    client.force_login(UserFactory())

    page = client.get("/help/keyboard/").text

    assert "mine" in page
    assert '<bdi class="num">17</bdi>' in page
    assert 'aria-current="page"' in page
    assert "not for you" not in page
    assert "switched off" not in page


def test_a_fragment_asks_no_counts(client, menu):
    def never(_user):
        raise AssertionError("counted for a fragment")

    menu.register(NavItem(Section.INQUIRIES, "mine", "ui:keyboard", count=never))
    client.force_login(UserFactory())

    assert client.get("/help/keyboard/", headers={"HX-Request": "true"}).status_code == 200


def test_no_page_of_the_shell_carries_inline_style_or_handlers(client):
    client.force_login(UserFactory())

    page = client.get("/help/keyboard/")

    assert not re.search(r"\sstyle=|\son\w+=|<style", page.text)
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert "style-src 'self'" in page.headers["Content-Security-Policy"]


def test_at_most_four_style_sheets_are_linked(client):
    assert client.get("/help/keyboard/").text.count('rel="stylesheet"') <= 4


def test_a_missing_page_says_what_to_do(client):
    page = client.get("/no/such/page/")

    assert page.status_code == 404
    assert "הדף לא נמצא" in page.text


def test_a_fault_shows_a_page_that_needs_nothing(client, monkeypatch, settings):
    monkeypatch.setattr(home, "home_of", lambda _user: 1 / 0)
    client.force_login(UserFactory())
    client.raise_request_exception = False

    page = client.get("/")

    assert page.status_code == 500
    assert "משהו השתבש אצלנו" in page.text
