"""Scenario 8 of section 10.3: three open inquiries, three messages, fourteen days, and the last of three teams."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.people.models import Customer, User
from inquiries.models import Inquiry
from inquiries.services import assigning, closing, forwarding, opening, triplets
from routing.models import Team, Triplet
from tests.factories.people import RepresentativeEmployeeFactory, RepresentativeFactory
from tests.fixtures.visiting import Visitor

from .acting import employee, fills_new, takes

TOPIC = ("מס הכנסה", "תיקים", "סגירת תיק")
ASSESSMENT = ("מיסוי מקרקעין", "שומה", "בירור שומה")
TEAM = "it-tel-aviv-general"  # where the rules send TOPIC of the citizen


def opened(citizen: dict[str, Any], *, days_ago: int = 0) -> Inquiry:
    user = Customer.objects.get(id_number=citizen["id_number"]).user
    assert user is not None
    at = timezone.now() - timedelta(days=days_ago, hours=1)
    triplet = Triplet.objects.get(code="it-file-closing")
    return opening.open_by_customer(by=user, at=at, triplet_id=triplet.pk, description="האם התיק נסגר?")


def closed(inquiry: Inquiry, *, by: User, days_ago: int) -> None:
    step = {"inquiry_id": inquiry.pk, "by": by, "at": timezone.now() - timedelta(days=days_ago)}
    assigning.assign_to_me(**step)
    triplets.set_validation(**step, verdict="correct")
    closing.close_success(**step, reply="התיק נסגר ביום ראשון.")


def writes_message(visitor: Visitor, text: str) -> None:
    visitor.writes("הודעה", text)
    visitor.page.get_by_role("button", name="שליחת ההודעה").click()
    expect(visitor.page.locator(".thread")).to_contain_text(text)


@pytest.mark.req("CRM-2.2.6-a")
def test_the_fourth_open_inquiry_is_refused_and_leads_to_the_three(
    visit: Callable[..., Visitor], sign_in_citizen: Callable[[Visitor], None], citizen: dict[str, Any]
) -> None:
    three = [opened(citizen) for _time in range(3)]
    visitor = visit(phone=True)
    sign_in_citizen(visitor)

    fills_new(visitor, TOPIC, "שאלה רביעית באותו נושא")
    visitor.page.get_by_role("button", name="שליחת הפנייה").click()

    visitor.reads("כבר יש 3 פניות פתוחות בנושא הזה")
    visitor.looks()
    for inquiry in three:
        expect(visitor.page.locator(f"main a[href*='/my/inquiries/{inquiry.number}/']").first).to_be_visible()
    expect(visitor.page.get_by_label("תיאור הפנייה")).to_have_value("שאלה רביעית באותו נושא")
    assert Inquiry.objects.count() == 3


@pytest.mark.req("CRM-2.2.6-b")
def test_for_a_company_in_real_estate_a_representative_opens_a_fourth(
    visit: Callable[..., Visitor], sign_in_as: Callable[[Visitor, User], None], company: Customer, card: User
) -> None:
    triplet = Triplet.objects.get(code="re-assessment")
    for _time in range(3):
        opening.open_by_representative(
            by=card, at=timezone.now(), triplet_id=triplet.pk, description="בירור שומה",
            customer_id_number=company.id_number, assessment_number="900000111",
        )  # fmt: skip
    visitor = visit()
    sign_in_as(visitor, card)
    visitor.goes(f"/my/inquiries/new/?on_behalf=customer&customer_id_number={company.id_number}")
    for label, option in zip(("נושא ראשי", "נושא משני", "פירוט נושא"), ASSESSMENT, strict=True):
        visitor.chooses(label, option)
    visitor.page.locator("#id_assessment_number").fill("900000111")
    visitor.page.locator("#id_assessment_number").blur()
    expect(visitor.page.locator("#relation [data-tone=ok]")).to_contain_text(company.last_name)
    visitor.writes("תיאור הפנייה", "שומה רביעית")
    visitor.presses("שליחת הפנייה")

    visitor.reads("הפנייה התקבלה")
    assert Inquiry.objects.filter(customer=company, status="open_team").count() == 4


@pytest.mark.req("CRM-2.2.4-a")
def test_after_three_messages_the_customer_waits_for_an_answer(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_as: Callable[[Visitor, User], None],
    citizen: dict[str, Any],
) -> None:
    inquiry, clerk = opened(citizen), visit(looks=False)
    sign_in_as(clerk, employee(TEAM, "רגב טל"))
    visitor = visit(phone=True)
    sign_in_citizen(visitor)
    visitor.goes(f"/my/inquiries/{inquiry.number}/")
    for text in ("הודעה ראשונה", "הודעה שנייה", "הודעה שלישית"):
        writes_message(visitor, text)
    visitor.goes(f"/my/inquiries/{inquiry.number}/")
    visitor.reads("שלוש הודעות שלכם מחכות לתשובה שלנו")
    expect(visitor.page.get_by_role("button", name="שליחת ההודעה")).to_have_count(0)

    takes(clerk, inquiry)
    clerk.goes(f"/inquiries/{inquiry.number}/?tab=messages")
    clerk.page.locator("#message_text").fill("קיבלנו, ואנו בודקים.")
    clerk.clicks(clerk.page.locator("form:has(#message_text) button[type=submit]"))

    visitor.goes(f"/my/inquiries/{inquiry.number}/")
    visitor.reads("קיבלנו, ואנו בודקים.")
    writes_message(visitor, "תודה")
    inquiry.refresh_from_db()
    assert inquiry.open_messages == 1


@pytest.mark.req("CRM-2.2.4-b")
def test_a_closed_inquiry_takes_messages_to_day_14_and_none_on_day_15(
    visit: Callable[..., Visitor], sign_in_citizen: Callable[[Visitor], None], citizen: dict[str, Any]
) -> None:
    clerk = employee(TEAM, "רגב טל")
    day_14, day_15 = opened(citizen, days_ago=20), opened(citizen, days_ago=20)
    closed(day_14, by=clerk, days_ago=14)
    closed(day_15, by=clerk, days_ago=15)
    visitor = visit(phone=True)
    sign_in_citizen(visitor)

    visitor.goes(f"/my/inquiries/{day_15.number}/")
    visitor.reads("אפשר היה לכתוב כאן עד")
    expect(visitor.page.get_by_role("button", name="שליחת ההודעה")).to_have_count(0)
    visitor.goes(f"/my/inquiries/{day_14.number}/")
    writes_message(visitor, "עדיין רשום חוב")

    day_14.refresh_from_db()
    day_15.refresh_from_db()
    assert (day_14.status, day_14.closed_at, day_14.owner) == ("info_arrived", None, None)
    assert day_15.status == "closed_success"


@pytest.mark.req("CRM-6.2-b")
def test_a_message_brings_it_back_to_the_team_that_had_it_last(
    visit: Callable[..., Visitor],
    sign_in_citizen: Callable[[Visitor], None],
    sign_in_as: Callable[[Visitor, User], None],
    citizen: dict[str, Any],
) -> None:
    inquiry = opened(citizen, days_ago=9)
    people = {code: employee(code, name) for code, name in
              ((TEAM, "רגב טל"), ("it-haifa-general", "אשל דן"), ("it-jerusalem-general", "גל שיר"))}  # fmt: skip
    for days_ago, (team, target) in zip(
        (8, 7), ((TEAM, "it-haifa-general"), ("it-haifa-general", "it-jerusalem-general")), strict=True
    ):
        step = {"inquiry_id": inquiry.pk, "by": people[team], "at": timezone.now() - timedelta(days=days_ago)}
        assigning.assign_to_me(**step)
        triplets.set_validation(**step, verdict="correct")
        forwarding.forward(**step, team_id=Team.objects.get(code=target).pk, proposed_solution="לטיפול המשרד השני")
    closed(inquiry, by=people["it-jerusalem-general"], days_ago=6)
    visitor, first, last = visit(phone=True), visit(looks=False), visit(looks=False)
    sign_in_citizen(visitor)
    sign_in_as(first, people[TEAM])
    sign_in_as(last, people["it-jerusalem-general"])

    visitor.goes(f"/my/inquiries/{inquiry.number}/")
    writes_message(visitor, "עדיין לא קיבלתי אישור")

    first.goes("/inquiries/views/team_waiting/")
    first.reads("אין פניות בתצוגה זו")
    last.goes("/inquiries/views/my_inquiries/")
    last.reads("אין פניות בתצוגה זו")  # the team has it, not its employee
    takes(last, inquiry)
    last.goes(f"/inquiries/{inquiry.number}/?tab=messages")
    last.reads("עדיין לא קיבלתי אישור")


@pytest.fixture
def company(office: Team) -> Customer:
    """A company whose assessment the local Matzpen knows."""
    return Customer.objects.create(kind="company", id_number="519990014", last_name='אורן יזמות בע"מ')


@pytest.fixture
def card(office: Team) -> User:
    """The lawyer who is registered on that assessment."""
    lawyer = RepresentativeFactory(id_number="122200017", kind="lawyer", name="נבו יעל")
    return RepresentativeEmployeeFactory(representative=lawyer).user
