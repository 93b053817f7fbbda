"""Views, dashboards and charts for programs: the rows, counts and refusals of the pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory
from tests.factories.stock import ChannelFactory, StockFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return UserFactory(roles=[Role.HANDLER])


@pytest.fixture
def manager(team):
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    team.unit.members.create(user=user)
    return user


@pytest.fixture
def team(clerk):
    return TeamFactory(members=[clerk])


@pytest.fixture
def stock(team, clerk):
    triplet, now = TripletFactory(), timezone.now()
    for place in range(60):
        held = place % 3 == 0
        StockFactory(
            team=team,
            triplet=triplet,
            status="in_treatment" if held else "open_team",
            owner=clerk if held else None,
            opened_at=now - timedelta(days=place // 4),
        )


def ask(client, user, name: str, *args: object, **params: object):
    client.force_login(user)
    return client.get(reverse(f"inquiries_api:{name}", args=args, query=params))


def rows_of(client, user, url: str) -> list[dict]:
    """Every row behind an address, page by page."""
    client.force_login(user)
    found = []
    while url:
        answer = client.get(url).json()
        found += answer["results"]
        url = answer["next"]
    return found


@pytest.mark.req("CRM-3-a")
def test_the_views_are_the_user_s_own_and_each_counts_its_rows(client, clerk, stock):
    views = ask(client, clerk, "views").json()

    assert [view["key"] for view in views] == [
        "team_waiting", "team_waiting_offices", "my_inquiries", "many_messages", "unit_all",
    ]  # fmt: skip
    for view in views:
        assert ask(client, clerk, "view_rows", view["key"]).json()["total"] == view["count"]


@pytest.mark.req("CRM-3.2-b")
def test_pages_repeat_nothing_and_leave_nothing_out(client, clerk, stock):
    rows = rows_of(client, clerk, reverse("inquiries_api:view_rows", args=["unit_all"], query={"sort": "opened"}))

    wanted = Inquiry.objects.order_by("opened_at", "number").values_list("number", flat=True)
    assert [row["number"] for row in rows] == list(wanted)


def test_the_way_back_leads_to_the_page_before(client, clerk, stock):
    first = ask(client, clerk, "view_rows", "unit_all").json()
    second = client.get(first["next"]).json()

    assert first["previous"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.req("CRM-3.2-b")
def test_filters_of_a_view_hold_together(client, clerk, stock):
    today = timezone.localdate().isoformat()

    rows = ask(client, clerk, "view_rows", "unit_all", status="open_team", opened_from=today).json()["results"]

    expected = Inquiry.objects.filter(status="open_team", opened_at__date=today).values_list("number", flat=True)
    assert {row["number"] for row in rows} == set(expected)
    assert {(row["status"], row["status_label"]) for row in rows} == {("open_team", "פתוחה משויכת לצוות")}


@pytest.mark.req("CRM-3.1-a")
def test_a_view_of_other_roles_is_out_of_scope(client, clerk, team):
    answer = ask(client, clerk, "view_rows", "team_in_treatment_offices")

    assert (answer.status_code, answer.json()["code"]) == (404, "OUT_OF_SCOPE")


@pytest.mark.req("CRM-3.3-b")
@pytest.mark.parametrize("name", ["q", "search"])
def test_only_stars_are_refused_and_list_nothing(client, clerk, stock, name):
    answer = ask(client, clerk, "view_rows", "unit_all", **{name: "*"})

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_VALUE")
    assert "q" in answer.json()["fields"]


def test_a_filter_that_does_not_exist_is_named(client, clerk, team):
    answer = ask(client, clerk, "view_rows", "unit_all", status="zzz", opened_from="2026-02-30")

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"status", "opened_from"}


def test_a_list_costs_the_same_with_few_and_many_rows(client, clerk, team):
    def queries(rows: int) -> int:
        for _row in range(rows):
            StockFactory(team=team, triplet=TripletFactory())
        with CaptureQueriesContext(connection) as captured:
            ask(client, clerk, "view_rows", "unit_all")
        return len(captured)

    queries(1)
    assert queries(1) == queries(20)


def test_an_inquiry_tells_its_general_tab_with_its_version_and_the_audit_knows(client, clerk, team):
    inquiry = StockFactory(team=team, tax_year=2025, version=7)

    answer = ask(client, clerk, "inquiry", inquiry.number)

    assert (answer.headers["ETag"], answer.json()["version"], answer.json()["tax_year"]) == ('"7"', 7, 2025)
    assert answer.json()["description"] == inquiry.description
    assert AuditEvent.objects.filter(action="inquiry.view", actor=clerk, target_id=str(inquiry.pk)).exists()


def test_an_inquiry_of_another_unit_is_not_found(client, clerk, team):
    answer = ask(client, clerk, "inquiry", StockFactory(team=TeamFactory()).number)

    assert (answer.status_code, answer.json()["code"]) == (404, "OUT_OF_SCOPE")


@pytest.mark.req("CRM-3-a")
def test_the_figures_of_my_dashboard_equal_the_lists_they_name(client, manager, stock):
    dashboard = ask(client, manager, "dashboard").json()

    assert dashboard["role"] == "office_manager"
    assert [figure["key"] for figure in dashboard["figures"]] == ["open", "over", "arrived", "handled"]
    for figure in dashboard["figures"]:
        assert client.get(figure["url"]).json()["total"] == figure["value"]


@pytest.mark.req("CRM-3.2-a")
def test_a_widget_takes_a_sort_and_refuses_a_filter_that_the_full_view_takes(client, clerk, stock):
    newest = ask(client, clerk, "widget", "team_waiting", sort="-opened").json()
    filtered = ask(client, clerk, "widget", "team_waiting", status="open_team")

    opened = [row["opened_at"] for row in newest["results"]]
    assert opened == sorted(opened, reverse=True)
    assert (filtered.status_code, filtered.json()["code"]) == (400, "FILTER_ONLY_IN_FULL_VIEW")
    assert ask(client, clerk, "view_rows", "team_waiting", status="open_team").status_code == 200


@pytest.mark.req("CRM-3.2-c")
@pytest.mark.parametrize("key", ["status", "triplet", "age", "channel", "employee"])
def test_a_chart_and_each_of_its_segments_equal_their_records(client, manager, stock, key):
    chart = ask(client, manager, "chart", key, period="30").json()

    assert chart["total"] > 0
    assert client.get(chart["url"]).json()["total"] == chart["total"]
    for segment in chart["segments"]:
        assert client.get(segment["url"]).json()["total"] == segment["count"]


@pytest.mark.req("CRM-3.1-a")
def test_a_chart_of_other_roles_is_out_of_scope(client, clerk, team):
    assert ask(client, clerk, "chart", "triplet").status_code == 404
    assert ask(client, clerk, "chart", "status").status_code == 200


@pytest.mark.req("CRM-2-b")
def test_reading_the_inquiries_of_a_customer_is_in_the_audit_under_the_customer(client, clerk, team):
    RoleGrant.objects.filter(user=clerk).update(views_customer_files=True)
    customer = StockFactory(team=team).customer

    assert ask(client, clerk, "view_rows", "customer_all", customer=customer.pk).status_code == 200
    page = reverse("inquiries:view", args=["customer_all"], query={"customer": customer.pk})
    assert client.get(page).status_code == 200

    read = AuditEvent.objects.filter(action="customer.view", outcome="read", actor=clerk)
    assert [(row.target_type, row.target_id) for row in read] == [("customer", str(customer.pk))] * 2


@pytest.mark.req("CRM-1-a")
def test_an_inquiry_of_each_channel_waits_in_the_same_view_with_its_channel(client, clerk, team):
    triplet = TripletFactory()
    channels = ("phone", "internet", "rep_network", "abroad_contact")
    for channel in channels:
        StockFactory(team=team, triplet=triplet, channel=ChannelFactory(code=channel, name=channel), number=channel)

    answer = ask(client, clerk, "view_rows", "team_waiting").json()

    assert {row["number"] for row in answer["results"]} == set(channels)
    for row in answer["results"]:
        assert ask(client, clerk, "inquiry", row["number"]).json()["channel"]["code"] == row["number"]
