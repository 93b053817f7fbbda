from datetime import timedelta

import pytest

from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role, Scope
from inquiries.models import StatusHistory
from inquiries.selectors import visibility
from inquiries.services import answering, assigning
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, head_team, later
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory

pytestmark = pytest.mark.django_db


def colleague(inquiry, **kwargs):
    user = clerk(**kwargs)
    inquiry.handling_team.members.create(user=user)
    return user


def coordinator(inquiry):
    user = UserFactory(roles=[Role.COORDINATOR], roles__scope=Scope.TEAM)
    inquiry.handling_team.members.create(user=user, is_coordinator=True)
    return user


def last_row(inquiry) -> StatusHistory:
    return StatusHistory.objects.filter(inquiry=inquiry).latest("id")


@pytest.mark.req("CRM-3.4-b")
@pytest.mark.parametrize("trait", [None, "info_arrived", "forwarded"])
def test_a_member_takes_an_inquiry_from_his_teams_stock(trait):
    inquiry = InquiryFactory(**({trait: True} if trait else {}))
    member = inquiry.handling_team.members.first().user

    assigning.assign_to_me(inquiry_id=inquiry.pk, by=member, at=later(inquiry))

    assert (fresh(inquiry).status, fresh(inquiry).owner) == ("in_treatment", member)


@pytest.mark.req("CRM-5.2-d")
def test_assignment_asks_for_no_field_and_tells_the_customer_nothing():
    inquiry = InquiryFactory()
    told = Notification.objects.count()

    assigning.assign_to_me(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))

    assert fresh(inquiry).proposed_solution == ""
    assert Notification.objects.count() == told


def test_who_is_not_a_member_takes_nothing(refusing):
    inquiry = InquiryFactory()
    other = UserFactory(roles=[Role.HANDLER], roles__scope=Scope.ALL)

    with refusing(Code.NOT_TEAM_MEMBER):
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=other, at=later(inquiry))


def test_what_an_employee_holds_is_not_taken_from_him(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.ALREADY_ASSIGNED) as caught:
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=colleague(inquiry), at=later(inquiry))
    assert caught.value.refusals[0].details["holder"] == str(inquiry.clerk)


@pytest.mark.parametrize("command", [assigning.assign_to_me, assigning.release])
def test_a_closed_inquiry_is_neither_assigned_nor_released(refusing, command):
    inquiry = InquiryFactory(closed=True)

    with refusing(Code.INQUIRY_CLOSED):
        command(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))


def test_several_are_assigned_with_a_result_for_each():
    first, second = InquiryFactory(), InquiryFactory(in_treatment=True)
    first.handling_team.members.create(user=second.clerk)
    by = second.clerk
    by.role_grants.update(scope="all")

    outcomes = assigning.assign_many(inquiry_ids=[second.pk, first.pk], by=_again(by), at=later(second))

    assert [(o.number, o.ok) for o in outcomes] == [(second.number, False), (first.number, True)]
    assert outcomes[0].refusal.code is Code.ALREADY_ASSIGNED
    assert fresh(first).owner == by


@pytest.mark.req("CRM-3.4-c")
def test_an_inquiry_goes_to_a_colleague_whose_team_becomes_the_handling_team():
    inquiry = InquiryFactory()
    other = another_team(inquiry.triplet)
    receiver = other.members.get().user

    assigning.assign_to_employee(
        inquiry_id=inquiry.pk, employee_id=receiver.pk, by=inquiry.clerk, at=later(inquiry), note="מכיר את התיק"
    )

    now = fresh(inquiry)
    assert (now.owner, now.handling_team, now.handling_unit) == (receiver, other, other.unit)
    assert last_row(inquiry).note == "מכיר את התיק"


def test_the_present_team_stays_when_the_colleague_is_in_it():
    inquiry = InquiryFactory()
    receiver = colleague(inquiry)
    another_team(inquiry.triplet, members=[receiver])

    assigning.assign_to_employee(inquiry_id=inquiry.pk, employee_id=receiver.pk, by=inquiry.clerk, at=later(inquiry))

    assert fresh(inquiry).handling_team == inquiry.handling_team


def test_among_several_teams_of_the_colleague_the_user_chooses(refusing):
    inquiry = InquiryFactory()
    one = another_team(inquiry.triplet)
    receiver = one.members.get().user
    two = another_team(inquiry.triplet, members=[receiver])
    give = {"inquiry_id": inquiry.pk, "employee_id": receiver.pk, "by": inquiry.clerk, "at": later(inquiry)}

    with refusing(Code.FIELD_REQUIRED, "team"):
        assigning.assign_to_employee(**give)
    with refusing(Code.TEAM_NOT_ALLOWED_FOR_TRIPLET, "team"):
        assigning.assign_to_employee(**give, team_id=head_team().pk)
    assigning.assign_to_employee(**give, team_id=two.pk)

    assert fresh(inquiry).handling_team == two


@pytest.mark.req("CRM-3.4-c")
def test_a_colleague_in_no_team_of_the_triplet_receives_nothing(refusing):
    inquiry = InquiryFactory()
    stranger = TeamFactory(members=[clerk()]).members.get().user

    with refusing(Code.NOT_TEAM_MEMBER, "employee"):
        assigning.assign_to_employee(
            inquiry_id=inquiry.pk, employee_id=stranger.pk, by=inquiry.clerk, at=later(inquiry)
        )


@pytest.mark.parametrize("kind", ["inactive", "viewer", "too low a level"])
def test_only_an_active_employee_who_may_handle_receives(refusing, kind):
    inquiry = InquiryFactory()
    receiver = colleague(
        inquiry, is_active=kind != "inactive", roles=[Role.VIEWER if kind == "viewer" else Role.HANDLER]
    )
    if kind == "too low a level":
        inquiry.clerk.role_grants.update(level=2)
        type(inquiry.triplet).objects.filter(pk=inquiry.triplet_id).update(handle_level=2)

    with refusing(Code.INVALID_VALUE, "employee"):
        assigning.assign_to_employee(
            inquiry_id=inquiry.pk, employee_id=receiver.pk, by=_again(inquiry.clerk), at=later(inquiry)
        )


@pytest.mark.req("CRM-3.4-c")
def test_a_team_outside_the_triplets_list_receives_nothing(refusing):
    inquiry = InquiryFactory()

    with refusing(Code.TEAM_NOT_ALLOWED_FOR_TRIPLET, "team"):
        assigning.assign_to_team(inquiry_id=inquiry.pk, team_id=TeamFactory().pk, by=inquiry.clerk, at=later(inquiry))


@pytest.mark.req("CRM-5.1.1-d")
def test_the_head_team_is_always_a_target():
    inquiry = InquiryFactory()

    assigning.assign_to_team(inquiry_id=inquiry.pk, team_id=head_team().pk, by=inquiry.clerk, at=later(inquiry))

    assert (fresh(inquiry).handling_team, fresh(inquiry).status) == (head_team(), "open_team")


@pytest.mark.req("CRM-3.4-d")
def test_the_owner_who_hands_over_must_have_written_why_since_it_came_to_him(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    second = colleague(inquiry)
    give = {"inquiry_id": inquiry.pk, "at": later(inquiry)}

    with refusing(Code.FIELD_REQUIRED, "proposed_solution"):
        assigning.assign_to_employee(**give, employee_id=second.pk, by=inquiry.clerk)
    answering.save(**give, by=inquiry.clerk, proposed_solution="נדרש אישור מנהל")
    assigning.assign_to_employee(**give, employee_id=second.pk, by=inquiry.clerk)

    assert last_row(inquiry).note == "נדרש אישור מנהל"
    with refusing(Code.FIELD_REQUIRED, "proposed_solution"):  # the former owner's words are not the present one's
        assigning.release(inquiry_id=inquiry.pk, at=later(inquiry), by=second)


def test_a_reason_from_an_earlier_ownership_does_not_count(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    answering.save(inquiry_id=inquiry.pk, at=later(inquiry), by=inquiry.clerk, proposed_solution="ראשון")
    assigning.release(inquiry_id=inquiry.pk, at=later(inquiry, hours=2), by=inquiry.clerk)
    assigning.assign_to_me(inquiry_id=inquiry.pk, at=later(inquiry, hours=3), by=inquiry.clerk)

    with refusing(Code.FIELD_REQUIRED, "proposed_solution"):
        assigning.release(inquiry_id=inquiry.pk, at=later(inquiry), by=inquiry.clerk)


def test_the_reason_may_be_written_with_the_hand_over():
    inquiry = InquiryFactory(in_treatment=True)

    assigning.release(inquiry_id=inquiry.pk, at=later(inquiry), by=inquiry.clerk, note="אין לי את המידע")

    assert (fresh(inquiry).status, fresh(inquiry).owner) == ("open_team", None)
    assert fresh(inquiry).proposed_solution == "אין לי את המידע"


@pytest.mark.req("CRM-3.4-f")
def test_a_coordinator_releases_a_colleagues_inquiries_to_their_team():
    inquiries = [InquiryFactory(in_treatment=True)]
    team = inquiries[0].handling_team
    inquiries += [InquiryFactory(in_treatment=True, team=team) for _ in range(2)]
    by = coordinator(inquiries[0])

    outcomes = assigning.release_many(inquiry_ids=[i.pk for i in inquiries], by=by, at=later(inquiries[0]))

    assert all(outcome.ok for outcome in outcomes)
    assert {(fresh(i).status, fresh(i).owner, fresh(i).handling_team) for i in inquiries} == {("open_team", None, team)}
    assert {last_row(i).by for i in inquiries} == {by}


def test_a_handler_releases_only_his_own(refusing):
    inquiry = InquiryFactory(in_treatment=True)

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        assigning.release(inquiry_id=inquiry.pk, by=colleague(inquiry), at=later(inquiry), note="לא שלי")


def test_a_handler_does_not_give_away_what_a_colleague_holds(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    thief = colleague(inquiry)

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        assigning.assign_to_employee(inquiry_id=inquiry.pk, employee_id=thief.pk, by=thief, at=later(inquiry))


def test_a_released_waiting_inquiry_goes_on_waiting():
    inquiry = InquiryFactory(awaiting_customer=True)

    assigning.release(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), note="חופשה")

    now = fresh(inquiry)
    assert (now.status, now.owner) == ("waiting_customer", None)
    assert now.auto_close_at == inquiry.auto_close_at


def test_a_release_keeps_that_information_arrived():
    inquiry = InquiryFactory(steps=("assign", "answer", "customer"))
    assert inquiry.owner == inquiry.clerk

    assigning.release(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), note="חופשה")

    assert fresh(inquiry).status == "info_arrived"


@pytest.mark.req("CRM-3.4-e")
def test_an_assigned_inquiry_never_goes_back_by_itself():
    from crm_portal.worktime.services import timing

    inquiry = InquiryFactory(in_treatment=True)

    for name in ("close_unanswered_waiting", "refresh_sla_cache"):
        timing.run(timing.timers()[name], at=later(inquiry, days=30))

    assert fresh(inquiry).owner == inquiry.clerk


@pytest.mark.req("CRM-3.4-h")
@pytest.mark.parametrize(("first", "last", "absent"), [(0, 3, True), (-3, 0, True), (1, 3, False), (-3, -1, False)])
def test_assigning_to_an_absent_employee_asks_for_confirmation(refusing, first, last, absent):
    inquiry = InquiryFactory()
    receiver = colleague(inquiry)
    at = later(inquiry)
    Absence.objects.create(
        user=receiver, from_on=at.date() + timedelta(first), until_on=at.date() + timedelta(last),
        entered_by=inquiry.clerk, entered_at=at,
    )  # fmt: skip
    give = {"inquiry_id": inquiry.pk, "employee_id": receiver.pk, "by": inquiry.clerk, "at": at}

    if absent:
        with refusing(Code.CONFIRMATION_REQUIRED) as caught:
            assigning.assign_to_employee(**give)
        assert caught.value.refusals[0].details["confirm"] == "confirm_absent"
    assigning.assign_to_employee(**give, confirm_absent=absent)

    assert fresh(inquiry).owner == receiver


@pytest.mark.req("CRM-4.3-a")
def test_a_hand_over_is_in_the_history_with_both_employees_both_units_and_the_note():
    inquiry = InquiryFactory(in_treatment=True)
    other = another_team(inquiry.triplet)
    receiver = other.members.get().user

    assigning.assign_to_employee(
        inquiry_id=inquiry.pk, employee_id=receiver.pk, by=inquiry.clerk, at=later(inquiry), note="בתחומו"
    )

    row = last_row(inquiry)
    assert (row.from_owner, row.to_owner) == (inquiry.clerk, receiver)
    assert (row.from_unit, row.to_unit) == (inquiry.handling_unit, other.unit)
    assert (row.from_team, row.to_team, row.note, row.by) == (inquiry.handling_team, other, "בתחומו", inquiry.clerk)
    assert row.by_role == "handler"


def test_the_history_names_every_role_of_who_did_it_whole():
    inquiry = InquiryFactory()
    by = colleague(inquiry, roles=[Role.COORDINATOR, Role.CRM_TRUSTEE, Role.DEPUTY_MANAGER], roles__scope=Scope.ALL)

    assigning.assign_to_me(inquiry_id=inquiry.pk, by=by, at=later(inquiry))

    assert last_row(inquiry).by_role == "coordinator,crm_trustee,deputy_manager"


def test_a_team_is_not_given_what_stands_in_its_queue_already(refusing):
    inquiry = InquiryFactory()

    with refusing(Code.INVALID_VALUE, "team"):
        assigning.assign_to_team(
            inquiry_id=inquiry.pk, team_id=inquiry.handling_team_id, by=inquiry.clerk, at=later(inquiry)
        )


def test_assigning_a_hundred_costs_a_handful_of_queries_each(django_assert_max_num_queries):
    inquiries = [InquiryFactory()]
    team = inquiries[0].handling_team
    inquiries += [InquiryFactory(team=team) for _ in range(9)]
    by = _again(inquiries[0].clerk)
    at = later(inquiries[-1])

    with django_assert_max_num_queries(13 * 10 + 4):  # three of each for the net age that lists show
        assigning.assign_many(inquiry_ids=[i.pk for i in inquiries], by=by, at=at)

    assert visibility.visible_to(by).filter(owner=by).count() == 10


def _again(user):
    return type(user).objects.get(pk=user.pk)
