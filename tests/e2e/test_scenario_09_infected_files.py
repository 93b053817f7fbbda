"""Scenario 9: infected files of both sides, and three months with and without a file that is still checked."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer, User
from inquiries.models import Inquiry
from inquiries.services import answering, assigning, opening
from routing.models import Team, Triplet
from tests.e2e.test_journey import open_inquiry, time_passes
from tests.factories.files import EICAR, pdf, upload
from tests.fixtures.visiting import Visitor

CLOSED_FOR_A_FILE = "קובץ שצירפתם לא עבר את בדיקת האבטחה."


@pytest.fixture
def infected(tmp_path: Path) -> Path:
    """A PDF that looks in order at the door and holds what scanners know."""
    path = tmp_path / "נספח נגוע.pdf"
    path.write_bytes(pdf("An annex") + b"\n%" + EICAR)
    return path


@pytest.fixture
def asked(citizen: dict[str, Any], clerk: User) -> Callable[..., Inquiry]:
    """An inquiry of the citizen in the clerk's hands, or, with `waits`, waiting for the citizen."""

    def ask(*, waits: bool, **given: Any) -> Inquiry:
        now, customer = timezone.now(), Customer.objects.get(id_number=citizen["id_number"])
        triplet = Triplet.objects.get(code="it-medical-committee")
        inquiry = opening.open_by_customer(
            by=customer.user, at=now, triplet_id=triplet.pk, description="מה חסר?", **given
        )
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=now)
        if waits:
            answering.wait_for_customer(
                inquiry_id=inquiry.pk, by=clerk, at=now, reply="נא לצרף אישור.", proposed_solution="חסר אישור"
            )
        inquiry.refresh_from_db()
        return inquiry

    return ask


def state_of(inquiry: Inquiry) -> tuple[str, str | None]:
    inquiry.refresh_from_db()
    return inquiry.status, inquiry.closing_reason_id


def notices_of(inquiry: Inquiry, kind: str) -> list[str]:
    return list(Notification.objects.filter(about=inquiry.number, kind=kind).values_list("body", flat=True))


@pytest.mark.req("CRM-5.2.11-a")
def test_scenario_9_an_infected_file_at_opening_closes_the_inquiry(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    office: Team,
    document: Path,
    infected: Path,
) -> None:
    citizen = visit(phone=True)
    sign_in_citizen(citizen)
    citizen.goes("/my/inquiries/")
    inquiry = open_inquiry(citizen, "מצורפים אישור ונספח.", [document, infected])
    citizen.reads("בבדיקה")
    assert (inquiry.handling_team, inquiry.status) == (office, "open_team")

    time_passes()

    assert state_of(inquiry) == ("closed_by_system", "failed_sanitisation")
    step = inquiry.history.latest("at", "pk")
    assert (step.event, step.by) == ("auto_close", None)  # the history names the system
    told = notices_of(inquiry, "inquiry_failed_sanitisation")
    assert told
    assert all(infected.name in body for body in told)
    citizen.page.reload()
    citizen.looks()
    citizen.reads("הפנייה נסגרה", CLOSED_FOR_A_FILE)
    expect(citizen.page.locator("main .file--bad")).to_contain_text(infected.name)
    expect(citizen.page.locator("main a.file")).to_contain_text(document.name)  # what is clean stays, and opens


@pytest.mark.req("CRM-4.2-e")
def test_scenario_9_an_infected_file_in_a_message_closes_it_and_the_message_is_not_counted(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    asked: Callable[..., Inquiry],
    infected: Path,
) -> None:
    inquiry, citizen = asked(waits=True), visit(phone=True)
    sign_in_citizen(citizen)
    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.writes("הודעה", "הנספח מצורף.")
    citizen.page.locator("input[type=file]").set_input_files(infected)
    citizen.presses("שליחת ההודעה")
    citizen.reads("ההודעה נשלחה", "בבדיקה")
    assert state_of(inquiry) == ("info_arrived", None)

    time_passes()

    assert state_of(inquiry) == ("closed_by_system", "failed_sanitisation")
    assert inquiry.open_messages == 0
    assert len(notices_of(inquiry, "inquiry_failed_sanitisation")) == 2  # one e-mail, one SMS
    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    citizen.reads("הנספח מצורף.", "קובץ שצורף להודעה לא התקבל.", CLOSED_FOR_A_FILE)


@pytest.mark.req("CRM-5.1.3-b")
def test_scenario_9_an_employees_infected_file_is_refused_and_the_inquiry_goes_on(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_clerk: Callable[[Visitor], None],
    asked: Callable[..., Inquiry],
    infected: Path,
    tmp_path: Path,
) -> None:
    inquiry, clerk, citizen = asked(waits=False), visit(), visit(phone=True)
    program = tmp_path / "תוכנה.exe"
    program.write_bytes(b"MZ\x90\x00")
    sign_in_clerk(clerk)
    for path, answer in ((program, f'הקובץ "{program.name}" לא התקבל'), (infected, "הקובץ צורף")):
        clerk.goes(f"/inquiries/{inquiry.number}/?tab=files")
        form = clerk.page.locator("#new-file")
        form.locator("summary").click()
        form.locator("input[type=file]").set_input_files(path)
        form.locator("label", has_text=re.compile(r"^\s*כן\s*$")).click()
        form.get_by_label("הערות").fill("נספח לתשובה")
        clerk.presses("שמור וסגור", within=form)
        clerk.reads(answer)

    time_passes()

    assert state_of(inquiry) == ("in_treatment", None)
    clerk.goes(f"/inquiries/{inquiry.number}/?tab=files")
    row = clerk.page.locator("#files li")
    expect(row).to_contain_text("לא עבר הלבנה")
    expect(row.locator("a.file")).to_have_count(0)
    assert notices_of(inquiry, "inquiry_failed_sanitisation") == []
    sign_in_citizen(citizen)
    citizen.goes(f"/my/inquiries/{inquiry.number}/")
    assert infected.name not in citizen.page.content()


@pytest.mark.req("CRM-5.2.11-b")
def test_scenario_9_three_months_pass_with_and_without_a_pending_file(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    asked: Callable[..., Inquiry],
) -> None:
    held, silent = asked(waits=True, files=[upload()]), asked(waits=True)
    due = max(held.auto_close_at, silent.auto_close_at)
    day_before, days_after = due - timedelta(days=1), due + timedelta(days=2)

    for at in (day_before, days_after):  # the file of the one is checked all the while
        call_command("run_timers", "--at", at.isoformat(), "--only", "close_unanswered_waiting", verbosity=0)
        assert state_of(held) == ("waiting_customer", None)
        assert (state_of(silent)[0] == "closed_by_system") is (at > due)

    citizen = visit(phone=True)
    sign_in_citizen(citizen)
    citizen.goes(f"/my/inquiries/{silent.number}/")
    citizen.reads("הפנייה נסגרה", "במשך שלושה חודשים לא התקבלה תשובה")
    citizen.goes(f"/my/inquiries/{held.number}/")
    citizen.reads("אנחנו מחכים לתשובה שלכם", "בבדיקה")

    for only in ("scan_pending_files", "close_unanswered_waiting"):
        call_command("run_timers", "--at", days_after.isoformat(), "--only", only, verbosity=0)
    assert state_of(held) == ("closed_by_system", "no_response_3_months")
