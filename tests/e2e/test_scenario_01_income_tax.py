"""Scenario 1 of section 10.3: a suggested topic of income tax, which a second team answers after a message."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.messaging.models import Notification
from crm_portal.people.models import User
from inquiries.models import Inquiry, TriageSuggestion
from inquiries.selectors import clocks
from routing.models import Team
from tests.fixtures.visiting import Visitor

from .acting import chooses_team, employee, takes
from .test_journey import time_passes, treat

SUGGESTED = "מס הכנסה › תיקים › סגירת תיק"
FIRST, SECOND = "it-tel-aviv-general", "it-haifa-general"


def clock_runs(inquiry: Inquiry) -> bool:
    """Whether the net time grows in the next ten days."""
    now, later = (clocks.clock_of([inquiry], timezone.now() + timedelta(days=days))[inquiry.pk] for days in (0, 10))
    return later.net > now.net


@pytest.mark.req("CRM-5.1.1-e")
@pytest.mark.req("CRM-2.1.7-b")
def test_a_suggested_topic_is_routed_waits_is_handed_on_and_answered(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_as: Callable[[Visitor, User], None],
    office: Team,
) -> None:
    citizen, first, second = visit(phone=True), visit(looks=False), visit(looks=False)
    sign_in_citizen(citizen)
    sign_in_as(first, employee(FIRST, "רגב טל"))
    sign_in_as(second, employee(SECOND, "אשל דן"))

    citizen.goes("/my/inquiries/new/")
    citizen.page.get_by_label("תיאור הפנייה").press_sequentially("מתי יושלם הטיפול? סגירת תיק")
    citizen.page.locator(".offered__one", has_text=SUGGESTED).click()
    expect(citizen.page.get_by_label("פירוט נושא").locator("option:checked")).to_have_text("סגירת תיק")
    citizen.presses("שליחת הפנייה")
    citizen.reads("הפנייה התקבלה")
    inquiry = Inquiry.objects.select_related("handling_team", "triplet").get()
    assert TriageSuggestion.objects.get(inquiry=inquiry, was_chosen=True).triplet == inquiry.triplet
    assert (inquiry.triplet.code, inquiry.handling_team.code) == ("it-file-closing", FIRST)

    takes(first, inquiry)
    assert clock_runs(inquiry)
    first.presses("נכונה")
    treat(first, "בהמתנה ללקוח", "נא לצרף צילום תעודת זהות.", "חסר צילום תעודת זהות")
    first.presses("שמור וצא")
    assert not clock_runs(inquiry)
    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("נא לצרף צילום תעודת זהות.")
    citizen.writes("הודעה", "הצילום נשלח בדואר.")
    citizen.presses("שליחת ההודעה")
    citizen.reads("ההודעה נשלחה")
    assert clock_runs(inquiry)

    takes(first, inquiry)
    chooses_team(first, "חוליה כללית, משרד מס הכנסה חיפה", "התיק מנוהל בחיפה")
    first.presses("שינוי הסטטוס ושמירה")
    takes(second, inquiry)
    second.reads("הצילום נשלח בדואר.")
    second.presses("נכונה")
    treat(second, "סגור-טופל בהצלחה", "התיק נסגר ביום ראשון.")
    second.presses("שינוי הסטטוס ושמירה")
    assert not clock_runs(inquiry)
    time_passes()

    told = Notification.objects.filter(about=inquiry.number)
    for kind in ("inquiry_received", "inquiry_waiting_customer", "inquiry_closed_success"):
        notices = told.filter(kind=kind).values_list("channel", "state")
        assert sorted(notices) == [("email", "sent"), ("sms", "sent")], kind
    second.goes(f"/inquiries/{inquiry.number}/?tab=history")
    second.reads("התיק מנוהל בחיפה")
    lines = second.page.locator("ol.timeline > li")
    steps = (
        "פתוחה משויכת לצוות",
        "בטיפול",
        "בהמתנה ללקוח",
        "הגיע מידע מהלקוח",
        "העברה להמשך טיפול",
        "סגור-טופל בהצלחה",
    )
    for status in steps:
        assert lines.filter(has_text=status).locator(".timeline__dur").count(), status
    for name in ("רגב טל", "אשל דן"):
        assert lines.filter(has_text=name).count(), name
    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("התיק נסגר ביום ראשון.")
    assert "התיק מנוהל בחיפה" not in citizen.page.content()  # a proposed solution is the employees' own
