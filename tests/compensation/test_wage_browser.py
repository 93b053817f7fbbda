"""A wage claim in a browser: the employer uploads the sheet and files, the employees declare on a phone one by one."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from compensation.models import Claim, FilingExtension
from compensation.rules.codes import ClaimState, RequestState, Track
from compensation.rules.wizard import WizardStep
from crm_portal.worktime.rules.periods import day_of
from tests.compensation.claimants import begun, choose, located, owner, said_on, save
from tests.compensation.services.test_declaring import code_and_token, rows
from tests.compensation.views.test_employees import CHILD, GOOD, fill
from tests.factories.employees import valid_id
from tests.factories.files import StoredFileFactory
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SECOND = {**GOOD, "id_number": valid_id(789), "name": "מאיה ביטון", "mobile": "0527654321"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "he-IL"}


@pytest.fixture
def draft() -> Claim:
    """All but the employees is filled in; the claimant was granted time to file, so that it is open today."""
    claim = choose(located(begun()), Track.WAGE)
    save(
        claim,
        WizardStep.FACTS,
        answers={"said": said_on(Track.WAGE, has_absent_employees=True)},
        columns={"declares_wages_paid": True},
    )
    for step in (WizardStep.FIGURES, WizardStep.DOCUMENTS):
        save(claim, step)
    save(claim, WizardStep.BANK, claimant={"bank": "12", "bank_branch": "600", "bank_account": "123456"})
    save(claim, WizardStep.DECLARATIONS, columns={"declares_causation": True}, answers={"declares_truth": True})
    now, who = timezone.now(), owner(claim)
    FilingExtension.objects.create(
        claimant=claim.claimant, reason="מחלה", evidence=StoredFileFactory(), wanted_until=day_of(now), is_late=True,
        requested_by=who, requested_at=now, state=RequestState.GRANTED.value, decided_by=who, decided_at=now,
        granted_until=day_of(now) + timedelta(days=30),
    )  # fmt: skip
    return Claim.objects.get(pk=claim.pk)


def filled_in(template: bytes) -> dict[str, object]:
    """The downloaded template with two employees, two days each, as a file to upload."""
    book, out = openpyxl.load_workbook(BytesIO(template)), BytesIO()
    for line, who in enumerate((GOOD, SECOND), start=2):
        fill(book, 0, who, line=line)
        days = {"id_number": who["id_number"], "from_on": "08.10.2023", "until_on": "09.10.2023"}
        fill(book, 1, {**CHILD, **days, "child_id": valid_id(4560 + line)}, line=line)
    book.save(out)
    return {"name": "sheet.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def declare(browser, live_server, row, assert_accessible) -> None:
    code, token = code_and_token(row)
    context = browser.new_context(**PHONE)
    phone = context.new_page()
    phone.goto(live_server.url + reverse("claim_employees:declaration", args=[token]))
    phone.fill("#id_id_number", row.id_number)
    phone.fill("#id_code", code)
    phone.click("button.btn--primary")
    expect(phone.locator("h1")).to_contain_text(row.name)
    assert_accessible(phone)
    phone.check("#id_is_true")
    phone.click("button.btn--primary")
    expect(phone.locator("h1")).to_contain_text("תודה")
    context.close()


@pytest.mark.req("CMP-3.4.2-d")
def test_the_claim_is_complete_and_its_clocks_begin_when_the_last_employee_declared(
    page, browser, live_server, draft, assert_accessible
):
    sheet = live_server.url + reverse("claim_employees:sheet", args=[draft.number])
    enter(page, live_server, owner(draft))
    page.goto(sheet)
    with page.expect_download() as download:
        page.locator("a[href$='template.xlsx']").click()
    page.set_input_files("input[type=file]", filled_in(download.value.path().read_bytes()))
    page.locator("form[action$='upload/'] button").click()
    expect(page.locator("tbody")).to_contain_text(SECOND["name"])
    assert_accessible(page)
    page.goto(live_server.url + reverse("compensation:step", args=[draft.number, "summary"]))
    page.get_by_role("button", name="הגשת התביעה").click()

    claim = Claim.objects.get(pk=draft.pk)
    assert claim.state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS
    first, second = rows(claim)
    declare(browser, live_server, first, assert_accessible)
    claim.refresh_from_db()
    assert (claim.state, claim.filed_on, claim.decision_due_on) == (
        ClaimState.AWAITING_EMPLOYEE_DECLARATIONS,
        None,
        None,
    )
    page.goto(sheet)
    expect(page.locator("p[role=status]")).to_contain_text("1 מתוך 2")
    assert_accessible(page)

    declare(browser, live_server, second, assert_accessible)

    claim.refresh_from_db()
    assert (claim.state, claim.filed_on) == (ClaimState.SUBMITTED, day_of(timezone.now()))
    assert claim.decision_due_on is not None
    assert claim.claimed_amount == 4 * 520
