"""The employee's declaration on a phone: a link, a code, a press; no sign-in, also without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from compensation.rules.codes import ClaimState
from compensation.services import declaring
from tests.compensation.services.test_declaring import DAYS, code_and_token, rows
from tests.factories.employees import awaiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def browser_context_args(browser_context_args, request):
    size = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    return {**browser_context_args, **size, "java_script_enabled": "without_javascript" not in request.node.name}


@pytest.fixture
def claim():
    return awaiting(employees=1)


def open_link(page, live_server, row):
    code, token = code_and_token(row)
    page.goto(live_server.url + reverse("claim_employees:declaration", args=[token]))
    return code


def enter(page, live_server, row):
    page.fill("#id_code", open_link(page, live_server, row))
    page.fill("#id_id_number", row.id_number)
    page.click("button.btn--primary")


@pytest.mark.req("CMP-3.4.2-i")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_employee_confirms_all_days_on_a_phone(page, live_server, claim, scheme, assert_accessible):
    row = rows(claim)[0]
    page.emulate_media(color_scheme=scheme)
    code = open_link(page, live_server, row)
    assert_accessible(page)
    page.fill("#id_id_number", row.id_number)
    page.fill("#id_code", "000000" if code != "000000" else "000001")
    page.click("button.btn--primary")
    expect(page.locator("#id_code_field")).to_contain_text("הקוד שגוי")
    assert_accessible(page)
    page.fill("#id_code", code)
    page.click("button.btn--primary")

    expect(page.locator("h1")).to_contain_text(row.name)
    assert page.locator(".cal input:checked").count() == len(DAYS)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(box["height"] >= 44 for box in (cell.bounding_box() for cell in page.locator(".cal label").all()))
    page.check("#id_is_true")
    page.click("button.btn--primary")

    expect(page.locator("h1")).to_contain_text("תודה")
    assert_accessible(page)
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED


def test_without_javascript_a_day_is_disputed(page, live_server, claim):
    row = rows(claim)[0]
    enter(page, live_server, row)

    page.locator(".cal label").first.click()
    page.check("#id_is_true")
    page.click("button.btn--primary")
    expect(page.locator("#id_remark_field")).to_contain_text("חובה")
    page.fill("#id_remark", "עבדתי בבוקר")
    page.click("button.btn--primary")

    expect(page.locator("h1")).to_contain_text("תודה")
    row.refresh_from_db()
    assert row.disputed_at is not None
    assert [day.is_disputed for day in row.days.all()] == [True, False]


def test_a_locked_link_says_how_long(page, live_server, claim):
    row = rows(claim)[0]
    from django.utils import timezone

    invitation = row.invitations.get()
    for _ in range(5):
        declaring.open_with(invitation_id=invitation.pk, id_number=row.id_number, code="x", at=timezone.now())

    enter(page, live_server, row)

    expect(page.locator(".error-summary, [role=alert]").first).to_contain_text("30 דקות")
