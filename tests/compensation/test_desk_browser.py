"""The clerk's way from the queue to the proposal, and the manager's approval, on a desk and on a phone."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from compensation.rules.codes import ClaimState
from crm_portal.people.rules.roles import Role
from tests.compensation.conftest import fresh
from tests.factories.compensation import ClaimFactory, fund
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def screen(request, page):
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert faults == []


def looks_right(screen, assert_accessible):
    """Axe finds nothing, and the page itself does not scroll sideways."""
    assert_accessible(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.req("CMP-2.3-h")
def test_a_claim_is_reviewed_proposed_and_approved_by_another(screen, live_server, assert_accessible):
    claim = ClaimFactory(filed=True)
    clerk, manager = fund(Role.COMPENSATION_CLERK), fund(Role.COMPENSATION_MANAGER)
    enter(screen, live_server, clerk)
    screen.goto(live_server.url)
    looks_right(screen, assert_accessible)
    screen.click(f"a:has-text('{claim.number}')")
    looks_right(screen, assert_accessible)
    screen.click("form[action$='/take/'] button")
    screen.check("#causation [value=PROVED]")
    screen.click("#causation form button")
    looks_right(screen, assert_accessible)
    screen.fill("#proposal [name=amount]", "200000")
    screen.click("#proposal button[type=submit]")
    expect(screen.locator("#proposal .error-summary")).to_be_visible()  # less than claimed, and no reason
    looks_right(screen, assert_accessible)
    screen.fill("#proposal [name=amount]", "218348")
    screen.click("#proposal button[type=submit]")
    expect(screen.locator("#proposal")).to_have_count(0)
    assert fresh(claim).state == ClaimState.PENDING_APPROVAL.value

    screen.context.clear_cookies()
    enter(screen, live_server, manager)
    screen.goto(live_server.url)
    looks_right(screen, assert_accessible)
    screen.goto(f"{live_server.url}/claims/queue/approval/")
    screen.click(f"a:has-text('{claim.number}')")
    looks_right(screen, assert_accessible)
    screen.click("#approval button")
    expect(screen.locator("#decision h3")).to_be_visible()
    looks_right(screen, assert_accessible)
    assert fresh(claim).determined_amount == Decimal(218_348)
