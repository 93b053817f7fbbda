"""The dashboards: one for each role, whose every number is the length of the list behind it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.roles import Role, Scope
from inquiries.models import Inquiry
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory
from tests.factories.stock import ChannelFactory, StockFactory

pytestmark = pytest.mark.django_db
HOME = reverse("inquiries:home")


@pytest.fixture
def stock(team, triplet, clerk):
    triplet.sla_target_hours = 48
    triplet.save()
    now = timezone.now()
    for place in range(12):
        StockFactory(
            team=team,
            triplet=triplet,
            opened_at=now - timedelta(days=place),
            unread_messages=place % 2,
            sla_due_at=now - timedelta(days=1) if place > 8 else now + timedelta(days=9),
        )
    StockFactory(team=team, triplet=triplet, status="in_treatment", owner=clerk)


@pytest.fixture
def manager(team):
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    team.unit.members.create(user=user)
    return user


@pytest.fixture
def varied(team, triplet, clerk):
    """Inquiries of many statuses, channels, triplets and ages."""
    now, phone = timezone.now(), ChannelFactory(code="phone", name="פנייה טלפונית")
    statuses = ["open_team", "in_treatment", "waiting_customer", "closed_success", "forwarded"]
    for place in range(40):
        status = statuses[place % 5]
        StockFactory(
            team=team,
            triplet=[triplet, TripletFactory(main_topic=f"נושא {place}")][place % 4 == 0],
            channel=phone if place % 3 == 0 else ChannelFactory(),
            status=status,
            owner=clerk if status in ("in_treatment", "waiting_customer") else None,
            opened_at=now - timedelta(days=3 * place),
            sla_due_at=now + timedelta(days=place - 9),
        )


def listed(window, url: str) -> int:
    response = window.get(url)
    assert response.status_code == 200
    return response.context["total"]


def test_the_front_door_leads_an_employee_here(sign_in, clerk, team):
    assert sign_in(clerk).get("/").url == HOME


@pytest.mark.req("CRM-3-a")
def test_every_figure_equals_the_rows_of_the_full_view_behind_it(sign_in, manager, clerk, varied):
    for user in (manager, clerk):
        window = sign_in(user)
        figures = window.get(HOME).context["figures"]
        assert figures
        for figure, url, _points in figures:
            assert (figure.key, listed(window, url)) == (figure.key, figure.value)


@pytest.mark.req("CRM-3-a")
def test_what_needs_attention_counts_what_its_list_shows(sign_in, clerk, stock):
    window = sign_in(clerk)

    lines = window.get(HOME).context["attention"]

    assert {line.matter.key for _words, line, _url in lines} == {"queue_over", "queue_unread"}
    for _words, line, url in lines:
        assert listed(window, url) == line.count


@pytest.mark.req("CRM-3-a")
def test_the_oldest_stand_first(sign_in, clerk, stock):
    widget = sign_in(clerk).get(HOME).context["widgets"][0]

    opened = [inquiry.opened_at for inquiry, _meter in widget.rows]
    assert opened == sorted(opened)
    assert len(opened) == 6


@pytest.mark.req("CRM-3.2-a")
def test_a_widget_is_sorted_but_filtered_only_in_the_full_view(sign_in, clerk, stock):
    window = sign_in(clerk)

    newest = window.get(HOME, {"sort_team_waiting_offices": "-opened"}).context["widgets"][0]
    filtered = window.get(HOME, {"status": "open_team"})

    opened = [inquiry.opened_at for inquiry, _meter in newest.rows]
    assert opened == sorted(opened, reverse=True)
    assert filtered.status_code == 400
    full = reverse("inquiries:view", args=["team_waiting_offices"])
    assert full in filtered.content.decode()
    assert "ראה את כל הרשומות" in filtered.content.decode()
    assert window.get(full, {"status": "open_team"}).status_code == 200


@pytest.mark.req("CRM-3.1-b")
@pytest.mark.parametrize("period", [7, 30, 90, 365])
def test_the_totals_of_a_period_equal_a_direct_count(sign_in, manager, varied, period):
    drawings = sign_in(manager).get(HOME, {"period": period}).context["drawings"]

    first = timezone.localdate() - timedelta(days=period - 1)
    expected = Inquiry.objects.filter(opened_at__date__gte=first).count()
    totals = {chart.key: chart.total for chart in drawings if not chart.is_stock}
    assert totals == {"status": expected, "triplet": expected, "channel": expected}


@pytest.mark.req("CRM-3.1-b")
def test_a_unit_in_scope_narrows_every_figure_and_another_one_changes_nothing(sign_in, manager, team, triplet, varied):
    second = TeamFactory(triplets=[triplet])
    second.unit.members.create(user=manager)
    StockFactory(team=second, triplet=triplet)
    foreign = TeamFactory()
    window = sign_in(manager)

    def total(**params):
        [chart] = [one for one in window.get(HOME, params).context["drawings"] if one.key == "status"]
        return chart.total, listed(window, chart.url)

    assert total(unit=second.unit.pk) == (1, 1)
    assert total(unit=foreign.unit.pk, period=365) == total(period=365) == (41, 41)


@pytest.mark.req("CRM-3.1-c")
def test_each_segment_of_each_chart_opens_exactly_its_inquiries(sign_in, manager, varied):
    window = sign_in(manager)
    drawings = window.get(HOME, {"period": 30}).context["drawings"]

    assert {chart.key for chart in drawings} == {"age", "employee", "status", "triplet", "channel"}
    for chart in drawings:
        shapes = [*chart.shapes, *(shape for line in chart.lines for shape in line.shapes)]
        assert sum(shape.count for shape in shapes) + chart.rest == chart.total > 0
        for shape in shapes:
            assert (chart.key, shape.label, listed(window, shape.url)) == (chart.key, shape.label, shape.count)


@pytest.mark.req("CRM-3.2-c")
def test_show_records_opens_the_full_view_with_the_chart_s_filter(sign_in, manager, varied):
    window = sign_in(manager)

    response = window.get(HOME)

    for chart in response.context["drawings"]:
        assert f'<a href="{chart.url}"'.replace("&", "&amp;") in response.content.decode()
        assert listed(window, chart.url) == chart.total


@pytest.mark.req("CRM-6.3-b")
def test_waiting_for_the_customer_counts_as_handled_and_stays_active(sign_in, manager, team, triplet, clerk):
    StockFactory(team=team, triplet=triplet, status="waiting_customer", owner=clerk)
    StockFactory(team=team, triplet=triplet, status="closed_success")
    StockFactory(team=team, triplet=triplet, status="in_treatment", owner=clerk)

    figures = {figure.key: figure for figure, _url, _points in sign_in(manager).get(HOME).context["figures"]}

    assert (figures["handled"].value, figures["handled"].of) == (2, 3)
    assert figures["open"].value == 2


@pytest.mark.req("CRM-3.1-a")
@pytest.mark.parametrize(
    ("role", "widgets", "charts"),
    [
        (Role.HANDLER, ["team_waiting_offices", "my_inquiries"], ["status"]),
        (Role.INFO_CENTRE_OPERATOR, ["team_waiting", "my_inquiries"], ["status"]),
        (
            Role.COORDINATOR,
            ["team_waiting_offices", "team_in_treatment_offices", "waiting_customer_unit"],
            ["age", "employee", "status", "triplet"],
        ),
        (
            Role.OFFICE_MANAGER,
            ["team_in_treatment_offices", "waiting_customer_unit"],
            ["age", "employee", "status", "triplet", "channel"],
        ),
        (Role.HEAD_TEAM_MEMBER, ["head_team_queue", "my_inquiries"], ["age", "triplet", "status"]),
        (Role.VIEWER, ["unit_all"], ["status"]),
        (Role.CRM_ADMIN, ["all_inquiries"], ["age", "status", "triplet"]),
        (Role.AUDITOR, ["all_inquiries"], ["status"]),
        (Role.BI_ANALYST, [], ["channel", "status"]),
    ],
)
def test_each_role_has_its_own_default_dashboard(sign_in, role, widgets, charts):
    context = sign_in(UserFactory(roles=[role])).get(HOME).context

    assert [widget.view.key for widget in context["widgets"]] == widgets
    assert [chart.key for chart in context["drawings"]] == charts


@pytest.mark.req("CRM-3.1-a")
def test_a_user_with_several_roles_switches_and_never_to_one_he_has_not(sign_in, clerk, team):
    RoleGrant.objects.create(user=clerk, role=Role.COORDINATOR.value, scope=Scope.TEAM.value)
    window = sign_in(clerk)

    first, second = window.get(HOME), window.get(HOME, {"role": "handler"})

    assert first.context["chosen"].role == Role.COORDINATOR
    assert [widget.view.key for widget in second.context["widgets"]] == ["team_waiting_offices", "my_inquiries"]
    assert window.get(HOME, {"role": "auditor"}).status_code == 404


@pytest.mark.req("CRM-3.1-a")
def test_a_referent_has_no_dashboard(sign_in):
    assert sign_in(UserFactory(roles=[Role.LEGAL_REFERENT])).get(HOME).status_code == 403


def test_an_analyst_counts_everything_and_opens_nothing(sign_in, varied):
    analyst = UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL, roles__level=3)

    response = sign_in(analyst).get(HOME, {"period": 365})

    assert {chart.key: chart.total for chart in response.context["drawings"]} == {"channel": 40, "status": 40}
    assert "/inquiries/views/" not in response.content.decode()


def test_the_page_costs_the_same_whatever_waits(sign_in, manager, clerk, team, triplet):
    for user, most in ((clerk, 34), (manager, 34)):
        window = sign_in(user)
        window.get(HOME)

        def queries(window=window) -> int:
            with CaptureQueriesContext(connection) as captured:
                response = window.get(HOME)
            assert len(response.content) < 150_000
            return len(captured)

        StockFactory(team=team, triplet=triplet)
        StockFactory(team=team, triplet=triplet, status="in_treatment", owner=clerk)
        few = queries()
        for _row in range(10):
            StockFactory(team=team, triplet=triplet)
            StockFactory(team=team, triplet=triplet, status="in_treatment", owner=clerk)

        assert queries() == few
        assert few <= most


def test_the_menu_counts_each_view_and_names_the_place(sign_in, clerk, stock, team):
    shown = sign_in(clerk).get(HOME).content.decode()

    assert team.name in shown
    for label in ("ממתינות לטיפול הצוות שלי", "הפניות שלי", "כל הפניות ביחידה העסקית"):
        assert label in shown
