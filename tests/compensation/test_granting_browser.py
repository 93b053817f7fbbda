"""Advances, requests and the programme in a browser: asked on a phone, decided at the desk, kept by the manager."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from compensation.models import AdvanceCampaign, AdvanceRequest, FilingExtension, ProgrammeParameter
from compensation.rules.codes import AdvanceState
from compensation.services import towns
from compensation.tasks import propose_advance_60
from crm_portal.people.rules.roles import Role
from tests.compensation.services.test_granting import WORDS
from tests.factories.compensation import ClaimFactory, fund
from tests.factories.files import pdf
from tests.factories.people import CustomerFactory
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


@pytest.fixture
def looks_right(screen, assert_accessible):
    def check():
        assert_accessible(screen)
        assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    return check


@pytest.fixture
def programme():
    towns.load(overwrite=False)
    today = timezone.localdate()
    AdvanceCampaign.objects.filter(month=date(2023, 11, 1)).update(opens_on=today, closes_on=today)


def become(screen, live_server, user):
    screen.context.clear_cookies()
    enter(screen, live_server, user)


@pytest.mark.req("CMP-7.3.5-b")
def test_an_advance_is_asked_for_its_amount_entered_and_approved(screen, live_server, programme, looks_right):
    customer = CustomerFactory()
    become(screen, live_server, customer.user)
    screen.goto(f"{live_server.url}/compensation/requests/")
    looks_right()
    screen.goto(f"{live_server.url}/compensation/requests/advance/")
    screen.fill("[name=town]", "תל אביב")
    screen.check("[name=cause][value=UNUSABLE_ASSET]")
    screen.fill("[name=damage]", "המחסן אינו נגיש")
    screen.check("[name=declares]")
    screen.check("[name=undertakes]")
    screen.click("#form button[type=submit]")
    expect(screen.locator(".error-summary")).to_be_visible()
    expect(screen.locator("[name=damage]")).to_have_value("המחסן אינו נגיש")
    looks_right()
    screen.fill("[name=town]", "בארי")
    screen.click("#form button[type=submit]")
    expect(screen.get_by_text("בארי").first).to_be_visible()
    looks_right()

    asked = AdvanceRequest.objects.get()
    become(screen, live_server, fund(Role.COMPENSATION_CLERK))
    screen.goto(f"{live_server.url}/claims/advances/")
    looks_right()
    screen.click(f"a:has-text('{asked.claimant.customer}')")
    looks_right()
    screen.fill("#amount [name=amount]", "40000")
    screen.fill("#amount [name=reasons]", WORDS)
    screen.click("#amount button[type=submit]")
    expect(screen.locator("#amount")).to_have_count(0)

    become(screen, live_server, fund(Role.COMPENSATION_MANAGER))
    screen.goto(f"{live_server.url}/claims/advances/requests/{asked.pk}/")
    looks_right()
    screen.click("form[action$='/approve/'] button")
    expect(screen.locator("form[action$='/approve/']")).to_have_count(0)
    asked.refresh_from_db()
    assert (asked.state, asked.payment.gross) == (AdvanceState.CONFIRMED.value, Decimal(40_000))


@pytest.mark.req("CMP-8.4.3-c")
def test_the_manager_confirms_what_time_proposed(screen, live_server, programme, looks_right):
    claim = ClaimFactory(filed=True)
    propose_advance_60(datetime(2023, 12, 12, 0, 5, tzinfo=UTC))
    become(screen, live_server, fund(Role.COMPENSATION_MANAGER))
    screen.goto(f"{live_server.url}/claims/advances/")
    looks_right()
    screen.click(f"a:has-text('{claim.number}')")
    looks_right()
    screen.fill("#confirm [name=base]", "100000")
    screen.click("#confirm button[type=submit]")
    expect(screen.locator("#confirm .error-summary")).to_be_visible()  # another base, and no reasons
    looks_right()
    screen.fill("#confirm [name=reasons]", WORDS)
    screen.click("#confirm button[type=submit]")
    expect(screen.locator("#confirm")).to_have_count(0)
    assert claim.advance_proposals.get().amount == Decimal(60_000)


@pytest.mark.req("CMP-8.2-a")
def test_more_time_is_asked_for_with_evidence_and_granted(screen, live_server, programme, looks_right):
    become(screen, live_server, CustomerFactory().user)
    screen.goto(f"{live_server.url}/compensation/requests/time/")
    screen.fill("[name=reason]", "אשפוז של מנהל העסק")
    screen.fill("[name=wanted_until]", "2099-01-01")
    looks_right()
    screen.set_input_files("[name=evidence]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf("x")})
    screen.click("#form button[type=submit]")
    expect(screen.locator("#h-time")).to_be_visible()
    asked = FilingExtension.objects.get()

    become(screen, live_server, fund(Role.COMPENSATION_MANAGER))
    screen.goto(f"{live_server.url}/claims/requests/")
    looks_right()
    screen.click(f"a:has-text('{asked.claimant.customer}')")
    screen.fill("#grant [name=reasons]", WORDS)
    looks_right()
    screen.click("#grant button[type=submit]")
    expect(screen.locator("#grant")).to_have_count(0)
    asked.refresh_from_db()
    assert asked.granted_until == date(2099, 1, 1)


@pytest.mark.req("CMP-8.1.1-a")
def test_the_manager_keeps_the_programme(screen, live_server, programme, looks_right):
    become(screen, live_server, fund(Role.COMPENSATION_MANAGER))
    screen.goto(f"{live_server.url}/claims/programme/")
    looks_right()
    row = screen.locator("#figure-first_advance_share")
    row.locator("summary").click()
    looks_right()
    row.locator("[name=value]").fill("160")
    row.locator("[name=reason]").fill("הוחלט על שיעור אחר")
    row.locator("button").click()
    expect(row.locator(".error-summary")).to_be_visible()
    expect(row.locator("[name=value]")).to_have_value("160")
    looks_right()
    row.locator("[name=value]").fill("55")
    row.locator("button").click()
    expect(row.locator(".kept__value")).to_have_text("55%")
    assert ProgrammeParameter.objects.filter(key="first_advance_share").last().value == "0.55"

    screen.fill("#window [name=opens_on]", "2023-11-26")
    screen.fill("#window [name=reason]", "הטופס לא היה זמין")
    screen.click("#window form button")
    expect(screen.locator("#window")).to_contain_text("26.03.2024")  # the last day moved with it
