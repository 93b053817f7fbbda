"""The tabs in a browser: an e-mail is sent, files open each in a tab, a note in a window, and axe finds nothing."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.audit.models import AuditEvent
from crm_portal.files.services.settling import settle
from crm_portal.people.models import RoleGrant
from inquiries.models import Activity
from inquiries.services import reference
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def inquiry():
    reference.load(overwrite=False)
    found = InquiryFactory(in_treatment=True, files=[files.upload(f"טופס {n}.pdf") for n in range(3)])
    for attachment in found.attachments.all():
        settle(file_id=attachment.file_id, at=timezone.now())
    RoleGrant.objects.filter(user=found.clerk).update(views_customer_files=True)
    return found


@pytest.fixture
def desk(page, live_server, inquiry):
    """The clerk's browser, signed in; fails on any error the page itself makes."""
    session = SessionStore()
    session[SESSION_KEY] = str(inquiry.clerk.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = inquiry.clerk.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.here = f"{live_server.url}/inquiries/{inquiry.number}/"
    yield page
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_email_is_sent_from_the_tab_of_activities(desk, inquiry, scheme, assert_accessible):
    desk.emulate_media(color_scheme=scheme)
    desk.goto(f"{desk.here}?tab=contact")
    assert_accessible(desk)
    desk.click("#tab-activities")
    desk.click("text=פריט דואר אלקטרוני חדש")
    desk.fill("#activity_subject", "אישור תושבות")
    desk.fill("#activity_text", "שלום, האישור יישלח מחר.")
    assert_accessible(desk)
    desk.click("#new-activity button[type=submit]")

    expect(desk.locator(".activities > li")).to_contain_text("אישור תושבות")
    assert_accessible(desk)
    assert Activity.objects.get().inquiry == inquiry


@pytest.mark.req("CRM-4.5-d")
def test_three_ticked_files_are_three_openings_and_three_rows_of_the_audit(desk, inquiry, assert_accessible):
    desk.goto(f"{desk.here}?tab=files")
    assert_accessible(desk)
    for box in desk.locator("[data-ticked]").all():
        box.check()
    desk.click("[data-open-ticked]")
    desk.wait_for_timeout(1500)

    opened = len(desk.context.pages) - 1
    held_back = desk.locator("[data-blocked-list] a").count()
    assert opened + held_back == 3
    for link in desk.locator("[data-blocked-list] a").all():  # where the browser lets a page open one window at a time
        link.click()
    desk.wait_for_timeout(1500)
    assert AuditEvent.objects.filter(action="attachment.open", outcome="read").count() == 3


@pytest.mark.req("CRM-5.1.2-a")
def test_the_note_is_written_in_a_window_that_closes_and_the_list_shows_it(desk, inquiry, assert_accessible):
    desk.goto(f"{desk.here}?tab=files")
    with desk.expect_popup() as opening:
        desk.click("a[data-window] >> nth=0")
    window = opening.value
    window.wait_for_load_state()
    assert_accessible(window)
    window.fill("#id_note", "טופס 106, תקין")
    with window.expect_event("close"):
        window.click("main button[type=submit]")

    expect(desk.locator("#files")).to_contain_text("טופס 106, תקין")


@pytest.mark.req("CRM-4.1-g")
def test_a_similar_inquiry_is_closed_along_from_the_banner(desk, inquiry, assert_accessible):
    other = InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer)
    desk.goto(f"{desk.here}?tab=general")
    assert_accessible(desk)
    desk.click("text=לצפייה וסגירה במקביל")
    assert_accessible(desk)
    desk.fill("#together_reply", "ההחזר אושר וישולם בתוך שבועיים.")
    for choice in desk.locator("form:has(#together_reply) label:has-text('השלשה נכונה')").all():
        choice.click()
    desk.click("text=סגור במקביל")

    expect(desk.locator(".record .status")).to_have_text("סגור-טופל בהצלחה")
    assert fresh(other).status == "closed_no_treatment"


@pytest.mark.req("CRM-2.1.1-a")
def test_the_customers_name_opens_his_file(desk, inquiry, assert_accessible):
    desk.goto(desk.here)
    desk.click("#h-cust a")

    expect(desk.locator("h1")).to_contain_text(str(inquiry.customer))
    expect(desk.locator("#list tbody tr")).to_have_count(1)
    assert_accessible(desk)
    desk.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(desk)
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
