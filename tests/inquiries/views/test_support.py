"""The pages of quality, suggestions, trustees and whom to ask (screens E21, E22)."""

import pytest
from django.urls import reverse

from crm_portal.people.rules.roles import Role
from inquiries.models import ImprovementSuggestion, QualityReview
from inquiries.services import reviewing, suggesting
from tests.factories.inquiries import InquiryFactory, head_team, later
from tests.factories.people import RepresentativeEmployeeFactory, UserFactory
from tests.factories.routing import UnitFactory

pytestmark = pytest.mark.django_db
SUGGESTIONS, QUALITY = reverse("inquiries:suggestions"), reverse("inquiries:quality")


@pytest.fixture
def inquiry():
    return InquiryFactory(closed=True)


def of_unit(inquiry, *roles, **kwargs):
    user = UserFactory(roles=roles, **kwargs)
    inquiry.handling_unit.members.create(user=user)
    return user


@pytest.fixture
def manager(inquiry):
    return of_unit(inquiry, Role.OFFICE_MANAGER)


@pytest.mark.req("CRM-2-c")
def test_a_manager_grades_the_reply_and_the_customer_sees_nothing(client, inquiry, manager):
    answer = inquiry.messages.get(side="employee")
    client.force_login(manager)
    client.post(reverse("inquiries:grade", args=[inquiry.number, answer.pk]), {"grade": "2", "remark": "לא ברור"})
    client.force_login(inquiry.opened_by)

    shown = client.get(reverse("personal:inquiry", args=[inquiry.number])).text

    assert QualityReview.objects.get().grade == 2
    assert "לא ברור" not in shown
    assert answer.text in shown


@pytest.mark.req("CRM-2-c")
def test_the_time_to_the_first_answer_stands_beside_it(sign_in, inquiry, manager):
    shown = sign_in(manager).get(reverse("inquiries:quality_inquiry", args=[inquiry.number])).text

    assert "זמן עד למענה הראשון" in shown
    assert "2 שעות" in shown


def test_a_grade_that_is_missing_is_said_at_its_answer_and_the_remark_kept(sign_in, inquiry, manager):
    answer = inquiry.messages.get(side="employee")

    response = sign_in(manager).post(
        reverse("inquiries:grade", args=[inquiry.number, answer.pk]), {"remark": "נכתב בעמל רב"}
    )

    assert response.status_code == 422
    assert response.context["refused"].errors.keys() == {"grade"}
    assert "נכתב בעמל רב" in response.text


def test_another_units_inquiry_is_not_there_to_be_graded(sign_in, inquiry):
    stranger = UserFactory(roles=[Role.OFFICE_MANAGER])
    browser = sign_in(stranger)

    assert browser.get(reverse("inquiries:quality_inquiry", args=[inquiry.number])).status_code == 404
    assert inquiry.number not in browser.get(QUALITY, {"month": "2026-11"}).text


def test_the_queries_of_the_sample_do_not_grow(sign_in, inquiry, manager, time_machine, django_assert_max_num_queries):
    for _ in range(4):
        InquiryFactory(team=inquiry.handling_team, closed=True)
    time_machine.move_to(later(inquiry))
    browser = sign_in(manager)
    browser.get(QUALITY)

    with django_assert_max_num_queries(17):
        assert len(browser.get(QUALITY).context["rows"]) == 5


@pytest.mark.req("CRM-8-b")
def test_an_employee_suggests_to_the_unit_and_the_trustee_returns_it_with_a_reason(client, inquiry):
    trustee = of_unit(inquiry, Role.CRM_TRUSTEE)
    client.force_login(inquiry.clerk)
    sent = {"to": inquiry.handling_unit.pk, "title": "קיצור דרך", "text": "מקש לסגירה"}
    client.post(reverse("inquiries:new_suggestion"), sent)
    suggestion = ImprovementSuggestion.objects.get()
    client.force_login(trustee)
    address = reverse("inquiries:suggestion", args=[suggestion.pk])

    refused = client.post(address, {"step": "return"})
    client.post(address, {"step": "return", "reason": "קיים כבר"})
    client.force_login(inquiry.clerk)

    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"reason"}
    assert "קיים כבר" in client.get(address).text


@pytest.mark.req("CRM-8-b")
def test_who_is_due_sees_it_waiting_in_the_menu_and_others_do_not(client, inquiry):
    trustee, colleague = of_unit(inquiry, Role.CRM_TRUSTEE), of_unit(inquiry, Role.HANDLER)
    suggestion = suggesting.submit(
        by=inquiry.clerk, at=later(inquiry), title="קיצור", text="מקש", unit_id=inquiry.handling_unit.pk
    )
    counts = {}
    for user in (trustee, colleague):
        client.force_login(user)
        shell = client.get(SUGGESTIONS).context["shell"]
        counts[user] = {link.item.url_name: link.count for _heading, links in shell.menu for link in links}

    assert counts[trustee]["inquiries:suggestions"] == 1
    assert counts[colleague]["inquiries:suggestions"] is None
    assert client.get(reverse("inquiries:suggestion", args=[suggestion.pk])).status_code == 404


@pytest.mark.req("CRM-9-a")
def test_a_representative_submits_in_the_network_and_the_head_team_reads_it(client):
    client.force_login(RepresentativeEmployeeFactory().user)
    page = reverse("personal:suggestions")

    refused = client.post(page, {"title": "", "text": "הודעה כשחסר מסמך"})
    shown = client.post(page, {"title": "מסמך חסר", "text": "הודעה כשחסר מסמך"}, follow=True)
    client.force_login(UserFactory(roles=[Role.HEAD_TEAM_MEMBER]))

    assert refused.status_code == 422
    assert "הודעה כשחסר מסמך" in refused.text
    assert "מסמך חסר" in shown.text
    assert "מסמך חסר" in client.get(SUGGESTIONS).text


@pytest.mark.req("CRM-8-a")
def test_the_department_sees_which_units_have_no_trustee(sign_in, inquiry):
    of_unit(inquiry, Role.CRM_TRUSTEE, phone="02-5650004")
    bare = UnitFactory(name="משרד בלי נאמן")

    response = sign_in(UserFactory(roles=[Role.CRM_ADMIN])).get(reverse("inquiries:trustees"))

    without = [row.unit for row in response.context["rows"] if not row.trustees]
    assert bare in without
    assert inquiry.handling_unit not in without
    assert "02-5650004" in response.text


@pytest.mark.req("CRM-8-a")
def test_an_employee_finds_his_own_units_trustees_and_no_others(sign_in, inquiry):
    trustee = of_unit(inquiry, Role.CRM_TRUSTEE, email="neemana@example.org")
    other = InquiryFactory()
    foreign = of_unit(other, Role.CRM_TRUSTEE)

    shown = sign_in(inquiry.clerk).get(reverse("inquiries:trustees")).text

    assert str(trustee) in shown
    assert "neemana@example.org" in shown
    assert str(foreign) not in shown


@pytest.mark.req("CRM-6.4-e")
def test_all_three_kinds_are_on_the_inquiry_each_person_once(sign_in):
    inquiry = InquiryFactory(in_treatment=True)
    both = of_unit(inquiry, Role.CRM_TRUSTEE, Role.COORDINATOR, phone="02-5651111")
    inquiry.handling_team.members.create(user=both, is_coordinator=True)
    trustee = of_unit(inquiry, Role.CRM_TRUSTEE)
    member = head_team().members.first().user

    response = sign_in(inquiry.clerk).get(reverse("inquiries:inquiry", args=[inquiry.number]))

    listed = response.context["contacts"]
    assert [one.user for one in listed] == [both, trustee, member]
    assert (listed[0].is_coordinator, listed[0].is_trustee, listed[2].is_head_team) == (True, True, True)
    assert "02-5651111" in response.text


@pytest.mark.req("CRM-6.4-e")
def test_the_chooser_of_the_handling_team_leads_to_them(sign_in):
    inquiry = InquiryFactory(in_treatment=True)

    chooser = sign_in(inquiry.clerk).post(
        reverse("inquiries:treatment", args=[inquiry.number]) + "?redraw=1", {"status": "forwarded"}
    )

    assert 'href="#whom-to-ask"' in chooser.text
    assert 'id="whom-to-ask"' in sign_in(inquiry.clerk).get(reverse("inquiries:inquiry", args=[inquiry.number])).text


@pytest.mark.req("CRM-2-c")
def test_a_manager_finds_the_way_to_the_grades_on_the_inquiry_and_a_clerk_does_not(client, inquiry, manager):
    way = reverse("inquiries:quality_inquiry", args=[inquiry.number])
    reviewing.grade(
        inquiry_id=inquiry.pk, message_id=inquiry.messages.get(side="employee").pk, by=manager, at=later(inquiry),
        grade=1, remark="פנימי למנהלים",
    )  # fmt: skip
    shown = {}
    for user in (manager, inquiry.clerk):
        client.force_login(user)
        shown[user] = client.get(reverse("inquiries:inquiry", args=[inquiry.number])).text

    assert way in shown[manager]
    assert way not in shown[inquiry.clerk]
