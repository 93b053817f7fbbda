"""Scenario 7 of section 10.3: a call to the information centre in Haifa, treated in an office, without a name."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from routing.models import Team
from tests.fixtures.visiting import Visitor

from .acting import chooses_team, employee, takes


@pytest.mark.req("CRM-6.8-a")
@pytest.mark.req("CRM-5.2-c")
def test_a_call_to_haifa_is_treated_in_an_office_whose_employee_is_not_named(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_as: Callable[[Visitor, User], None],
    citizen: dict[str, Any],
    office: Team,
) -> None:
    customer, operator, clerk = visit(phone=True), visit(looks=False), visit(looks=False)
    sign_in_citizen(customer)
    sign_in_as(operator, employee("info-haifa-team", "אשל דן", role=Role.INFO_CENTRE_OPERATOR))
    sign_in_as(clerk, employee("it-tel-aviv-general", "רגב טל"))

    operator.goes("/inquiries/new/")
    operator.writes("מספר זהות של הלקוח", citizen["id_number"])
    operator.page.get_by_label("מספר זהות של הלקוח").blur()
    operator.reads("נמצא תיק לקוח:")
    for label, option in {"נושא ראשי": "מס הכנסה", "נושא משני": "תיקים", "פירוט נושא": "סגירת תיק"}.items():
        operator.chooses(label, option)
    operator.writes("מהות הפנייה", "הלקוח מבקש לדעת אם תיקו נסגר.")
    operator.presses("שמור")
    expect(operator.page.locator("#id_proposed_solution_error")).to_be_visible()
    draft = Inquiry.objects.get()
    assert (draft.status, draft.number, draft.opened_at) == ("open", None, None)
    clerk.goes("/inquiries/views/unit_all/")
    expect(clerk.page.locator("tbody tr")).to_have_count(0)  # nobody else sees a draft

    operator.goes("/inquiries/new/")
    operator.clicks(operator.page.get_by_role("link", name=f"{citizen['last_name']} {citizen['first_name']}"))
    expect(operator.page.get_by_label("מהות הפנייה")).to_have_value("הלקוח מבקש לדעת אם תיקו נסגר.")
    operator.writes("פתרון מוצע", "נדרשת בדיקה במשרד")
    operator.presses("שמור")
    inquiry = Inquiry.objects.select_related("owner", "opening_unit").get()
    operator.reads("הפנייה נפתחה", str(inquiry.number))
    assert (inquiry.status, str(inquiry.owner), inquiry.opening_unit.code) == ("in_treatment", "אשל דן", "info-haifa")
    chooses_team(operator, "חוליה כללית, משרד מס הכנסה תל אביב", "להמשך טיפול במשרד")
    operator.presses("שינוי הסטטוס ושמירה")

    takes(clerk, inquiry)
    form = clerk.page.locator("#treatment")
    clerk.chooses("סטטוס", "סגור-טופל בהצלחה", within=form)
    expect(form.get_by_label("תגובה ללקוח")).to_have_count(0)
    clerk.presses("שינוי הסטטוס ושמירה")
    expect(clerk.page.locator("#id_proposed_solution_error")).to_be_visible()
    clerk.goes(f"/inquiries/{inquiry.number}/?tab=messages")
    clerk.page.locator("#message_text").fill("בדקנו: התיק נסגר.")
    clerk.clicks(clerk.page.locator("form:has(#message_text) button[type=submit]"))
    clerk.goes(f"/inquiries/{inquiry.number}/")
    clerk.chooses("סטטוס", "סגור-טופל בהצלחה", within=form)
    clerk.writes("פתרון מוצע", "התיק נסגר, והלקוח קיבל הודעה")
    clerk.presses("שינוי הסטטוס ושמירה")
    inquiry.refresh_from_db()
    assert inquiry.status == "closed_success"

    customer.goes(f"/my/inquiries/{inquiry.number}/")
    customer.reads("בדקנו: התיק נסגר.", "רשות המסים")
    for hidden in ("טופלה על ידי", "רגב", "אשל", "נדרשת בדיקה במשרד"):
        assert hidden not in customer.page.content()
