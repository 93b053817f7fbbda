"""One answer to several identical inquiries (CRM-4.1-g)."""

import pytest

from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from inquiries.models import Inquiry
from inquiries.services import closing_together, corresponding
from routing.models import FixedUnitRule, TripletTeam
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, later, office, real_estate, take_step
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
REPLY = "ההחזר אושר וישולם בתוך שבועיים."


@pytest.fixture
def team():
    return office(members=[clerk(), clerk()])


@pytest.fixture
def customer():
    return CustomerFactory()


def similar(team, customer, **kwargs) -> Inquiry:
    return InquiryFactory(team=team, customer=customer, **kwargs)


def close(inquiry: Inquiry, *others: Inquiry, **given: object):
    call = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry, hours=9), "reply": REPLY}
    verdicts = {other.pk: "correct" for other in others}
    return closing_together.close_together(
        **{**call, "other_ids": [one.pk for one in others], "verdict": "correct", "verdicts": verdicts, **given}
    )


@pytest.mark.req("CRM-4.1-g")
def test_own_and_queued_ones_are_closed_and_a_colleagues_is_reported(team, customer):
    answered, own = (similar(team, customer, in_treatment=True) for _ in range(2))
    queued = similar(team, customer)
    colleagues = InquiryFactory(team=team, customer=customer, triplet=twin(team))
    take_step(colleagues, "assign", by=team.members.last().user, at=later(colleagues))

    outcomes = close(answered, own, queued, colleagues)

    assert [outcome.ok for outcome in outcomes] == [True, True, True, False]
    assert outcomes[3].refusal.code == Code.NOT_ASSIGNED_TO_YOU
    assert fresh(answered).status == "closed_success"
    for other in (own, queued):
        now = fresh(other)
        assert (now.status, now.closing_reason_id) == ("closed_no_treatment", "identical_inquiry")
        assert answered.number in now.proposed_solution
        assert answered.number in now.messages.get().text
    assert fresh(colleagues).status == "in_treatment"


@pytest.mark.req("CRM-4.1-g")
def test_each_has_its_own_history_message_and_notice(team, customer):
    answered, queued = similar(team, customer, in_treatment=True), similar(team, customer)

    close(answered, queued)

    assert list(queued.history.values_list("event", flat=True))[-2:] == ["assignment", "status_change"]
    assert answered.messages.get().text == REPLY
    for inquiry, kind in ((answered, "inquiry_closed_success"), (queued, "inquiry_closed_no_treatment")):
        assert Notification.objects.filter(about=inquiry.number, kind=kind).count() == 2


@pytest.mark.req("CRM-4.1-g")
def test_each_has_its_own_guards_and_one_that_is_held_back_undoes_no_other(team, customer):
    answered, first, second = (similar(team, customer, in_treatment=True) for _ in range(3))
    corresponding.customer_message(inquiry_id=first.pk, by=customer.user, at=later(first), text="יש חדש?")

    outcomes = close(answered, first, second)

    assert [outcome.ok for outcome in outcomes] == [True, False, True]
    assert outcomes[1].refusal.code == Code.STALE_VERSION  # the customer's message was not read
    assert fresh(first).status == "in_treatment"


def test_one_that_is_held_back_stays_in_the_queue_it_was_in(team, customer):
    answered, queued = similar(team, customer, in_treatment=True), similar(team, customer)

    outcomes = close(answered, queued, verdicts={})

    assert outcomes[1].refusal.code == Code.TRIPLET_VALIDATION_REQUIRED
    assert (fresh(queued).status, fresh(queued).owner) == ("open_team", None)


@pytest.mark.req("CRM-4.1-g")
def test_when_the_answered_one_cannot_be_closed_nothing_is(team, customer, refusing):
    answered, own = (similar(team, customer, in_treatment=True) for _ in range(2))

    with refusing(Code.FIELD_REQUIRED, "reply"):
        close(answered, own, reply=" ", verdict="")


@pytest.mark.req("CRM-4.1-g")
def test_what_lies_outside_the_users_reach_is_reported_and_stays(team, customer):
    answered = similar(team, customer, in_treatment=True)
    elsewhere = another_team(twin(team))
    other = similar(team, customer, triplet=elsewhere.triplet_teams.first().triplet)
    Inquiry.objects.filter(pk=other.pk).update(handling_team=elsewhere, handling_unit=elsewhere.unit)

    outcomes = close(answered, other)

    assert outcomes[1].refusal.code == Code.OUT_OF_SCOPE
    assert fresh(other).status == "open_team"


def test_an_inquiry_on_another_topic_or_of_another_customer_is_not_closed_along(team, customer):
    answered = similar(team, customer, in_treatment=True)
    topic = InquiryFactory(team=office(tax_system="deductions", sub_topic="אחר"), customer=customer)
    stranger = similar(team, CustomerFactory(), in_treatment=True)

    outcomes = close(answered, stranger, topic)

    assert [outcome.ok for outcome in outcomes] == [True, False, False]
    assert outcomes[1].refusal.code == Code.INVALID_VALUE


@pytest.mark.req("CRM-5.2.8-a")
def test_what_another_inquirer_opened_is_not_closed_with_an_answer_he_cannot_read(team, customer):
    answered = similar(team, customer, in_treatment=True)
    representatives = similar(team, customer, in_treatment=True)
    office_of = RepresentativeEmployeeFactory().representative
    Inquiry.objects.filter(pk=representatives.pk).update(representative=office_of)

    outcomes = close(answered, representatives)

    assert outcomes[1].refusal.refusals[0].details["because"] == "another_inquirer"


@pytest.mark.req("CRM-6.6-k")
def test_in_real_estate_the_others_on_the_topic_are_closed_together():
    answered = real_estate()
    own = InquiryFactory(team=answered.handling_team, customer=answered.customer, in_treatment=True)
    estate = {"assessment_number": "111", "tax_type": "שבח", "area": "מרכז"}
    Inquiry.objects.update(**estate)

    outcomes = close(answered, own, verdict="")

    assert [outcome.ok for outcome in outcomes] == [True, True]


def twin(team):
    """One more triplet of the same main and sub topic, so that a fourth inquiry may be opened."""
    first = team.triplet_teams.first().triplet
    triplet = TripletFactory(tax_system=first.tax_system, main_topic=first.main_topic, sub_topic=first.sub_topic)
    TripletTeam.objects.create(triplet=triplet, team=team, is_default_for_unit=True)
    FixedUnitRule.objects.create(triplet=triplet, unit=team.unit)
    return triplet
