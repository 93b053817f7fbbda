"""A template chosen and sent in a browser, and its pages, in both themes."""

# ruff: noqa: F811 - the fixture is asked for by its name

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.people.rules.roles import Role
from inquiries.services import reference, templates
from inquiries.services.templates import Content
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, fresh
from tests.factories.people import UserFactory

from .test_clerk_browser import enter, screen  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def inquiry():
    reference.load(overwrite=False)
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def manager(inquiry):
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    UnitMember.objects.create(unit=inquiry.handling_unit, user=user)
    return user


@pytest.fixture
def template(inquiry, manager):
    content = Content("מסמכים להחזר", "שלום {customer_name}, יש לצרף טופס 106.", unit_id=inquiry.handling_unit_id)
    made = templates.draft(by=inquiry.clerk, at=timezone.now(), content=content)
    return templates.submit(template_id=made.pk, by=inquiry.clerk, at=timezone.now(), version=1)


@pytest.mark.req("CRM-2.2.5-a")
def test_a_template_is_inserted_by_the_keyboard_edited_and_sent(
    screen,
    live_server,
    inquiry,
    manager,
    template,
    assert_accessible,
):
    templates.approve(template_id=template.pk, by=manager, at=timezone.now(), version=1)
    enter(screen, live_server, inquiry.clerk)
    screen.goto(f"{live_server.url}/inquiries/{inquiry.number}/?tab=general")
    assert_accessible(screen)
    screen.select_option("#id_status", "waiting_customer")
    expect(screen.locator("#id_reply")).to_be_visible()
    screen.locator("h1").click()

    screen.keyboard.press("t")
    expect(screen.locator("dialog[open] #template-q")).to_be_focused()
    assert_accessible(screen)
    screen.fill("#template-q", "106")
    expect(screen.locator("#offered .offer")).to_have_count(1)
    screen.click("#offered .offer button")

    expect(screen.locator("#id_reply")).to_be_focused()
    expect(screen.locator("#id_reply")).to_have_value(f"שלום {inquiry.customer}, יש לצרף טופס 106.")
    assert_accessible(screen)
    screen.keyboard.press("Control+End")
    screen.keyboard.type(" תודה.")
    screen.fill("#id_proposed_solution", "חסר טופס 106")
    screen.click("#treatment .btn--primary")

    expect(screen.locator(".record .status")).to_have_text("בהמתנה ללקוח")
    message = fresh(inquiry).messages.get()
    assert message.text.endswith("טופס 106. תודה.")
    assert message.template_version.template == template


@pytest.mark.req("CRM-2.2.5-b")
def test_a_manager_reads_rejects_and_a_phone_shows_it_all(
    screen,
    live_server,
    inquiry,
    manager,
    template,
    assert_accessible,
):
    enter(screen, live_server, manager)
    screen.set_viewport_size({"width": 390, "height": 844})
    screen.goto(f"{live_server.url}/templates/")
    assert_accessible(screen)
    screen.click(f"text={template.title}")
    assert_accessible(screen)
    screen.click("summary:has-text('דחה')")
    screen.fill("#id_reason", "חסר קישור")
    screen.click("form[action$='reject/'] button")

    expect(screen.locator("main .alert")).to_contain_text("חסר קישור")
    assert_accessible(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screen.goto(f"{live_server.url}/templates/{template.pk}/edit/")
    assert_accessible(screen)
