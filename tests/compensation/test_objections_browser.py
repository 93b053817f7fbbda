"""After the decision in a browser: object on a phone, decide, pay the difference; committee and court; a correction."""

# ruff: noqa: F401, F811 - fixtures of other modules

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from compensation.models import Appeal, Objection, Payment
from compensation.rules.codes import AppealState, ClaimState, DecisionKind, GapReason, ObjectionState
from compensation.rules.gaps import Gap
from compensation.services import deciding, examining, paying
from crm_portal.people.rules.roles import Role
from tests.compensation.conftest import fresh
from tests.compensation.services.test_deciding import WORDS, propose
from tests.compensation.services.test_objecting import FULL, GROUNDS, PART, objected, officer
from tests.factories.compensation import fund
from tests.factories.money import account, rates
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def screen(request, page):
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


@pytest.fixture
def paid(in_review, clerk, manager):
    """Partly approved and paid today, as the browser reckons it."""
    rates()
    now = timezone.now()
    account(in_review)
    propose(in_review, clerk, PART, [Gap(GapReason.OTHER, FULL - PART)], WORDS)
    deciding.approve(claim_id=in_review.pk, by=manager, at=now)
    treasurer = fund(Role.COMPENSATION_PAYMENTS)
    payment = paying.prepare(claim_id=in_review.pk, by=treasurer, at=now)
    payment = paying.approve(payment_id=payment.pk, by=treasurer, at=now)
    paying.settle(payment, fresh(in_review), by=treasurer, at=now)
    return fresh(in_review)


@pytest.fixture
def looks_right(screen, assert_accessible):
    def look():
        assert_accessible(screen)
        assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    return look


def become(screen, live_server, user, address):
    screen.context.clear_cookies()
    enter(screen, live_server, user)
    screen.goto(f"{live_server.url}{address}")


@pytest.mark.req("CMP-9.2-b")
def test_an_objection_from_the_claimants_phone_to_the_payment_of_the_difference(
    screen, live_server, looks_right, paid, officer
):
    become(screen, live_server, paid.claimant.customer.user, f"/compensation/claims/{paid.number}/")
    screen.click("a[href$='/objection/']")
    looks_right()
    screen.fill("#objection [name=grounds]", "קצר")
    screen.click("#objection button[type=submit]")
    expect(screen.locator("#objection .error-summary")).to_be_visible()
    expect(screen.locator("#objection [name=grounds]")).to_have_value("קצר")
    looks_right()
    screen.fill("#objection [name=grounds]", GROUNDS)
    screen.set_input_files("#objection [name=uploads]", {"name": "p.txt", "mimeType": "text/plain", "buffer": b"102"})
    screen.click("#objection button[type=submit]")
    expect(screen.locator("#objection")).to_have_count(0)
    looks_right()

    become(screen, live_server, officer, "/")
    looks_right()
    screen.click(f"main a:has-text('{paid.number}')")
    screen.click("form[action$='/take/'] button")
    looks_right()
    screen.click("form[action$='/complete/'] button")
    screen.click("#verdict button[type=submit]")
    expect(screen.locator("#verdict .error-summary")).to_be_visible()  # no reasons
    looks_right()
    screen.fill("#verdict [name=reasons]", WORDS)
    screen.click("#verdict button[type=submit]")
    expect(screen.locator("#verdict")).to_have_count(0)
    looks_right()
    assert Objection.objects.get().state == ObjectionState.ACCEPTED.value

    become(screen, live_server, fund(Role.COMPENSATION_PAYMENTS), "/treasury/")
    screen.click(f"form[action*='{paid.number}'] button")
    expect(screen.locator(".ledger__sum")).to_be_visible()
    assert Payment.objects.latest("pk").principal == FULL - PART


@pytest.mark.req("CMP-10.2-a")
@pytest.mark.req("CMP-10.3-a")
def test_an_appeal_with_its_checklist_its_hearing_and_the_court(screen, live_server, looks_right, paid, officer):
    now, today = timezone.now(), timezone.localdate().isoformat()
    objection = objected(paid, at=now)
    examining.take(objection_id=objection.pk, by=officer, at=now)
    examining.decide(objection_id=objection.pk, by=officer, at=now, amount=PART, reasons=WORDS)
    become(screen, live_server, paid.claimant.customer.user, f"/compensation/claims/{paid.number}/objection/")
    screen.fill("#appeal [name=grounds]", GROUNDS)
    screen.check("#appeal [name=has_all_attachments]")
    screen.click("#appeal button[type=submit]")
    expect(screen.locator("#appeal .error-summary")).to_be_visible()  # four copies were not delivered
    looks_right()
    screen.check("#appeal [name=has_copies]")
    screen.click("#appeal button[type=submit]")
    expect(screen.locator("#appeal")).to_have_count(0)
    looks_right()

    become(screen, live_server, officer, "/objections/list/appealed/")
    looks_right()
    screen.click(f"main a:has-text('{paid.number}')")
    screen.click("#hearing summary")
    screen.fill("#hearing [name=on]", today)
    screen.fill("#hearing [name=place]", "ועדת הערר, ירושלים")
    looks_right()
    screen.click("#hearing button[type=submit]")
    screen.click("#committee summary")
    screen.fill("#committee [name=decided_on]", today)
    screen.fill("#committee [name=amount]", "200000")
    screen.fill("#committee [name=text]", WORDS)
    screen.click("#committee button[type=submit]")
    expect(screen.locator("#committee .error-summary")).to_be_visible()  # without the day of service
    looks_right()
    screen.fill("#committee [name=served_on]", today)
    screen.click("#committee button[type=submit]")
    screen.click("#court summary")
    screen.fill("#court [name=filed_on]", today)
    screen.fill("#court [name=legal_question]", GROUNDS)
    screen.click("#court button[type=submit]")
    expect(screen.locator("#court .error-summary")).to_be_visible()  # the district attorney had no copy
    screen.fill("#court [name=attorney_copy_on]", today)
    screen.click("#court button[type=submit]")
    screen.click("#court_decision summary")
    screen.fill("#court_decision [name=decided_on]", today)
    screen.fill("#court_decision [name=amount]", "218348")
    screen.fill("#court_decision [name=text]", WORDS)
    screen.click("#court_decision button[type=submit]")
    expect(screen.locator("#court_decision")).to_have_count(0)
    looks_right()
    assert Appeal.objects.get().state == AppealState.COURT_DECIDED.value
    assert fresh(paid).determined_amount == FULL


@pytest.mark.req("CMP-8.7-a")
def test_the_manager_corrects_and_what_was_paid_is_demanded_back(screen, live_server, looks_right, paid, manager):
    become(screen, live_server, manager, f"/claims/{paid.number}/reviews/")
    screen.click("#correction summary")
    screen.fill("#correction [name=amount]", "0")
    screen.fill("#correction [name=reasons]", WORDS)
    screen.click("#correction button[type=submit]")
    expect(screen.locator("#correction .error-summary")).to_be_visible()  # no ground
    looks_right()
    screen.check("#correction [value=ERROR]")
    screen.fill("#correction [name=gap_OTHER]", "218348")
    screen.click("#correction button[type=submit]")
    expect(screen.locator("#correction h3").nth(1)).to_be_visible()
    looks_right()
    claim = fresh(paid)
    assert (claim.state, claim.decisions.latest("version").kind) == (
        ClaimState.REJECTED.value,
        DecisionKind.CORRECTION.value,
    )
    assert claim.overpayments.get().amount == Decimal(PART)
