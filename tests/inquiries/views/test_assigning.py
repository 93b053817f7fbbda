"""The dialog by which inquiries are given and given back, one or many."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_portal.people.models import Absence
from crm_portal.people.rules.roles import Role
from tests.factories.inquiries import InquiryFactory, another_team, fresh
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ASSIGN, RELEASE = reverse("inquiries:assign"), reverse("inquiries:release")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def inquiry():
    return InquiryFactory()


@pytest.fixture
def colleague(inquiry):
    user = UserFactory(roles=[Role.HANDLER])
    inquiry.handling_team.members.create(user=user)
    inquiry.handling_unit.members.create(user=user)
    return user


def offered(response) -> str:
    return str(response.context["form"].fields["receiver"].choices)


@pytest.mark.req("CRM-3.4-b")
def test_marked_inquiries_are_assigned_to_me_in_one_action(sign_in, inquiry):
    second = InquiryFactory(team=inquiry.handling_team)
    numbers = [inquiry.number, second.number]

    response = sign_in(inquiry.clerk).post(ASSIGN, {"n": numbers, "target": "me", "next": "/inquiries/"})

    assert response.url == "/inquiries/"
    assert {fresh(inquiry).owner, fresh(second).owner} == {inquiry.clerk}


@pytest.mark.req("CRM-3.4-b")
def test_one_failure_stops_no_other_and_is_told_with_its_holder(sign_in, inquiry, colleague):
    held = InquiryFactory(team=inquiry.handling_team)
    sign_in(colleague).post(ASSIGN, {"n": held.number, "target": "me"})

    response = sign_in(inquiry.clerk).post(ASSIGN, {"n": [inquiry.number, held.number], "target": "me"})

    assert response.status_code == 422
    assert fresh(inquiry).owner == inquiry.clerk
    assert fresh(held).owner == colleague
    [(number, reasons)] = response.context["refused"]
    assert number == held.number
    assert str(colleague) in reasons[0]
    assert [one.number for one in response.context["inquiries"]] == [held.number]


@pytest.mark.req("CRM-3.4-c")
def test_only_employees_and_teams_of_the_triplet_are_offered(sign_in, inquiry, colleague):
    fitting = another_team(inquiry.triplet)
    foreign = InquiryFactory()

    shown = offered(sign_in(inquiry.clerk).get(ASSIGN, {"n": inquiry.number}))

    for name in (str(colleague), fitting.name, str(fitting.members.get().user)):
        assert name in shown
    assert str(foreign.clerk) not in shown
    assert foreign.handling_team.name not in shown


@pytest.mark.req("CRM-3.4-c")
@pytest.mark.parametrize("kind", ["employee", "team"])
def test_an_inquiry_is_given_to_a_colleague_or_to_another_team(sign_in, inquiry, colleague, kind):
    target = another_team(inquiry.triplet)
    receiver = f"employee:{colleague.pk}:{inquiry.handling_team_id}" if kind == "employee" else f"team:{target.pk}"

    response = sign_in(inquiry.clerk).post(
        ASSIGN, {"n": inquiry.number, "target": "other", "receiver": receiver, "note": "בקיא בנושא"}
    )

    assert response.status_code == 302
    now = fresh(inquiry)
    assert (now.owner, now.handling_team) == (
        (colleague, inquiry.handling_team) if kind == "employee" else (None, target)
    )


@pytest.mark.req("CRM-3.4-h")
def test_an_absent_colleague_is_marked_and_asked_about(sign_in, inquiry, colleague):
    today = timezone.localdate()
    Absence.objects.create(
        user=colleague,
        from_on=today,
        until_on=today + timedelta(days=1),
        entered_by=inquiry.clerk,
        entered_at=timezone.now(),
    )
    window = sign_in(inquiry.clerk)
    sent = {
        "n": inquiry.number,
        "target": "other",
        "receiver": f"employee:{colleague.pk}:{inquiry.handling_team_id}",
    }

    asked = window.post(ASSIGN, sent)
    confirmed = window.post(ASSIGN, {**sent, "confirm_absent": "on"})

    assert "בהיעדרות" in offered(asked)
    assert (asked.status_code, asked.context["absent"]) == (422, True)
    assert 'name="confirm_absent"' in asked.content.decode()
    assert confirmed.status_code == 302
    assert fresh(inquiry).owner == colleague


@pytest.mark.req("CRM-3.4-d")
def test_the_owner_who_gives_back_his_own_must_write_why(sign_in, inquiry):
    window = sign_in(inquiry.clerk)
    window.post(ASSIGN, {"n": inquiry.number, "target": "me"})

    silent = window.post(RELEASE, {"n": inquiry.number})
    told = window.post(RELEASE, {"n": inquiry.number, "note": "מחוץ לתחום שלי"})

    assert silent.status_code == 422
    assert told.status_code == 302
    assert fresh(inquiry).owner is None


@pytest.mark.req("CRM-3.4-f")
def test_a_coordinator_releases_several_inquiries_of_a_colleague(sign_in, inquiry):
    coordinator = UserFactory(roles=[Role.COORDINATOR])
    inquiry.handling_team.members.create(user=coordinator, is_coordinator=True)
    inquiry.handling_unit.members.create(user=coordinator)
    second = InquiryFactory(team=inquiry.handling_team)
    numbers = [inquiry.number, second.number]
    sign_in(inquiry.clerk).post(ASSIGN, {"n": numbers, "target": "me"})

    response = sign_in(coordinator).post(RELEASE, {"n": numbers})

    assert response.status_code == 302
    assert fresh(inquiry).owner is fresh(second).owner is None
    assert inquiry.history.filter(event="release").get().by == coordinator


def test_htmx_gets_a_dialog_and_a_plain_browser_a_page(sign_in, inquiry):
    window = sign_in(inquiry.clerk)

    dialog = window.get(ASSIGN, {"n": inquiry.number}, headers=HTMX).content.decode()
    page = window.get(ASSIGN, {"n": inquiry.number}).content.decode()

    assert "<dialog" in dialog
    assert "<!doctype" not in dialog
    assert "<dialog" not in page
    assert inquiry.number in page


def test_nothing_marked_is_said_and_leads_back(sign_in, inquiry):
    response = sign_in(inquiry.clerk).get(ASSIGN, {"next": "/inquiries/views/unit_all/"}, follow=True)

    assert "יש לסמן תחילה פנייה אחת לפחות" in response.content.decode()
    assert response.request["PATH_INFO"] == "/inquiries/views/unit_all/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "x"])
def test_nobody_is_led_to_another_site(sign_in, inquiry, elsewhere):
    response = sign_in(inquiry.clerk).post(ASSIGN, {"n": inquiry.number, "target": "me", "next": elsewhere})

    assert response.url == reverse("inquiries:queue")


@pytest.mark.req("CRM-2.2.2-a")
def test_an_inquiry_the_user_may_not_see_is_not_touched(sign_in, inquiry):
    stranger = InquiryFactory().clerk

    sign_in(stranger).post(ASSIGN, {"n": inquiry.number, "target": "me"})

    assert fresh(inquiry).owner is None
