"""The treasurer's way in a browser, from what is to be paid to the bank's answer, on a desk and on a phone."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from compensation.models import Claim, PaymentLine
from compensation.rules.codes import ClaimState
from compensation.services import owing
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import decide, decided, rates
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def screen(request, page):
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # else a toast is measured half faded in
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


@pytest.fixture
def treasurer():
    rates(rate="0.04", now="103")
    return fund(Role.COMPENSATION_PAYMENTS)


def fits(screen):
    """Nothing makes the page itself scroll sideways."""
    assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_claim_is_paid_through_the_bank(screen, live_server, treasurer, assert_accessible):
    claim = decided()
    now = timezone.now()
    owing.record_debt(
        claimant_id=claim.claimant_id, tax="מע\"מ", reference="7714", amount=Decimal(3_200), since_on=date(2024, 1, 1),
        by=treasurer, at=now,
    )  # fmt: skip
    owing.record_lien(
        claimant_id=claim.claimant_id, creditor="ספקי הדרום בע\"מ", authority="הוצאה לפועל באר שבע", reference="51-22",
        amount=Decimal(12_000), served_on=date(2024, 2, 1), bank="10", bank_branch="800", bank_account="7700",
        by=treasurer, at=now,
    )  # fmt: skip
    enter(screen, live_server, treasurer)
    screen.goto(live_server.url)
    assert_accessible(screen)
    fits(screen)
    screen.click(f"form[action*='{claim.number}'] button")
    expect(screen.locator(".ledger__sum")).to_be_visible()
    assert_accessible(screen)
    fits(screen)
    screen.click("form[action$='/approve/'] button")
    assert_accessible(screen)
    screen.goto(f"{live_server.url}/treasury/bank/")
    screen.click("form[action$='/export/'] button")
    assert_accessible(screen)
    lines = PaymentLine.objects.order_by("place")
    answer = "\n".join(f"{line.reference},{line.amount}.00,S,2026-01-01," for line in lines)
    screen.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": answer.encode()})
    screen.click("form[action$='/settle/'] button")
    expect(screen.locator("#h-report")).to_be_visible()
    assert_accessible(screen)
    fits(screen)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.PAID.value


def test_debts_and_an_overpayment_are_kept(screen, live_server, treasurer, assert_accessible):
    from compensation.services import overpaying, paying

    claim = decided(100_000)
    now = timezone.now()
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=now)
    payment = paying.approve(payment_id=payment.pk, by=treasurer, at=now)
    paying.settle(payment, Claim.objects.get(pk=claim.pk), by=treasurer, at=now)
    decide(claim, 0, state=ClaimState.REJECTED)
    demand = overpaying.demand(claim_id=claim.pk, by=treasurer, at=now)
    enter(screen, live_server, treasurer)
    screen.goto(f"{live_server.url}/treasury/claimants/{claim.claimant_id}/")
    assert_accessible(screen)
    fits(screen)
    screen.click("#debt summary")
    screen.fill("#debt [name=tax]", "מס הכנסה")
    screen.click("#debt form button")
    expect(screen.locator("#debt [name=tax]")).to_have_value("מס הכנסה")
    assert_accessible(screen)
    screen.goto(f"{live_server.url}/treasury/overpayments/list/demanded/")
    assert_accessible(screen)
    fits(screen)
    screen.goto(f"{live_server.url}/treasury/overpayments/{demand.pk}/")
    screen.fill("[name=amount]", "500")
    screen.fill("[name=reference]", "R-1")
    screen.click("form[action$='/return/'] button")
    expect(screen.get_by_text("R-1")).to_be_visible()
    assert_accessible(screen)
    fits(screen)
