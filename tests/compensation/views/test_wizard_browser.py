"""The claim of the instruction's own example, filed from a phone in Chromium, also where scripts do not run."""

import re
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from compensation.models import Claim
from compensation.rules.codes import ClaimState
from tests.compensation.claimants import FILED_AT, begun, choose, located, owner, programme
from tests.factories.people import CustomerFactory
from tests.fixtures.visiting import UNSETTLED, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

FIGURES = {
    "base__gross": "1,120,000", "eligibility__gross": "360,000", "wages__wage_base": "100,000",
    "wages__wage_eligibility": "40,000", "wages__reserve_refund_eligibility": "25,000",
    "wages__annual_wage_2022": "1,200,000", "complement__denominator": "12,000,000",
    "complement__reported_inputs": "6,500,000",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_the_window(settings: Any, tmp_path: Any):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(FILED_AT):
        yield


@pytest.fixture
def claimant():
    programme()
    return CustomerFactory(mobile="+972501234567")


def ticks(visitor: Visitor, **chosen: str) -> None:
    """Choose one of the options of each question, by the words of the option's own label."""
    for name, value in chosen.items():
        visitor.page.locator(f"label:has([name={name}][value={value}])").click()


def goes_on(visitor: Visitor, step: str) -> None:
    """Press the button that leads on, and be at that step."""
    visitor.clicks(visitor.page.locator(".wiz__actions button[type=submit]").first)
    expect(visitor.page.locator("#step-title")).to_have_text(step)


def in_a_town(visitor: Visitor, label: str, *, is_offered: bool) -> None:
    """Write a town, and wait for the towns that fit where they are offered."""
    if not is_offered:
        return visitor.writes(label, "נתיבות")
    with visitor.page.expect_response("**/towns/**"):
        visitor.writes(label, "נתיבות")
    expect(visitor.page.locator(UNSETTLED)).to_have_count(0)
    return None


def reaches_the_figures(visitor: Visitor, *, scripts: bool = True) -> None:
    visitor.goes("/compensation/claims/new/")
    visitor.clicks(visitor.page.get_by_role("button", name="התחלה"))
    goes_on(visitor, "העסק")
    in_a_town(visitor, "היישוב שבו העסק ממוקם", is_offered=scripts)
    in_a_town(visitor, "היישוב שבו העסק רשום", is_offered=scripts)
    ticks(visitor, reporting="MONTHLY", has_branches="no")
    goes_on(visitor, "מסלול")
    ticks(visitor, regime="TEMPORARY_ORDER", track="TURNOVER")
    visitor.page.locator("[name=declares]").check()
    goes_on(visitor, "תנאים")
    ticks(visitor, eligibility_reported="yes", has_absent_employees="no")
    goes_on(visitor, "נתונים")


def is_kept(visitor: Visitor, *, scripts: bool) -> None:
    if scripts:
        expect(visitor.page.locator("#saved")).to_contain_text("נשמר")
        visitor.page.wait_for_load_state("networkidle")


def files(visitor: Visitor, *, scripts: bool = True) -> Claim:
    """From the figures to the receipt; where scripts run, each step is kept before it is left."""
    goes_on(visitor, "מסמכים")
    goes_on(visitor, "חשבון בנק")
    for name, value in (("bank", "12"), ("bank_branch", "600"), ("bank_account", "123456")):
        visitor.page.locator(f"[name={name}]").fill(value)
    is_kept(visitor, scripts=scripts)
    goes_on(visitor, "הצהרות")
    visitor.page.locator("[name=declares_causation]").check()
    visitor.page.locator("[name=declares_truth]").check()
    is_kept(visitor, scripts=scripts)
    goes_on(visitor, "סיכום והגשה")
    visitor.presses("הגשת התביעה")
    return Claim.objects.get()


@pytest.mark.req("CMP-8.1.3-c")
def test_a_claim_is_filed_on_a_phone_and_the_amount_follows_what_is_typed(visit, sign_in_as, claimant):
    visitor = visit(phone=True)
    sign_in_as(visitor, claimant.user)
    reaches_the_figures(visitor)
    for name, value in FIGURES.items():
        visitor.page.locator(f"[name={name}]").fill(value)
        visitor.page.locator(f"[name={name}]").blur()
    expect(visitor.page.locator("#sum")).to_have_text(re.compile("329,308"))
    expect(visitor.page.locator("#calc output")).to_have_text(re.compile("329,308"))
    expect(visitor.page.locator("#saved")).to_contain_text("נשמר")

    claim = files(visitor)

    visitor.reads(claim.number, "329,308")
    assert (claim.state, claim.claimed_amount) == (ClaimState.SUBMITTED, Decimal(329_308))
    visitor.goes("/compensation/claims/")
    visitor.reads("329,308")


def test_a_claim_is_filed_where_scripts_do_not_run(visit, sign_in_as, claimant):
    visitor = visit(phone=True, scripts=False)
    sign_in_as(visitor, claimant.user)
    reaches_the_figures(visitor, scripts=False)
    visitor.clicks(visitor.page.locator(".wiz__actions button[type=submit]").first)
    expect(visitor.page.locator(".error-summary")).to_contain_text("מחזור עסקאות שנתי")
    for name, value in FIGURES.items():
        visitor.page.locator(f"[name={name}]").fill(value)

    claim = files(visitor, scripts=False)

    assert (claim.state, claim.claimed_amount) == (ClaimState.SUBMITTED, Decimal(329_308))


@pytest.mark.req("CMP-8.1.3-a")
def test_what_was_typed_is_there_on_another_device(visit, sign_in_as):
    claim = choose(located(begun()))
    phone, desk = visit(phone=True, looks=False), visit(looks=False)
    sign_in_as(phone, owner(claim))
    sign_in_as(desk, owner(claim))
    phone.goes(f"/compensation/claims/{claim.number}/steps/facts/")
    ticks(phone, eligibility_reported="yes", has_absent_employees="no")
    expect(phone.page.locator("#saved")).to_contain_text("נשמר")

    desk.goes("/compensation/claims/")
    desk.clicks(desk.page.locator(f"main a[href*='{claim.number}']").first)

    expect(desk.page.locator("#step-title")).to_have_text("תנאים")
    expect(desk.page.locator("[name=eligibility_reported][value=yes]")).to_be_checked()
