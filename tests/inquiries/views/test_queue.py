"""The full view: who gets it, what stands in it, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role, Scope
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TeamFactory, TripletFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db


def address(key: str, **params: object) -> str:
    return reverse("inquiries:view", args=[key], query=params)


def numbers(response) -> list[str]:
    return [inquiry.number for inquiry, _meter in response.context["rows"]]


@pytest.mark.req("CRM-3.1-a")
@pytest.mark.parametrize("key", ["team_waiting", "my_inquiries", "team_waiting_offices", "no_such_view"])
def test_a_view_of_other_roles_is_not_found(sign_in, key):
    viewer = UserFactory(roles=[Role.VIEWER])

    assert sign_in(viewer).get(address(key)).status_code == 404


@pytest.mark.req("CRM-3.1-a")
def test_an_operator_of_an_information_centre_has_no_view_of_offices(sign_in):
    operator = UserFactory(roles=[Role.INFO_CENTRE_OPERATOR])

    assert sign_in(operator).get(address("team_waiting_offices")).status_code == 404
    assert sign_in(operator).get(address("team_waiting")).status_code == 200


def test_the_queue_leads_to_the_first_view_of_the_role(sign_in, clerk):
    assert sign_in(clerk).get(reverse("inquiries:queue")).url == address("team_waiting")


@pytest.mark.req("CRM-2.2.3-a", "CRM-1-a")
def test_the_waiting_view_holds_what_has_no_employee_and_waits_for_my_team(sign_in, clerk, team, triplet):
    waiting = [
        StockFactory(team=team, triplet=triplet, status=status, number=status)
        for status in ("open_team", "forwarded", "info_arrived")
    ]
    StockFactory(team=team, triplet=triplet, status="in_treatment", owner=clerk)
    StockFactory(team=team, triplet=triplet, status="closed_success")
    StockFactory(team=TeamFactory(unit=team.unit), triplet=triplet)

    assert set(numbers(sign_in(clerk).get(address("team_waiting")))) == {one.number for one in waiting}


@pytest.mark.req("CRM-3.3-f")
def test_search_stays_inside_the_view_and_never_says_where_an_inquiry_went(sign_in, clerk, team, triplet):
    closed = StockFactory(team=team, triplet=triplet, status="closed_success", number="2026-000042")
    moved = StockFactory(team=TeamFactory(), triplet=triplet, number="2026-000043")
    page = sign_in(clerk)

    waiting = page.get(address("team_waiting", q=closed.number))
    everything = page.get(address("unit_all", q=closed.number))
    elsewhere = page.get(address("unit_all", q=moved.number))

    assert (numbers(waiting), numbers(everything), numbers(elsewhere)) == ([], [closed.number], [])
    assert "ייתכן שהפנייה הועברה" in waiting.content.decode()
    assert moved.handling_unit.name not in elsewhere.content.decode()


@pytest.mark.req("CRM-3.3-b")
def test_stars_alone_are_refused_at_the_search_field_and_list_nothing(sign_in, clerk, team, triplet):
    StockFactory(team=team, triplet=triplet)

    response = sign_in(clerk).get(address("team_waiting", q="*"))

    assert response.status_code == 422
    assert numbers(response) == []
    assert 'aria-invalid="true"' in response.content.decode()


@pytest.mark.req("CRM-2-b")
def test_a_search_is_in_the_audit(sign_in, clerk, team, triplet):
    sign_in(clerk).get(address("team_waiting", q="כהן"))

    event = AuditEvent.objects.get(action="inquiry.search")
    assert (event.actor, event.after["term"]) == (clerk, "כהן")


@pytest.mark.req("CRM-3.2-b")
def test_filters_hold_together_and_stay_in_the_address(sign_in, clerk, team, triplet):
    now = timezone.now()
    wanted = StockFactory(team=team, triplet=triplet, status="forwarded", opened_at=now - timedelta(days=2))
    StockFactory(team=team, triplet=triplet, status="forwarded", opened_at=now - timedelta(days=20))
    StockFactory(team=team, triplet=triplet, status="info_arrived", opened_at=now - timedelta(days=2))
    StockFactory(team=team, triplet=TripletFactory(main_topic='מע"מ'), status="forwarded", opened_at=now)
    day = timezone.localdate(now - timedelta(days=3)).isoformat()

    response = sign_in(clerk).get(address("team_waiting", status="forwarded", main="מס הכנסה", opened_from=day))

    assert numbers(response) == [wanted.number]
    chips = response.context["chips"]
    assert [chip.address.count("status=") for chip in chips] == [0, 1, 1]  # each chip's address drops its own filter


@pytest.mark.req("CRM-3.2-b")
def test_a_filter_that_does_not_exist_is_said_and_does_not_break_the_page(sign_in, clerk, team, triplet):
    row = StockFactory(team=team, triplet=triplet)

    response = sign_in(clerk).get(address("team_waiting", status="closed_success", triplet="999999", team="x"))

    assert response.status_code == 422
    assert numbers(response) == [row.number]


@pytest.mark.req("CRM-3.1-c", "CRM-3.2-c")
def test_each_mark_of_the_charts_counts_what_its_filter_shows(sign_in, clerk, team, triplet):
    now = timezone.now()
    for place in range(30):
        StockFactory(
            team=team,
            triplet=[triplet, TripletFactory(main_topic='מע"מ')][place % 2],
            status=["open_team", "forwarded", "info_arrived"][place % 3],
            opened_at=now - timedelta(days=place),
        )
    page = sign_in(clerk)

    charts = page.get(address("team_waiting")).context["charts"]

    for name, marks in (("age", charts.ages), ("status", charts.statuses), ("main", charts.topics)):
        assert sum(mark.count for mark in marks) == 30
        for mark in marks:
            assert page.get(address("team_waiting", **{name: mark.value})).context["total"] == mark.count


def test_htmx_gets_the_list_alone(sign_in, clerk, team):
    response = sign_in(clerk).get(address("team_waiting"), headers={"HX-Request": "true"})

    assert response.content.decode().lstrip().startswith('<div id="list"')


@pytest.mark.req("CRM-2.2.2-a")
def test_an_inquiry_above_my_level_is_in_no_list_count_or_chart(sign_in, clerk, team, triplet):
    StockFactory(team=team, triplet=TripletFactory(view_level=2))

    response = sign_in(clerk).get(address("team_waiting"))

    assert (numbers(response), response.context["total"], response.context["counts"]["unit_all"]) == ([], 0, 0)
    assert sum(mark.count for mark in response.context["charts"].ages) == 0


@pytest.mark.parametrize("key", ["team_waiting", "unit_all"])
def test_a_list_costs_the_same_with_three_rows_and_with_sixty(sign_in, clerk, team, triplet, key):
    page = sign_in(clerk)
    page.get(address(key))  # the session notes once that it is in use

    def queries(rows: int) -> int:
        for _row in range(rows):
            StockFactory(team=team, triplet=TripletFactory(), unread_messages=1)
        with CaptureQueriesContext(connection) as captured:
            response = page.get(address(key))
        assert response.status_code == 200
        assert len(response.content) < 150_000
        return len(captured)

    few, many = queries(3), queries(57)

    assert few == many
    assert many <= 19


@pytest.mark.req("CRM-4.2-c")
def test_the_list_shows_unread_messages_and_hatches_a_clock_that_stands(sign_in, clerk, team, triplet):
    triplet.tax_system.sla_target_hours = 48
    triplet.tax_system.save()
    StockFactory(team=team, triplet=triplet, status="info_arrived", unread_messages=2, sla_due_at=timezone.now())
    StockFactory(team=team, triplet=triplet, status="waiting_customer", owner=clerk)
    page = sign_in(clerk)

    assert "2 התכתבויות שלא נקראו" in page.get(address("team_waiting")).content.decode()
    mine = page.get(address("my_inquiries")).content.decode()
    assert "השעון עצור" in mine
    assert 'data-sla="paused"' in mine


@pytest.mark.req("CRM-2.2.2-a")
def test_a_viewer_sees_his_units_inquiries_without_anything_to_do(sign_in, team, triplet):
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope=Scope.UNIT)
    team.unit.members.create(user=viewer)
    row = StockFactory(team=team, triplet=triplet, customer=CustomerFactory(last_name="אזולאי"))

    response = sign_in(viewer).get(address("unit_all"))

    assert numbers(response) == [row.number]
    assert "bulkbar" not in response.content.decode()
