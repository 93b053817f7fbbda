"""Scenario 6 of section 10.3: real estate goes from the national unit to an office; cancelling before and after."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from routing.models import Team
from tests.fixtures.visiting import Visitor

from .acting import chooses_team, employee, opens, takes

ASSESSMENT = ("מיסוי מקרקעין", "שומה", "בירור שומה")
HELD = "עובד כבר מטפל בפנייה, ולכן אי אפשר לבטל אותה."
IN_OFFICE = "הפנייה הועברה לטיפול של משרד מיסוי מקרקעין, ולכן אי אפשר לבטל אותה."


def asks_to_cancel(citizen: Visitor, inquiry: Inquiry) -> None:
    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.page.get_by_role("link", name="ביטול הפנייה").click()
    expect(citizen.page.locator("#cancel-dialog")).to_be_visible()


@pytest.mark.req("CRM-7-k")
@pytest.mark.req("CRM-5.2.9-b")
def test_it_can_be_cancelled_until_an_office_has_it(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_as: Callable[[Visitor, User], None],
    office: Team,
) -> None:
    citizen, national, at_office = visit(phone=True), visit(looks=False), visit(looks=False)
    sign_in_citizen(citizen)
    sign_in_as(national, employee("national-unit-team", "אשל דן", role=Role.NATIONAL_UNIT_HANDLER))
    sign_in_as(at_office, employee("re-tel-aviv-team", "רגב טל"))

    first = opens(citizen, ASSESSMENT, "קיבלתי שומה כפולה.")
    second = opens(citizen, ASSESSMENT, "השומה על הדירה ברחוב הרצל שגויה.")
    for inquiry in (first, second):
        assert (inquiry.routing_decision.rule, inquiry.handling_unit.kind) == ("RE_FIRST_LINE", "national_unit")

    takes(national, first)
    citizen.goes(f"/my/inquiries/{first.number}/")
    citizen.reads(HELD)
    national.page.get_by_role("toolbar").get_by_role("link", name="שחרר").click()
    dialog = national.page.locator("dialog[open]")
    dialog.get_by_role("textbox").fill("הלקוח מבקש לבטל")
    with national.page.expect_navigation():
        dialog.get_by_role("button", name="שחרר").click()
    asks_to_cancel(citizen, first)
    citizen.presses("כן, לבטל")
    first.refresh_from_db()
    assert first.status == "closed_by_customer"

    asks_to_cancel(citizen, second)
    takes(national, second)
    national.page.locator("#triplet").get_by_role("button", name="נכונה").click()
    national.reads("נשמר")
    chooses_team(national, "צוות מיסוי מקרקעין, משרד מיסוי מקרקעין תל אביב", "נדרש טיפול של המשרד")
    national.presses("שינוי הסטטוס ושמירה")
    citizen.presses("כן, לבטל")  # on the page as it was before the office had it
    citizen.reads(IN_OFFICE)
    citizen.goes(f"/my/inquiries/{second.number}/")
    citizen.reads(IN_OFFICE)
    expect(citizen.page.get_by_role("link", name="ביטול הפנייה")).to_have_count(0)
    second.refresh_from_db()
    assert (second.status, second.owner) == ("forwarded", None)

    national.goes("/inquiries/views/unit_all/")
    expect(national.page.locator("tbody")).not_to_contain_text(second.number)
    takes(at_office, second)
    at_office.reads("נדרש טיפול של המשרד")
