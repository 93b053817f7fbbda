"""The list of each working morning and its confirmation (CRM-3.4-g)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import JERUSALEM
from inquiries.models import DailyFollowUp
from inquiries.selectors.following_up import days_before, follow_ups_on, holders
from inquiries.selectors.moments import Moment
from inquiries.selectors.supervision import supervised_teams
from inquiries.services import following_up
from inquiries.tasks import send_daily_follow_up
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("CRM-3.4-g")]
TUESDAY = datetime(2026, 11, 10, 7, 30, tzinfo=JERUSALEM)
DAY = timedelta(days=1)


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)  # assigned on Thursday, 5.11, at 11:00


@pytest.fixture
def team(inquiry):
    return inquiry.handling_team


@pytest.fixture
def coordinator(team):
    user = UserFactory(roles=[Role.COORDINATOR], email="rakaz@example.org")
    team.members.create(user=user, is_coordinator=True)
    return user


def confirm(coordinator, team, at=TUESDAY):
    return following_up.confirm(team_ids=[team.pk], by=coordinator, at=at)


def test_it_lists_what_each_employee_holds_and_for_how_many_business_hours(inquiry, team, coordinator):
    second = InquiryFactory(team=team, in_treatment=True)
    for finished in ({}, {"awaiting_customer": True}, {"closed": True}):
        InquiryFactory(team=team, **finished)

    [holder] = holders(coordinator, [team], Moment.of(TUESDAY))

    assert holder.user == inquiry.clerk
    assert {line.inquiry.pk for line in holder.lines} == {inquiry.pk, second.pk}
    assert holder.lines[0].held == timedelta(hours=13 + 24 + 24 + 7.5)  # Thursday from 11:00, Sunday, Monday, today


def test_who_is_absent_is_marked_and_comes_first(inquiry, team, coordinator):
    Absence.objects.create(
        user=inquiry.clerk, from_on=TUESDAY.date(), until_on=TUESDAY.date() + DAY, entered_by=coordinator,
        entered_at=TUESDAY,
    )  # fmt: skip

    [holder] = holders(coordinator, [team], Moment.of(TUESDAY))

    assert holder.until == date(2026, 11, 11)
    assert [one.until for one in holders(coordinator, [team], Moment.of(TUESDAY + 2 * DAY))] == [None]


def test_a_coordinator_follows_the_own_teams_and_a_trustee_or_manager_the_whole_unit(team, coordinator):
    other = team.unit.teams.create(code="other", name="אחר")
    elsewhere = InquiryFactory().handling_team
    people = {role: UserFactory(roles=[role]) for role in (Role.CRM_TRUSTEE, Role.OFFICE_MANAGER)}
    for user in people.values():
        team.unit.members.create(user=user)

    assert set(supervised_teams(coordinator)) == {team}
    for user in people.values():
        assert set(supervised_teams(user)) == {team, other}
        assert elsewhere not in supervised_teams(user)


def test_confirming_twice_keeps_the_first(team, coordinator):
    [first] = confirm(coordinator, team)
    manager = UserFactory(roles=[Role.OFFICE_MANAGER])
    team.unit.members.create(user=manager)

    [again] = confirm(manager, team, at=TUESDAY + timedelta(hours=2))

    assert (again.pk, again.confirmed_by, again.confirmed_at) == (first.pk, coordinator, TUESDAY)


@pytest.mark.parametrize("day", [datetime(2026, 11, 13, 9, 0, tzinfo=JERUSALEM), TUESDAY], ids=["Friday", "holiday"])
def test_a_day_on_which_nobody_works_is_not_confirmed(team, coordinator, refusing, day):
    CalendarDay.objects.create(calendar="authority", day=TUESDAY.date(), reason="חג", is_working=False)

    with refusing(Code.INVALID_VALUE):
        confirm(coordinator, team, at=day)
    assert not DailyFollowUp.objects.exists()


def test_teams_of_others_are_not_confirmed_not_even_beside_ones_own(team, coordinator, refusing):
    elsewhere = InquiryFactory().handling_team

    with refusing(Code.OUT_OF_SCOPE):
        following_up.confirm(team_ids=[team.pk, elsewhere.pk], by=coordinator, at=TUESDAY)
    assert not DailyFollowUp.objects.filter(confirmed_at__isnull=False).exists()


def test_the_list_is_sent_once_each_working_morning_to_coordinators_and_trustees(inquiry, team, coordinator):
    trustee = UserFactory(roles=[Role.CRM_TRUSTEE], email="neeman@example.org")
    silent = UserFactory(roles=[Role.CRM_TRUSTEE])
    for user in (trustee, silent):
        team.unit.members.create(user=user)

    for minutes in (0, 30, 60):
        send_daily_follow_up(TUESDAY + timedelta(minutes=minutes))

    sent = Notification.objects.filter(kind="daily_follow_up")
    assert sorted(sent.values_list("address", flat=True)) == ["neeman@example.org", "rakaz@example.org"]
    row = DailyFollowUp.objects.get(team=team)
    assert (row.day, row.sent_at, row.assigned_count) == (TUESDAY.date(), TUESDAY, 1)


def test_the_list_names_inquiries_and_nobody(inquiry, coordinator):
    send_daily_follow_up(TUESDAY)

    [message] = Notification.objects.filter(kind="daily_follow_up")
    text = message.subject + message.body
    assert inquiry.number in text
    for personal in (inquiry.customer.last_name, inquiry.customer.id_number, inquiry.description):
        assert personal not in text


@pytest.mark.parametrize("at", [
    TUESDAY.replace(hour=6, minute=59), datetime(2026, 11, 13, 9, 0, tzinfo=JERUSALEM),
], ids=["before seven", "Friday"])  # fmt: skip
def test_nothing_is_sent_before_the_morning_or_on_a_day_off(coordinator, at):
    send_daily_follow_up(at)

    assert not Notification.objects.filter(kind="daily_follow_up").exists()
    assert not DailyFollowUp.objects.exists()


def test_the_working_days_of_an_outage_are_kept_as_unconfirmed_and_not_sent(team, coordinator):
    send_daily_follow_up(TUESDAY)

    send_daily_follow_up(TUESDAY + 7 * DAY)

    rows = DailyFollowUp.objects.filter(team=team).order_by("day")
    assert [row.day.day for row in rows] == [10, 11, 12, 15, 16, 17]  # Friday and Saturday are none
    assert [row.sent_at is not None for row in rows] == [True, False, False, False, False, True]
    assert Notification.objects.filter(kind="daily_follow_up").count() == 2


def test_a_confirmation_before_the_list_is_sent_is_kept(team, coordinator):
    confirm(coordinator, team)

    send_daily_follow_up(TUESDAY)

    row = DailyFollowUp.objects.get(team=team)
    assert (row.confirmed_by, row.assigned_count) == (coordinator, 1)


def test_the_command_sends_as_the_timer_does(team, coordinator):
    call_command("send_daily_follow_up", at=TUESDAY, verbosity=0)

    assert Notification.objects.filter(kind="daily_follow_up").count() == 1


def test_the_days_before_show_which_were_confirmed(team, coordinator):
    confirm(coordinator, team)
    calendar = Moment.of(TUESDAY).authority

    days = {one.day: one.is_confirmed for one in days_before(date(2026, 11, 12), [team], calendar)}

    assert days[TUESDAY.date()]
    assert not days[date(2026, 11, 11)]
    assert date(2026, 11, 7) not in days  # Saturday
    assert follow_ups_on(TUESDAY.date(), [team]).is_confirmed
