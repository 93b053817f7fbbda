"""The personal area in a browser, on a phone: what JavaScript adds, and what axe says of each page and state."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.files import pdf
from tests.factories.inquiries import InquiryFactory, head_team, load_reference, office
from tests.factories.people import CustomerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=["light", "dark"])
def phone(request, page, live_server):
    """A phone in one of the two themes; fails on any error the page itself makes."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=request.param)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


@pytest.fixture
def customer():
    return CustomerFactory()


@pytest.fixture
def sign_in(phone, live_server):
    def enter(user):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        phone.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])

    return enter


def test_a_customer_opens_an_inquiry_on_a_phone(phone, live_server, customer, sign_in, assert_accessible):
    load_reference()
    head_team()
    office(main_topic="ניכויים", sub_topic="תיאום מס", detail="שני מעסיקים", tax_year_required=True)
    sign_in(customer.user)
    phone.goto(f"{live_server.url}/my/inquiries/new/")
    assert_accessible(phone)

    phone.focus("#id_main_topic")
    phone.select_option("#id_main_topic", "ניכויים")
    phone.select_option("#topics:not(.htmx-added) #id_sub_topic", "תיאום מס")
    phone.select_option("#topics:not(.htmx-added) #id_triplet", label="שני מעסיקים")
    expect(phone.locator("#id_tax_year")).to_be_visible()
    phone.set_input_files("#id_files", [{"name": "טופס.pdf", "mimeType": "application/pdf", "buffer": pdf()}])
    phone.click(".wiz__actions button")

    summary = phone.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(phone).to_have_title(re.compile("^שגיאה:"))
    assert phone.evaluate("document.querySelector('#id_files').files.length") == 1, "the chosen file was lost"
    assert_accessible(phone)

    phone.fill("#id_tax_year", "2024")
    phone.fill("#id_description", "עבדתי אצל שני מעסיקים")
    phone.click(".wiz__actions button")
    expect(phone.locator(".toast")).to_contain_text("הפנייה התקבלה")
    expect(phone.locator(".thread .file")).to_contain_text("טופס.pdf")
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_a_customer_writes_and_cancels_on_a_phone(phone, live_server, customer, sign_in, assert_accessible):
    inquiry = InquiryFactory(customer=customer, at=timezone.now())
    sign_in(customer.user)
    phone.goto(f"{live_server.url}/my/inquiries/")
    assert_accessible(phone)
    phone.click("h2 a")

    phone.fill("#id_text", "עוד פרט")
    phone.click("#composer .btn--primary")
    expect(phone.locator(".thread")).to_contain_text("עוד פרט")

    phone.click("[data-opens='#cancel-dialog']")
    expect(phone.locator("#cancel-dialog")).to_be_visible()
    assert_accessible(phone)
    phone.click("[data-closes]")
    expect(phone.locator("#cancel-dialog")).to_be_hidden()
    phone.click("[data-opens='#cancel-dialog']")
    phone.click("#cancel-dialog .btn--danger")
    expect(phone.locator("header .status")).to_have_text('סגור-בוטל ע"י הלקוח')

    inquiry.refresh_from_db()
    assert inquiry.status == "closed_by_customer"
