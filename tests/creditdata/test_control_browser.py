"""What two persons decide, in a browser: proposed, read, approved, and found in the log; on a desk and on a phone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from creditdata.models import Membership
from creditdata.rules.accesses import FieldsClass, Purpose
from creditdata.services import accesses
from creditdata.services.accesses import Access
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import DataSubjectFactory, LicenseeFactory, identified, member
from tests.factories.people import UserFactory
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def screen(request, page):
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


def fits(screen):
    """Nothing makes the page itself scroll sideways."""
    assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.req("CRD-77-a")
def test_a_role_is_proposed_by_one_and_approved_by_another(screen, live_server, assert_accessible):
    licensee = LicenseeFactory()
    security, approver = member(Role.LICENSEE_SECURITY, licensee), member(Role.LICENSEE_APPROVER, licensee)
    newcomer = identified(UserFactory(username="newcomer"))
    enter(screen, live_server, security)
    screen.goto(live_server.url + reverse("credit:members"))
    assert_accessible(screen)
    fits(screen)
    screen.fill("#id_username", "newcomer")
    screen.select_option("#id_role", "licensee_intake")
    screen.select_option("#id_licensee", str(licensee.pk))
    screen.fill("#id_reasons", "עובדת חדשה בקליטה")
    screen.click("form[action$='/members/give/'] button[type=submit]")
    expect(screen.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(screen)
    fits(screen)

    screen.context.clear_cookies()
    enter(screen, live_server, approver)
    screen.goto(live_server.url)
    screen.click("table a")
    assert_accessible(screen)
    fits(screen)
    screen.click("form[action$='/approve/'] button")

    expect(screen.locator(".status[data-status=done]").first).to_be_visible()
    assert Membership.objects.filter(user=newcomer, role="licensee_intake").exists()


@pytest.mark.req("CRD-77-c")
def test_a_file_is_opened_for_a_purpose_and_the_log_tells(screen, live_server, assert_accessible):
    licensee = LicenseeFactory()
    subject = DataSubjectFactory(licensee=licensee, number="123456782")
    clerk, security = member(Role.LICENSEE_RECORDS, licensee), member(Role.LICENSEE_SECURITY, licensee)
    accesses.record_access(
        licensee=licensee, subjects=[subject], by=None, at=timezone.now(), principal="task verify_chains",
        access=Access("subject", str(subject.pk), FieldsClass.NEGATIVE, Purpose.MAINTENANCE),
    )  # fmt: skip
    enter(screen, live_server, clerk)
    screen.goto(live_server.url + reverse("credit:subject", args=[subject.pk]))
    assert_accessible(screen)
    screen.select_option("#id_purpose", "correction")
    screen.fill("#id_reference", "1041")
    screen.click("main form[method=get] button[type=submit]")
    expect(screen.get_by_role("heading", level=1)).to_contain_text(subject.last_name)
    assert_accessible(screen)
    fits(screen)

    screen.context.clear_cookies()
    enter(screen, live_server, security)
    screen.goto(live_server.url + reverse("credit:accesses"))
    screen.fill("#id_number", "123456782")
    screen.click("form[action$='/find/'] button[type=submit]")

    expect(screen.get_by_text("1041")).to_be_visible()
    assert_accessible(screen)
    fits(screen)


def test_the_registrars_pages_are_accessible_and_fit(screen, live_server, assert_accessible):
    LicenseeFactory()
    enter(screen, live_server, member(Role.REGISTRAR_OFFICER))
    for name in ("credit:settings", "credit:exemptions"):
        screen.goto(live_server.url + reverse(name))
        assert_accessible(screen)
        fits(screen)
