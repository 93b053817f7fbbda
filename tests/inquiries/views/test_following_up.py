"""The pages of the daily follow-up and of absences (screens E15 and E16)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role
from inquiries.models import DailyFollowUp
from tests.factories.inquiries import InquiryFactory, clerk, fresh
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PAGE, ABSENCES = reverse("inquiries:follow_up"), reverse("inquiries:absences")


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def coordinator(inquiry):
    user = UserFactory(roles=[Role.COORDINATOR])
    inquiry.handling_team.members.create(user=user, is_coordinator=True)
    return user


@pytest.fixture
def working_day(time_machine):
    time_machine.move_to("2026-11-10T08:00:00+02:00")


@pytest.fixture
def mate(inquiry):
    user = clerk()
    inquiry.handling_team.members.create(user=user)
    return user


@pytest.mark.req("CRM-3.4-g")
def test_what_an_absent_employee_holds_is_marked_and_moved_to_a_mate_in_one_action(
    sign_in, working_day, inquiry, coordinator, mate
):
    held = [inquiry, *(InquiryFactory(team=inquiry.handling_team, in_treatment=True) for _ in range(3))]
    today = timezone.localdate()
    Absence.objects.create(
        user=inquiry.clerk, from_on=today, until_on=today, entered_by=coordinator, entered_at=timezone.now()
    )
    browser = sign_in(coordinator)

    shown = browser.get(PAGE)
    response = browser.post(reverse("inquiries:assign"), {
        "n": [one.number for one in held], "target": "other", "next": PAGE,
        "receiver": f"employee:{mate.pk}:{inquiry.handling_team_id}",
    })  # fmt: skip

    assert "נעדר/ת עד" in shown.text
    assert shown.context["of_absent"] == 4
    assert response.url == PAGE
    assert {fresh(one).owner for one in held} == {mate}


@pytest.mark.req("CRM-3.4-f")
def test_marked_rows_go_back_to_the_team_and_one_that_was_closed_is_told(sign_in, inquiry, coordinator):
    closed = InquiryFactory(team=inquiry.handling_team, closed=True)

    response = sign_in(coordinator).post(
        reverse("inquiries:release"), {"n": [inquiry.number, closed.number], "next": PAGE}
    )

    assert response.context["refused_numbers"] == [closed.number]
    assert fresh(inquiry).owner is None
    assert inquiry.history.last().by == coordinator


@pytest.mark.req("CRM-3.4-h")
def test_giving_several_to_an_absent_mate_asks_once_and_then_gives_all(
    sign_in, working_day, inquiry, coordinator, mate
):
    second = InquiryFactory(team=inquiry.handling_team, in_treatment=True)
    today = timezone.localdate()
    Absence.objects.create(user=mate, from_on=today, until_on=today, entered_by=coordinator, entered_at=timezone.now())
    browser = sign_in(coordinator)
    give = {
        "n": [inquiry.number, second.number], "target": "other", "next": PAGE,
        "receiver": f"employee:{mate.pk}:{inquiry.handling_team_id}",
    }  # fmt: skip

    asked = browser.post(reverse("inquiries:assign"), give)
    browser.post(reverse("inquiries:assign"), give | {"confirm_absent": "on"})

    assert asked.status_code == 422
    assert 'name="confirm_absent"' in asked.text
    assert {fresh(inquiry).owner, fresh(second).owner} == {mate}


@pytest.mark.req("CRM-3.4-g")
def test_the_day_is_confirmed_on_the_page_and_the_button_goes(sign_in, working_day, inquiry, coordinator):
    browser = sign_in(coordinator)
    assert "אישור מעקב" in browser.get(PAGE).text

    response = browser.post(reverse("inquiries:confirm_follow_up"), {"team": inquiry.handling_team_id}, follow=True)

    assert "אישור מעקב" not in response.text
    assert DailyFollowUp.objects.get().confirmed_by == coordinator


@pytest.mark.req("CRM-3.4-g")
def test_a_day_off_says_so_and_asks_for_nothing(sign_in, inquiry, coordinator, time_machine):
    time_machine.move_to("2026-11-13T09:00:00+02:00")
    browser = sign_in(coordinator)

    shown = browser.get(PAGE).text
    response = browser.post(reverse("inquiries:confirm_follow_up"), {"team": inquiry.handling_team_id})

    assert "אישור מעקב</button>" not in shown
    assert response.status_code == 400
    assert "אינו יום עבודה" in response.text


@pytest.mark.parametrize(("day", "status"), [
    ("2026-11-08", 200), ("2026-11-10", 302), ("2026-11-11", 404), ("yesterday", 404), ("2026-02-30", 404),
])  # fmt: skip
def test_earlier_days_have_a_page_and_days_to_come_have_none(sign_in, working_day, coordinator, day, status):
    assert sign_in(coordinator).get(reverse("inquiries:follow_up_day", args=[day])).status_code == status


@pytest.mark.req("CRM-3.4-g")
def test_a_handler_has_no_daily_follow_up(sign_in, inquiry):
    assert sign_in(inquiry.clerk).get(PAGE).status_code == 403


def test_the_queries_do_not_grow_with_what_is_held(sign_in, inquiry, coordinator, django_assert_max_num_queries):
    for _ in range(5):
        InquiryFactory(team=inquiry.handling_team, in_treatment=True)
    browser = sign_in(coordinator)
    browser.get(PAGE)

    with django_assert_max_num_queries(22):
        assert browser.get(PAGE).context["total"] == 6


@pytest.mark.req("CRM-3.4-h")
def test_an_absence_is_entered_changed_and_ended(sign_in, working_day, inquiry, coordinator):
    browser = sign_in(coordinator)

    browser.post(ABSENCES, {"employee": inquiry.clerk.pk, "from_on": "2026-11-09", "until_on": "2026-11-12"})
    absence = Absence.objects.get()
    browser.post(reverse("inquiries:absence", args=[absence.pk]), {"from_on": "2026-11-09", "until_on": "2026-11-15"})
    listed = browser.get(ABSENCES).text
    browser.post(reverse("inquiries:end_absence", args=[absence.pk]))

    assert "15.11.2026" in listed
    assert Absence.objects.get().until_on.isoformat() == "2026-11-09"


@pytest.mark.req("CRM-3.4-h")
@pytest.mark.parametrize(("typed", "field", "words"), [
    ({"until_on": ""}, "until_on", "שדה"), ({"until_on": "לא תאריך"}, "until_on", "תאריך"),
    ({"until_on": "2026-11-08"}, "until_on", "היום האחרון"), ({"employee": ""}, "employee", "שדה"),
])  # fmt: skip
def test_what_cannot_be_is_said_at_the_field_and_the_rest_kept(
    sign_in, working_day, inquiry, coordinator, typed, field, words
):
    sent = {"employee": inquiry.clerk.pk, "from_on": "2026-11-10", "until_on": "2026-11-12"} | typed

    response = sign_in(coordinator).post(ABSENCES, sent)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert words in str(response.context["form"].errors[field])
    assert 'value="2026-11-10"' in response.text
    assert not Absence.objects.exists()


def test_another_teams_absence_is_not_there(sign_in, inquiry, coordinator):
    other = InquiryFactory().clerk
    absence = Absence.objects.create(
        user=other, from_on="2026-11-01", until_on="2099-11-01", entered_by=other, entered_at=timezone.now()
    )
    browser = sign_in(coordinator)

    assert browser.get(reverse("inquiries:absence", args=[absence.pk])).status_code == 404
    assert browser.post(reverse("inquiries:end_absence", args=[absence.pk])).status_code == 404
    assert str(other) not in browser.get(ABSENCES).text
