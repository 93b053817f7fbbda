"""Scenario 12 of section 10.3: who comes from abroad, and somebody abroad who wrote to an office.

The representative of section 60 is in `tests/inquiries/views/test_representatives_browser.py`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from routing.models import Team
from tests.fixtures.visiting import Visitor

from .acting import employee

TOPIC = ("מס הכנסה", "תיקים", "סגירת תיק")
ABROAD, ISRAEL = "198.51.100.7", "192.0.2.7"


@pytest.mark.req("CRM-7-s")
def test_from_abroad_every_door_leads_to_the_page_of_contact_details(
    visit: Callable[..., Visitor], office: Team, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]
    visitor, neighbour = visit(phone=True, address=ABROAD), visit(phone=True, address=ISRAEL)

    for door in ("/sign-in/", "/sign-in/?as=employee", "/my/inquiries/new/"):
        visitor.goes(door)
        visitor.reads("מישראל בלבד")
        expect(visitor.page.locator("main form")).to_have_count(0)
    assert AuditEvent.objects.filter(code="ORIGIN_ABROAD_BLOCKED", origin=ABROAD).count() == 3
    visitor.clicks(visitor.page.locator("main a[href='/contact/']"))
    expect(visitor.page.locator("main")).to_contain_text("משרד")

    neighbour.goes("/sign-in/")
    expect(neighbour.page.get_by_label('מספר תעודת זהות או ח"פ')).to_be_visible()


def attaches(operator: Visitor, inquiry: Inquiry, document: Path) -> Locator:
    """Send a file to the customer, from the files of the inquiry."""
    operator.goes(f"/inquiries/{inquiry.number}/?tab=files")
    form = operator.page.locator("#new-file")
    form.locator("summary").click()
    form.locator("input[type=file]").set_input_files(document)
    form.locator("label", has_text=re.compile(r"^\s*כן\s*$")).click()
    form.get_by_label("הערות").fill("האישור שביקשת")
    form.get_by_role("button", name="שמור וסגור", exact=True).click()
    operator.page.wait_for_load_state("networkidle")
    return form


@pytest.mark.req("CRM-7-u")
@pytest.mark.req("CRM-2.1.1-b")
def test_a_contact_from_abroad_gets_a_file_after_the_identification_alone(
    visit: Callable[..., Visitor], sign_in_as: Callable[[Visitor, User], None], office: Team, document: Path
) -> None:
    operator = visit()
    sign_in_as(operator, employee("info-haifa-team", "אשל דן", role=Role.INFO_CENTRE_OPERATOR))
    operator.goes("/inquiries/new/")
    operator.page.locator("label", has_text="פנייה מחוץ לישראל").click()
    operator.page.locator("#manual-customer summary").click()
    for field, value in {"country": "FR", "last_name": "Martin", "first_name": "Claire"}.items():
        operator.page.locator(f"#id_{field}").fill(value)
    operator.page.locator("#id_foreign_number").fill("12AB345")
    for label, option in zip(("נושא ראשי", "נושא משני", "פירוט נושא"), TOPIC, strict=True):
        operator.chooses(label, option)
    operator.writes("מהות הפנייה", "מבקשת אישור על סגירת התיק.")
    operator.writes("פתרון מוצע", "נרשם, וימתין לזיהוי")
    operator.presses("שמור")
    inquiry = Inquiry.objects.select_related("customer").get()
    assert (inquiry.customer.country, inquiry.customer.foreign_number) == ("FR", "12AB345")
    operator.goes(f"/inquiries/{inquiry.number}/")
    operator.reads("לא מזוהה")

    form = attaches(operator, inquiry, document)
    expect(form.locator("#file_upload_error")).to_be_visible()
    expect(form.get_by_label("הערות")).to_have_value("האישור שביקשת")  # what was typed is kept
    operator.looks()
    assert not inquiry.attachments.exists()

    operator.goes(f"/inquiries/{inquiry.number}/")
    operator.page.locator("#abroad-documents").fill("דרכון צרפתי")
    operator.presses("רישום הזיהוי")
    operator.reads("דרכון צרפתי")
    attaches(operator, inquiry, document)

    operator.reads("הקובץ צורף")
    assert inquiry.attachments.get().direction == "outbound"
