"""A file handed in and its rows read in a browser, on a desk and on a phone in the dark (CRD-0-g, 0-h)."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from creditdata.services import intake, reference
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.rules.periods import day_of
from tests.factories.creditdata import LicenseeFactory, SourceAgreementFactory, member
from tests.inquiries.views.test_clerk_browser import enter

from .supplying import order, written

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


@pytest.mark.req("CRD-0-h")
def test_a_file_is_handed_in_and_the_page_fills_by_itself(screen, live_server, assert_accessible):
    reference.load(overwrite=False)
    licensee, today = LicenseeFactory(), day_of(timezone.now())
    source = SourceAgreementFactory(licensee=licensee).source
    enter(screen, live_server, member(Role.LICENSEE_INTAKE, licensee))
    screen.goto(live_server.url + reverse("credit:batches"))
    assert_accessible(screen)
    fits(screen)
    screen.select_option("#id_source", str(source.pk))
    screen.fill("#id_as_of", today.isoformat())
    content = written([order(1), order(2, order_date="2002-02-01")])
    screen.set_input_files("#id_file", {"name": "orders.csv", "mimeType": "text/csv", "buffer": content})
    screen.click("form[action$='/batches/send/'] button[type=submit]")
    screen.click("table a")
    expect(screen.locator(".kpi__value").first).to_have_text("0")
    while intake.read_next(at=timezone.now()):
        pass

    expect(screen.locator(".kpi__value").first).to_have_text("2", timeout=15_000)
    expect(screen.locator("tbody")).to_contain_text("צו הכינוס לא ניתן אחרי")
    assert_accessible(screen)
    fits(screen)
    screen.click("a[href*='status=REJECTED']")
    expect(screen.locator("tbody tr")).to_have_count(1)
    assert_accessible(screen)
