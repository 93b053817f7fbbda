"""The head team's queue says of each inquiry why it came (CRM-7-o)."""

import pytest

from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from inquiries.selectors.desks import Desk
from inquiries.selectors.origins import Origin, reasons_of
from inquiries.selectors.views import view_of
from inquiries.services import forwarding, triplets
from tests.factories.inquiries import InquiryFactory, head_team, later, office
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db


def reason(inquiry):
    found = Inquiry.objects.select_related("triplet", "routing_decision").get(pk=inquiry.pk)
    return reasons_of([found])[inquiry.pk]


def send(inquiry, note: str) -> None:
    forwarding.forward(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), team_id=head_team().pk, proposed_solution=note
    )


@pytest.mark.req("CRM-7-o")
def test_a_fallback_of_routing_tells_its_cause():
    team = office()
    lost = InquiryFactory(team=team, triplet=TripletFactory(tax_system=team.triplet_teams.first().triplet.tax_system))

    assert lost.handling_team == head_team()
    why = reason(lost)
    assert (why.origin, bool(why.words)) == (Origin.FALLBACK, True)
    member = head_team().members.first().user
    assert member.holds(Role.HEAD_TEAM_MEMBER)
    assert lost.number in view_of(member, "head_team_queue").rows(Desk(member)).values_list("number", flat=True)


@pytest.mark.req("CRM-7-o")
def test_a_wrong_triplet_that_was_sent_on_is_a_cross_system_case_with_the_sender_s_words():
    inquiry = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="incorrect")

    send(inquiry, 'זו פנייה למע"מ')

    why = reason(inquiry)
    assert (why.origin, why.words, why.sender) == (Origin.CROSS_SYSTEM, 'זו פנייה למע"מ', str(inquiry.clerk))


@pytest.mark.req("CRM-7-o")
def test_what_an_employee_sent_on_tells_who_and_why():
    inquiry = InquiryFactory(in_treatment=True)

    send(inquiry, "לא ברור מי מטפל")

    why = reason(inquiry)
    assert (why.origin, why.words) == (Origin.FORWARDED, "לא ברור מי מטפל")


@pytest.mark.req("CRM-7-o")
def test_an_internal_triplet_for_the_undecided_says_so():
    inquiry = InquiryFactory()
    triplet = TripletFactory(is_internal=True, internal_case="undecided")
    Inquiry.objects.filter(pk=inquiry.pk).update(triplet=triplet)

    assert reason(inquiry).origin == Origin.UNDECIDED


def test_the_reasons_of_a_page_are_one_query(django_assert_num_queries):
    for _one in range(3):
        send(InquiryFactory(in_treatment=True), "לא ברור מי מטפל")
    rows = list(Inquiry.objects.select_related("triplet", "routing_decision"))

    with django_assert_num_queries(1):
        reasons = reasons_of(rows)

    assert {why.origin for why in reasons.values()} == {Origin.FORWARDED}
