"""Scenario 2 of section 10.3: an inquiry to VAT that belongs to income tax, from desk to desk and into the export."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from routing.models import Team
from tests.fixtures.visiting import Visitor

from .acting import chooses_team, employee, opens, takes

CLOSING_A_DEALER = ('מע"מ', "תיק עוסק", "סגירת תיק עוסק")
CLOSING_A_FILE = ("מס הכנסה", "תיקים", "סגירת תיק")
HEAD_TEAM = 'צוות ראשי-מנהלת פניות מע"מ ומס הכנסה'


def changes_triplet(visitor: Visitor, topic: tuple[str, str, str]) -> None:
    form = visitor.page.locator("#triplet")
    for label, option in zip(("נושא ראשי", "נושא משני", "פירוט נושא"), topic, strict=True):
        visitor.chooses(label, option, within=form)
    visitor.presses("שינוי השלשה")


@pytest.mark.req("CRM-6.4-c")
@pytest.mark.req("CRM-5.1.1-g")
def test_only_the_head_team_takes_an_inquiry_to_another_tax_system(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_as: Callable[[Visitor, User], None],
    office: Team,
    tmp_path: Path,
) -> None:
    citizen, at_vat, at_head, at_tax, department = (
        visit(phone=True),
        visit(looks=False),
        visit(looks=False),
        visit(looks=False),
        visit(looks=False),
    )
    sign_in_citizen(citizen)
    sign_in_as(at_vat, employee("vat-tel-aviv-registration", "אשל דן"))
    sign_in_as(at_head, employee("head-team", "גל שיר", role=Role.HEAD_TEAM_MEMBER))
    sign_in_as(at_tax, employee("it-tel-aviv-general", "רגב טל"))
    sign_in_as(department, employee("info-jerusalem-team", "לביא נטע", role=Role.CRM_ADMIN))

    inquiry = opens(citizen, CLOSING_A_DEALER, "סגרתי את העסק. איך סוגרים את התיק במס הכנסה? 111100012")
    assert (inquiry.routing_decision.rule, inquiry.handling_team.code) == ("VAT_KEY", "vat-tel-aviv-registration")

    takes(at_vat, inquiry)
    changes_triplet(at_vat, CLOSING_A_FILE)
    expect(at_vat.page.locator("#triplet")).to_contain_text("רק הצוות הראשי רשאי להעביר פנייה למערך מס אחר")
    inquiry.refresh_from_db()
    assert inquiry.triplet == inquiry.customer_triplet
    at_vat.clicks(at_vat.page.locator("#triplet").get_by_role("link", name="העברה לצוות הראשי"))
    at_vat.writes("פתרון מוצע", "הפנייה שייכת למס הכנסה")  # the one field that is left
    at_vat.presses("שינוי הסטטוס ושמירה")

    at_head.goes("/inquiries/views/head_team_queue/")
    at_head.reads("הפנייה שייכת למס הכנסה")
    takes(at_head, inquiry, view="head_team_queue")
    changes_triplet(at_head, CLOSING_A_FILE)
    at_head.reads("השלשה שונתה")
    inquiry.refresh_from_db()
    assert (inquiry.triplet.code, inquiry.triplet_validation) == ("it-file-closing", "incorrect")
    assert inquiry.recommended_team.code == "it-tel-aviv-general"
    chooses_team(at_head, "חוליה כללית, משרד מס הכנסה תל אביב", "השלשה תוקנה, לטיפול פקיד השומה")
    first = at_head.page.locator("#id_team option:not([value=''])").first
    expect(first).to_have_text("חוליה כללית, משרד מס הכנסה תל אביב")  # where the rules send such an inquiry
    at_head.presses("שינוי הסטטוס ושמירה")

    takes(at_tax, inquiry)
    at_tax.reads("השלשה תוקנה, לטיפול פקיד השומה")
    at_tax.chooses("סטטוס", "סגור-טופל בהצלחה", within=at_tax.page.locator("#treatment"))
    at_tax.writes("תגובה ללקוח", "תיק מס ההכנסה נסגר, ואישור נשלח אליך.")
    at_tax.presses("שינוי הסטטוס ושמירה")
    at_tax.goes(f"/inquiries/{inquiry.number}/?tab=history")
    changed = at_tax.page.locator(".timeline li").filter(has_text="גל שיר").locator(".change")
    before, after = (" / ".join(topic) for topic in (CLOSING_A_DEALER, CLOSING_A_FILE))
    expect(changed.filter(has_text=re.compile(f"{before}.*{after}"))).to_have_count(1)  # both tax systems, in order

    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("תיק מס ההכנסה נסגר, ואישור נשלח אליך.")

    department.goes("/triage/")
    with department.page.expect_download() as download:
        department.page.get_by_role("button", name="ייצוא לאימון").click()
    path = tmp_path / "export.csv"
    download.value.save_as(path)
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    assert (row["chosen_triplet"], row["verdict"]) == ("vat-file-closing", "incorrect")
    assert row["final_triplet"] == "it-file-closing"
    assert "111100012" not in row["description"]
