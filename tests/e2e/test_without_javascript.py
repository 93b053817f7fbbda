"""The same journey where scripts do not run: plain links and forms do it all."""

import io
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command

from inquiries.models import Inquiry
from tests.fixtures.visiting import Visitor


def test_an_inquiry_is_opened_assigned_and_closed_without_javascript(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_clerk: Callable[[Visitor], None],
    document: Path,
) -> None:
    citizen, clerk = visit(phone=True, scripts=False), visit(scripts=False)
    sign_in_citizen(citizen)
    citizen.goes("/my/inquiries/new/")
    for label, option in (("נושא ראשי", "מס הכנסה"), ("נושא משני", "פטור רפואי"), ("פירוט נושא", "ועדה רפואית")):
        citizen.page.get_by_label(label).select_option(label=option)
        if label != "פירוט נושא":
            citizen.presses("המשך לרמה הבאה")
    citizen.writes("תיאור הפנייה", "מתי תתכנס הוועדה?")
    citizen.page.locator("input[type=file]").set_input_files(document)
    citizen.presses("שליחת הפנייה")
    inquiry = Inquiry.objects.get()
    citizen.reads(inquiry.number)

    call_command("run_timers", stdout=io.StringIO())
    sign_in_clerk(clerk)
    clerk.goes(f"/inquiries/views/team_waiting/?q={inquiry.number}")
    clerk.clicks(clerk.page.locator("tbody").get_by_role("link"))
    clerk.presses("הקצה לי")
    form = clerk.page.locator("#treatment")
    form.get_by_label("סטטוס").select_option(label="סגור-טופל בהצלחה")
    clerk.writes("תגובה ללקוח", "הוועדה תתכנס ביום ראשון.")
    form.locator("label", has_text="נכונה").click()
    clerk.presses("שמור", within=form)
    clerk.reads("הסטטוס שונה")

    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("הוועדה תתכנס ביום ראשון.")
