"""A manager runs, narrows and exports a report in a browser; on a phone and in the dark too."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.people.rules.roles import Role
from inquiries.services import adding_up, reference
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, office
from tests.factories.people import UserFactory
from tests.inquiries.views.test_clerk_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def manager():
    reference.load(overwrite=False)
    team = office(main_topic="ניכויים")
    now = timezone.now()
    for days, trait in ((1, {}), (20, {"closed": True}), (30, {"awaiting_customer": True})):
        InquiryFactory(team=team, at=now - timedelta(days=days), **trait)
    adding_up.refresh_report_figures(at=now)
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    UnitMember.objects.create(unit=team.unit, user=user)
    return user


@pytest.mark.req("CRM-3.1-b", "CRM-3.1-c")
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_manager_runs_narrows_and_exports_a_report(page, live_server, manager, assert_accessible, width, scheme):
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    enter(page, live_server, manager)

    page.goto(f"{live_server.url}/reports/")
    assert_accessible(page)
    page.click("text=היקף הפניות")
    expect(page.locator(".kpi__value").first).to_have_text("3")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.select_option("#id_channel", "phone")
    expect(page.locator(".kpi__value").first).to_have_text("0")
    assert "channel=phone" in page.url
    page.select_option("#id_channel", "internet")
    expect(page.locator(".kpi__value").first).to_have_text("3")
    with page.expect_download() as download:
        page.click("button:has-text('CSV') >> nth=0")
    assert download.value.suggested_filename.endswith(".csv")

    page.click(".statlist a:has-text('בהמתנה ללקוח')")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    assert faults == []


def test_a_period_that_ends_before_it_begins_is_said_at_its_field_and_the_days_are_kept(page, live_server, manager):
    enter(page, live_server, manager)

    page.goto(f"{live_server.url}/reports/R3/?since=2026-05-02&until=2026-05-01")

    expect(page.locator("#id_until_error")).to_contain_text("סוף התקופה קודם לתחילתה")
    expect(page.locator("#id_until")).to_have_value("2026-05-01")
