"""From a citizen's question to the clerk's answer, and what happens when nobody answers, in real browsers."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer, User
from inquiries.models import Inquiry
from inquiries.services import answering, assigning, opening
from routing.models import Team, Triplet
from tests.fixtures.visiting import Visitor

TOPIC = {"נושא ראשי": "מס הכנסה", "נושא משני": "פטור רפואי", "פירוט נושא": "ועדה רפואית"}


def time_passes(**by: float) -> str:
    """What beat does all day."""
    said = io.StringIO()
    call_command("run_timers", *(["--at", (timezone.now() + timedelta(**by)).isoformat()] if by else []), stdout=said)
    return said.getvalue()


def open_inquiry(citizen: Visitor, description: str, document: Path | list[Path]) -> Inquiry:
    citizen.goes("/my/inquiries/")
    citizen.clicks(citizen.page.locator("main").get_by_role("link", name="פנייה חדשה").first)
    for label, option in TOPIC.items():
        citizen.chooses(label, option)
    citizen.writes("תיאור הפנייה", description)
    citizen.page.locator("input[type=file]").set_input_files(document)
    citizen.presses("שליחת הפנייה")
    inquiry = Inquiry.objects.latest("created_at")
    citizen.reads("הפנייה התקבלה", inquiry.number)
    return inquiry


def open_from_the_queue(clerk: Visitor, inquiry: Inquiry) -> None:
    clerk.page.get_by_label("חיפוש בתצוגה זו").fill(inquiry.number)
    row = clerk.page.locator("tbody tr")
    clerk.page.wait_for_url(f"**q={inquiry.number}*")
    clerk.clicks(row.get_by_role("link"))


def treat(clerk: Visitor, status: str, reply: str, proposed_solution: str = "") -> None:
    form = clerk.page.locator("#treatment")
    clerk.chooses("סטטוס", status, within=form)
    clerk.writes("תגובה ללקוח", reply)
    if proposed_solution:
        clerk.writes("פתרון מוצע", proposed_solution)


@pytest.mark.req("CRM-2.1.4-a")
def test_a_question_is_asked_routed_treated_and_answered(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_clerk: Callable[[Visitor], None],
    office: Team,
    document: Path,
) -> None:
    citizen, clerk = visit(phone=True), visit()
    sign_in_citizen(citizen)
    inquiry = open_inquiry(citizen, "שלחתי אישור רפואי. מתי תתכנס הוועדה?", document)
    assert inquiry.routing_decision.rule == "MSM_SECTION17"
    assert (inquiry.handling_team, inquiry.status) == (office, "open_team")

    time_passes()
    assert inquiry.attachments.get().file.state == "clean"
    told = Notification.objects.filter(about=inquiry.number, kind="inquiry_received")
    assert {(notice.channel, notice.state) for notice in told} == {("email", "sent"), ("sms", "sent")}

    sign_in_clerk(clerk)
    clerk.goes("/inquiries/views/team_waiting/")
    clerk.acts = 0
    open_from_the_queue(clerk, inquiry)
    clerk.presses("הקצה לי")
    clerk.reads("מתי תתכנס הוועדה?")
    clerk.presses("נכונה")
    treat(clerk, "בהמתנה ללקוח", "נא לצרף צילום תעודת זהות.", "חסר צילום תעודת זהות")
    clerk.presses("שמור וצא")
    time_passes()

    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("נא לצרף צילום תעודת זהות.")
    citizen.writes("הודעה", "הצילום מצורף.")
    citizen.page.locator("input[type=file]").set_input_files(document)
    citizen.presses("שליחת ההודעה")
    citizen.reads("ההודעה נשלחה")
    time_passes()

    clerk.page.reload()
    open_from_the_queue(clerk, inquiry)
    clerk.reads("הגיע מידע מהלקוח")
    clerk.presses("הקצה לי")
    treat(clerk, "סגור-טופל בהצלחה", "הוועדה תתכנס ביום ראשון.")
    clerk.presses("שינוי הסטטוס ושמירה")
    assert clerk.acts < 10, f"The clerk pressed and chose {clerk.acts} times"

    clerk.clicks(clerk.page.get_by_role("tab", name="היסטוריית סטטוסים ובעלים"))
    lines = clerk.page.locator("ol.timeline > li")
    for status in ("פתוחה משויכת לצוות", "בטיפול", "בהמתנה ללקוח", "הגיע מידע מהלקוח", "סגור-טופל בהצלחה"):
        assert lines.filter(has_text=status).locator(".timeline__dur").count(), status

    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("הוועדה תתכנס ביום ראשון.")
    assert "חסר צילום תעודת זהות" not in citizen.page.content()  # a proposed solution is the employees' own


@pytest.mark.req("CRM-5.2.11-b")
def test_what_nobody_answers_for_three_months_is_closed(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    citizen: dict[str, Any],
    clerk: User,
    office: Team,
) -> None:
    now, customer = timezone.now(), Customer.objects.get(id_number=citizen["id_number"])
    triplet = Triplet.objects.get(code="it-medical-committee")
    inquiry = opening.open_by_customer(by=customer.user, at=now, triplet_id=triplet.pk, description="מה חסר?")
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=now)
    answering.wait_for_customer(
        inquiry_id=inquiry.pk, by=clerk, at=now, reply="נא לצרף אישור.", proposed_solution="חסר אישור"
    )

    assert "close_unanswered_waiting 0 0" in time_passes(days=80)
    assert "close_unanswered_waiting 1 0" in time_passes(days=93)
    assert "close_unanswered_waiting 0 0" in time_passes(days=94)

    visitor = visit(phone=True)
    sign_in_citizen(visitor)
    visitor.goes(f"/my/inquiries/{inquiry.number}/")
    visitor.reads("הפנייה נסגרה", "במשך שלושה חודשים לא התקבלה תשובה")
