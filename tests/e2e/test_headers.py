"""What every answer carries, and the pages that say what went wrong."""

import re

import pytest
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from crm_portal import urls as portal_urls
from crm_portal.people.permissions import public
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from tests.factories.files import upload
from tests.factories.inquiries import InquiryFactory, load_reference, operator
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
UNTOUCHED = "/sign-in/"
INLINE = re.compile(r"<script(?![^>]*\b(?:src|nonce)=)[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:")


@public
def fails(request: HttpRequest) -> None:
    raise RuntimeError("the secret of the programme")


urlpatterns = [path("fails/", fails), *portal_urls.urlpatterns]


def pages_of_everybody() -> list[tuple[str, object, str]]:
    """(who, the user, an address) of every kind of page there is."""
    inquiry = InquiryFactory(in_treatment=True)
    number = inquiry.number
    admin = UserFactory(roles=[Role.CRM_ADMIN], roles__level=3)
    call_centre = operator()
    return [
        *(("nobody", None, one) for one in (
            "/sign-in/", "/sign-in/?as=employee", "/sign-in/?as=representative", "/register/", "/contact/", "/no-such/",
            "/help/keyboard/",
        )),
        *(("customer", inquiry.customer.user, one) for one in (
            "/my/inquiries/", "/my/inquiries/new/", f"/my/inquiries/{number}/", f"/my/inquiries/{number}/cancel/",
            "/inquiries/", "/my/inquiries/none/",
        )),
        *(("clerk", inquiry.clerk, one) for one in (
            "/inquiries/home/", "/inquiries/views/unit_all/", f"/inquiries/{number}/", f"/inquiries/{number}/print/",
            f"/inquiries/{number}/?tab=history", f"/inquiries/assign/?n={number}", f"/inquiries/release/?n={number}",
        )),
        ("operator", call_centre, "/inquiries/new/"),
        *(("crm_admin", admin, one) for one in ("/outbox/", "/routing/what-if/", "/admin/", "/admin/routing/team/")),
    ]  # fmt: skip


@pytest.fixture
def answers(browser_of):
    load_reference()
    return [(who, address, browser_of(user).get(address)) for who, user, address in pages_of_everybody()]


def test_every_page_forbids_what_it_does_not_need(answers):
    for who, address, answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, address
        assert "unsafe-eval" not in policy, address
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["X-Frame-Options"] == "DENY", address
        assert answer.headers["Referrer-Policy"] == "same-origin", address
        assert answer.status_code in (200, 403, 404), (who, address)


def test_no_page_needs_what_the_policy_forbids(answers):
    for _who, address, answer in answers:
        if address.startswith("/admin/"):
            continue
        assert INLINE.findall(answer.text) == [], address


def test_no_cache_keeps_a_page_about_somebody(answers):
    for who, address, answer in answers:
        if who != "nobody":
            assert "no-store" in answer.headers.get("Cache-Control", ""), (who, address)


def test_a_file_is_kept_by_no_shared_cache(browser_of):
    inquiry = InquiryFactory(files=[upload()])
    call_command("scan_pending_files")

    answer = browser_of(inquiry.customer.user).get(
        f"/my/inquiries/{inquiry.number}/files/{inquiry.attachments.get().pk}/"
    )
    answer.close()

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} & {one.strip() for one in answer.headers["Cache-Control"].split(",")}
    assert (
        "sandbox" in answer.headers["Content-Security-Policy"]
        or "default-src 'none'" in answer.headers["Content-Security-Policy"]
    )


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(browser_of, settings):
    employee = UserFactory(roles=[Role.HANDLER])
    browser = browser_of(employee)
    browser.get(UNTOUCHED)
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    token = browser_of().get(UNTOUCHED).cookies[settings.CSRF_COOKIE_NAME]

    assert session["httponly"]
    assert (session["samesite"], token["samesite"]) == ("Lax", "Lax")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no-such-page/", 404, "הדף לא נמצא"),
        ("/inquiries/none/", 404, "הדף לא נמצא"),
        ("/?q=%00", 400, "הבקשה אינה ברורה"),
        ("/outbox/", 403, "התפקיד"),
    ],
)
def test_what_went_wrong_is_said_in_hebrew(browser_of, address, status, words):
    answer = browser_of(UserFactory(roles=[Role.HANDLER])).get(address)

    assert answer.status_code == status
    assert 'lang="he" dir="rtl"' in answer.text
    assert words in answer.text


@pytest.mark.parametrize("demonstration", [True, False])
@override_settings(ROOT_URLCONF="tests.e2e.test_headers", DEBUG=False)
def test_an_unforeseen_error_tells_nothing_of_the_programme(browser_of, settings, demonstration):
    settings.DEMONSTRATION = demonstration

    answer = browser_of().get("/fails/")

    assert answer.status_code == 500
    assert 'lang="he" dir="rtl"' in answer.text
    assert not re.search(r"Traceback|secret|RuntimeError|tests/e2e", answer.text)


def test_a_form_without_its_token_is_refused_in_hebrew_and_changes_nothing():
    inquiry = InquiryFactory()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(inquiry.customer.user)

    answer = browser.post(f"/my/inquiries/{inquiry.number}/messages/", {"text": "שלום"})

    assert answer.status_code == 403
    assert "הטופס היה פתוח זמן רב מדי" in answer.text
    assert not inquiry.messages.exists()


@pytest.mark.parametrize(
    ("method", "address"),
    [("post", "/inquiries/home/"), ("get", "/sign-out/"), ("put", "/sign-in/"), ("delete", "/inquiries/{number}/"),
     ("delete", "/my/inquiries/{number}/"), ("post", "/my/inquiries/{number}/"), ("get", "/preferences/language/"),
     ("delete", "/inquiries/{number}/files/1/"), ("put", "/inquiries/views/unit_all/")],
)  # fmt: skip
def test_a_method_that_a_page_does_not_have_is_refused(browser_of, method, address):
    inquiry = InquiryFactory()
    user = inquiry.customer.user if address.startswith("/my/") else inquiry.clerk
    user = None if address in ("/sign-in/", "/preferences/language/") else user

    answer = getattr(browser_of(user), method)(address.format(number=inquiry.number))

    assert answer.status_code == 405
    assert Inquiry.objects.filter(pk=inquiry.pk).exists()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80@evil.example", "a b", ""])
def test_a_host_that_is_not_ours_is_refused(browser_of, settings, host):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

    answer = browser_of().get("/sign-in/", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


class TestLanguage:
    def test_hebrew_is_spoken_whatever_the_browser_prefers(self, browser_of):
        answer = browser_of().get(UNTOUCHED, headers={"Accept-Language": "en-US,en;q=0.9"})

        assert answer.headers["Content-Language"] == "he"
        assert 'dir="rtl"' in answer.text

    @pytest.mark.parametrize("chosen", ["fr", "he-XX", "../../etc", "", "EN", "en\r\nX: 1"])
    def test_only_a_language_there_is_can_be_chosen(self, browser_of, chosen):
        browser = browser_of()

        browser.post("/preferences/language/", {"language": chosen})

        assert 'lang="he"' in browser.get(UNTOUCHED).text

    def test_english_is_chosen_and_left_again(self, browser_of):
        browser = browser_of()

        browser.post("/preferences/language/", {"language": "en"})
        english = browser.get(UNTOUCHED)
        browser.post("/preferences/language/", {"language": "he"})

        assert 'lang="en" dir="ltr"' in english.text
        assert 'lang="he" dir="rtl"' in browser.get(UNTOUCHED).text
