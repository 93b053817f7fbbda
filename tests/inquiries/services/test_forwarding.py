import pytest

from crm_portal.errors import Code
from inquiries.models import StatusHistory
from inquiries.selectors import visibility
from inquiries.selectors.inquiry_pages import teams_to_forward
from inquiries.services import answering, assigning, closing, forwarding, triplets
from tests.factories.inquiries import (
    InquiryFactory,
    another_team,
    fresh,
    head_team,
    later,
    office,
    real_estate,
    take_step,
)
from tests.factories.people import UserFactory
from tests.factories.routing import TaxSystemFactory, TeamFactory, TripletFactory, UnitFactory

pytestmark = pytest.mark.django_db


def held(**kwargs):
    inquiry = InquiryFactory(**{"in_treatment": True, **kwargs})
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    return fresh(inquiry)


def forward(inquiry, team, **kwargs):
    given = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry), "proposed_solution": "לא בתחומי"}
    return forwarding.forward(**{**given, **kwargs}, team_id=team.pk if team else None)


def again(user):
    return type(user).objects.get(pk=user.pk)


@pytest.mark.req("CRM-5.2.5-b")
def test_a_forwarded_inquiry_leaves_the_sender_and_stands_in_the_targets_queue(refusing):
    inquiry = held()
    target = another_team(inquiry.triplet)

    forward(inquiry, target)

    now = fresh(inquiry)
    assert (now.status, now.owner, now.handling_team, now.handling_unit) == ("forwarded", None, target, target.unit)
    assert not visibility.visible_to(again(inquiry.clerk)).filter(pk=inquiry.pk).exists()
    assert visibility.visible_to(target.members.get().user).filter(pk=inquiry.pk).exists()
    with refusing(Code.OUT_OF_SCOPE):
        answering.send_message(inquiry_id=inquiry.pk, by=again(inquiry.clerk), at=later(inquiry), text="תשובה")


@pytest.mark.req("CRM-5.2.5-a")
def test_the_targets_are_those_of_the_present_triplet(refusing):
    inquiry = held()
    of_the_old = another_team(inquiry.triplet)
    corrected = TripletFactory(tax_system=inquiry.triplet.tax_system)
    of_the_new = another_team(corrected)
    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=corrected.pk)

    with refusing(Code.TEAM_NOT_ALLOWED_FOR_TRIPLET, "team"):
        forward(inquiry, of_the_old)
    forward(inquiry, of_the_new)

    assert fresh(inquiry).handling_team == of_the_new


def test_a_target_and_a_reason_are_asked_for(refusing):
    inquiry = held()

    with refusing(Code.FIELD_REQUIRED, "proposed_solution", "team"):
        forward(inquiry, None, proposed_solution=" ")


@pytest.mark.req("CRM-5.2-b")
def test_a_reply_is_optional_and_is_sent_when_it_is_written():
    inquiry = held()

    forward(inquiry, another_team(inquiry.triplet), reply="פנייתך הועברה לבדיקה")

    assert inquiry.messages.get().text == "פנייתך הועברה לבדיקה"
    assert StatusHistory.objects.get(inquiry=inquiry, event="forward").message is not None


@pytest.mark.req("CRM-6.6-j")
def test_a_reply_written_while_forwarding_real_estate_is_an_answer_and_wants_the_three_fields(refusing):
    inquiry = real_estate()
    target = another_team(inquiry.triplet)

    with refusing(Code.RE_FIELDS_REQUIRED, "assessment_number", "tax_type", "area"):
        forward(inquiry, target, reply="פנייתך הועברה לבדיקה")
    forward(inquiry, target)

    assert fresh(inquiry).status == "forwarded"


@pytest.mark.req("CRM-5.1.1-f")
def test_forwarding_to_the_head_team_needs_no_verdict(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.TRIPLET_VALIDATION_REQUIRED):
        forward(inquiry, another_team(inquiry.triplet))
    forward(inquiry, head_team())

    assert fresh(inquiry).handling_team == head_team()


@pytest.mark.req("CRM-6.1-a")
def test_a_wrong_and_uncorrected_triplet_goes_to_the_head_team_only(refusing):
    inquiry = held()
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="incorrect")

    with refusing(Code.TRIPLET_VALIDATION_REQUIRED):
        forward(inquiry, another_team(inquiry.triplet))
    forward(inquiry, head_team())


@pytest.mark.req("CRM-5.1.1-c")
def test_forwarding_back_under_the_same_triplet_must_be_confirmed(refusing):
    inquiry = InquiryFactory(forwarded=True)
    sender = StatusHistory.objects.filter(inquiry=inquiry).earliest("id").to_team
    inquiry.clerk = inquiry.handling_team.members.get().user
    take_step(inquiry, "assign", by=inquiry.clerk, at=later(inquiry))

    with refusing(Code.CONFIRMATION_REQUIRED) as caught:
        forward(inquiry, sender)
    assert caught.value.refusals[0].details["confirm"] == "confirm_return"
    forward(inquiry, sender, confirm_return=True)

    assert fresh(inquiry).handling_team == sender


@pytest.mark.req("CRM-5.1.1-c")
def test_going_back_under_a_corrected_triplet_needs_no_confirmation():
    inquiry = InquiryFactory(forwarded=True)
    sender = StatusHistory.objects.filter(inquiry=inquiry).earliest("id").to_team
    inquiry.clerk = inquiry.handling_team.members.get().user
    take_step(inquiry, "assign", by=inquiry.clerk, at=later(inquiry))
    corrected = TripletFactory(tax_system=inquiry.triplet.tax_system)
    corrected.triplet_teams.create(team=sender)
    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=corrected.pk)

    forward(inquiry, sender)

    assert fresh(inquiry).handling_team == sender


@pytest.mark.req("CRM-7-l")
def test_an_office_gives_an_internal_triplet_and_its_headquarters_team_receives():
    inquiry = held()
    internal = TripletFactory(tax_system=inquiry.triplet.tax_system, is_internal=True)
    headquarters = another_team(internal, kind="hq")
    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=internal.pk)

    forward(inquiry, headquarters)

    now = fresh(inquiry)
    assert (now.status, now.handling_team, now.owner) == ("forwarded", headquarters, None)


@pytest.mark.req("CRM-7-m")
def test_a_headquarters_team_without_members_is_replaced_by_the_head_team_and_the_history_says_so():
    inquiry = held()
    empty = another_team(inquiry.triplet, members=[], kind="hq")

    forward(inquiry, empty)

    assert fresh(inquiry).handling_team == head_team()
    assert empty.name in StatusHistory.objects.get(inquiry=inquiry, event="forward").note


@pytest.mark.req("CRM-7-m")
def test_giving_it_to_a_headquarters_team_without_members_needs_the_reason_and_tells_it(refusing):
    inquiry = InquiryFactory()
    empty = another_team(inquiry.triplet, members=[], kind="hq")
    give = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry), "team_id": empty.pk}

    with refusing(Code.FIELD_REQUIRED, "proposed_solution"):
        assigning.assign_to_team(**give)
    assigning.assign_to_team(**give, note="הגורם אינו מחובר")

    assert fresh(inquiry).handling_team == head_team()
    note = StatusHistory.objects.get(inquiry=inquiry, event="assignment").note
    assert empty.name in note
    assert "הגורם אינו מחובר" in note


def test_a_closed_inquiry_is_not_forwarded(refusing):
    inquiry = InquiryFactory(closed=True)

    with refusing(Code.INQUIRY_CLOSED):
        forward(inquiry, head_team())


def test_the_present_team_is_no_target(refusing):
    inquiry = held()

    with refusing(Code.INVALID_VALUE, "team"):
        forward(inquiry, inquiry.handling_team)


@pytest.mark.req("CRM-5.1.1-a")
def test_a_correction_is_in_the_history_and_moves_nothing():
    inquiry = held()
    corrected = TripletFactory(tax_system=inquiry.triplet.tax_system)

    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=corrected.pk)

    row, now = StatusHistory.objects.get(inquiry=inquiry, event="triplet_change"), fresh(inquiry)
    assert (row.from_triplet, row.to_triplet, row.by) == (inquiry.triplet, corrected, inquiry.clerk)
    assert (now.handling_team, now.status, now.owner) == (inquiry.handling_team, "in_treatment", inquiry.clerk)


@pytest.mark.req("CRM-5.2.5-a")
@pytest.mark.req("CRM-6.4-c")
def test_after_a_correction_routings_recommendation_stands_first_among_the_targets():
    inquiry = held()
    assert inquiry.recommended_team == inquiry.handling_team
    recommended = office()
    corrected = recommended.triplet_teams.get().triplet
    for _ in range(2):
        another_team(corrected)

    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=corrected.pk)

    offered = teams_to_forward(fresh(inquiry), later(inquiry).date())
    assert offered[0] == recommended
    assert head_team() in offered


@pytest.mark.req("CRM-5.1.1-f")
def test_a_correction_says_that_the_customers_triplet_was_wrong_and_going_back_takes_it_back():
    inquiry = held()
    first, second = (TripletFactory(tax_system=inquiry.triplet.tax_system) for _ in range(2))
    change = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry)}

    triplets.change_triplet(**change, triplet_id=first.pk)
    triplets.change_triplet(**change, triplet_id=second.pk)
    assert (fresh(inquiry).triplet_validation, fresh(inquiry).customer_triplet) == ("incorrect", inquiry.triplet)
    triplets.change_triplet(**change, triplet_id=inquiry.triplet_id)

    assert fresh(inquiry).triplet_validation == "not_checked"


@pytest.mark.req("CRM-5.1.1-f")
def test_only_the_head_team_says_otherwise_about_a_corrected_triplet(refusing):
    inquiry = held()
    corrected = TripletFactory(tax_system=inquiry.triplet.tax_system)
    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=corrected.pk)

    with refusing(Code.PERMISSION_DENIED):
        triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    by = to_the_head_team(inquiry)
    triplets.set_validation(inquiry_id=inquiry.pk, by=by, at=later(inquiry), verdict="correct")

    assert fresh(inquiry).triplet_validation == "correct"


def to_the_head_team(inquiry):
    """Forward to the head team, whose member takes it; he is returned."""
    forward(inquiry, head_team())
    by = head_team().members.get().user
    by.role_grants.update(scope="all")
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=again(by), at=later(inquiry))
    return again(by)


@pytest.mark.req("CRM-6.4-c")
def test_only_the_head_team_moves_an_inquiry_to_another_tax_system(refusing):
    inquiry = held(team=office(tax_system="deductions"))
    other = TripletFactory(tax_system=TaxSystemFactory(code="vat", name='מע"מ'))

    with refusing(Code.CROSS_SYSTEM_HEAD_TEAM_ONLY, "triplet"):
        triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=other.pk)
    by = to_the_head_team(inquiry)
    triplets.change_triplet(inquiry_id=inquiry.pk, by=by, at=later(inquiry), triplet_id=other.pk)

    row = StatusHistory.objects.get(inquiry=inquiry, event="triplet_change")
    assert (row.from_triplet.tax_system_id, row.to_triplet.tax_system_id) == ("deductions", "vat")


@pytest.mark.req("CRM-6.4-d")
def test_a_representatives_real_estate_inquiry_reaches_income_tax_through_the_head_team_only(refusing):
    inquiry = real_estate(by_representative=True)
    income_tax = TripletFactory(tax_system=TaxSystemFactory(code="income_tax"))
    unit = UnitFactory()
    unit.tax_systems.add(income_tax.tax_system)
    it_team = TeamFactory(unit=unit, triplets=[inquiry.triplet])
    unlinked = TeamFactory(unit=unit, members=[UserFactory(roles=["handler"])])
    change = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.RE_REP_TO_INCOME_TAX):
        triplets.change_triplet(**change, triplet_id=income_tax.pk)
    with refusing(Code.RE_REP_TO_INCOME_TAX):
        forward(inquiry, it_team)
    with refusing(Code.RE_REP_TO_INCOME_TAX):
        forward(inquiry, unlinked)
    with refusing(Code.RE_REP_TO_INCOME_TAX):
        assigning.assign_to_employee(**change, employee_id=unlinked.members.get().user_id, note="בתחומו")
    by = to_the_head_team(inquiry)
    triplets.change_triplet(inquiry_id=inquiry.pk, by=by, at=later(inquiry), triplet_id=income_tax.pk)

    with refusing(Code.CONFIRMATION_REQUIRED, "confirm_representation"):
        answering.send_message(inquiry_id=inquiry.pk, by=by, at=later(inquiry), text="אנו בודקים")
    answer = {"inquiry_id": inquiry.pk, "by": by, "at": later(inquiry), "reply": "אושר"}
    with refusing(Code.CONFIRMATION_REQUIRED, "confirm_representation"):
        closing.close_success(**answer)
    closing.close_success(**answer, confirm_representation=True)


@pytest.mark.req("CRM-4.1-b")
def test_an_inactive_triplet_is_not_newly_chosen_but_stays_readable(refusing):
    inquiry = held()
    retired = TripletFactory(tax_system=inquiry.triplet.tax_system, is_active=False)
    type(retired).objects.filter(pk=inquiry.triplet_id).update(is_active=False)

    with refusing(Code.TRIPLET_INVALID):
        triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), triplet_id=retired.pk)
    assert str(fresh(inquiry).triplet)


@pytest.mark.req("CRM-4.1-c")
def test_a_triplet_that_wants_a_tax_year_is_chosen_with_one(refusing):
    inquiry = held()
    dated = TripletFactory(tax_system=inquiry.triplet.tax_system, tax_year_required=True)
    change = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry), "triplet_id": dated.pk}

    with refusing(Code.FIELD_REQUIRED, "tax_year"):
        triplets.change_triplet(**change)
    triplets.change_triplet(**change, tax_year=2024)

    assert fresh(inquiry).tax_year == 2024


@pytest.mark.req("CRM-7-n")
def test_a_handler_chooses_an_internal_triplet_for_process_questions_only(refusing):
    inquiry = held()
    system = inquiry.triplet.tax_system
    undecided = TripletFactory(tax_system=system, is_internal=True, internal_case="undecided")
    question = TripletFactory(tax_system=system, is_internal=True, internal_case="process_question")
    change = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.PERMISSION_DENIED):
        triplets.change_triplet(**change, triplet_id=undecided.pk)
    triplets.change_triplet(**change, triplet_id=question.pk)


@pytest.mark.parametrize("verdict", ["not_checked", "perhaps"])
def test_a_verdict_is_correct_or_incorrect(refusing, verdict):
    inquiry = held()

    with refusing(Code.INVALID_VALUE, "triplet_validation"):
        triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict=verdict)


def test_a_correction_is_the_owners_alone(refusing):
    inquiry = held()
    other = UserFactory(roles=["handler"], roles__scope="all")

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        triplets.set_validation(inquiry_id=inquiry.pk, by=other, at=later(inquiry), verdict="correct")
