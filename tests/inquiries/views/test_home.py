"""The first page of an employee."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory
from tests.factories.stock import StockFactory

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
            sla_due_at=now - timedelta(days=1) if place > 8 else now + timedelta(days=9),
        )
    StockFactory(team=team, triplet=triplet, status="in_treatment", owner=clerk)


def test_the_front_door_leads_an_employee_here(sign_in, clerk, team):
    assert sign_in(clerk).get("/").url == HOME


@pytest.mark.req("CRM-3-a")
def test_counts_and_marks_equal_the_full_views_behind_them(sign_in, clerk, stock):
    window = sign_in(clerk)

    tiles = window.get(HOME).context["tiles"]

    for tile in tiles:
        full = reverse("inquiries:view", args=[tile.view.key])
        assert window.get(full).context["total"] == tile.count
        assert window.get(full, {"sla": "over"}).context["total"] == tile.over
        assert window.get(full, {"sla": "soon"}).context["total"] == tile.soon
    assert [(tile.count, tile.over) for tile in tiles if tile.view.key == "team_waiting"] == [(12, 3)]


@pytest.mark.req("CRM-3-a")
def test_the_oldest_stand_first(sign_in, clerk, stock):
    widget = sign_in(clerk).get(HOME).context["widgets"][0]

    opened = [inquiry.opened_at for inquiry, _meter in widget.rows]
    assert opened == sorted(opened)
    assert len(opened) == 8


@pytest.mark.req("CRM-3.2-a")
def test_a_widget_is_sorted_but_filtered_only_in_the_full_view(sign_in, clerk, stock):
    window = sign_in(clerk)

    newest = window.get(HOME, {"sort_team_waiting": "-opened"}).context["widgets"][0]
    filtered = window.get(HOME, {"status": "open_team"})

    opened = [inquiry.opened_at for inquiry, _meter in newest.rows]
    assert opened == sorted(opened, reverse=True)
    assert filtered.status_code == 400
    full = reverse("inquiries:view", args=["team_waiting"])
    assert "ראה את כל הרשומות" in filtered.content.decode()
    assert window.get(full, {"status": "open_team"}).status_code == 200


def test_the_page_costs_the_same_whatever_waits(sign_in, clerk, team, triplet):
    window = sign_in(clerk)
    window.get(HOME)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = window.get(HOME)
        assert len(response.content) < 150_000
        return len(captured)

    StockFactory(team=team, triplet=triplet)
    few = queries()
    for _row in range(10):
        StockFactory(team=team, triplet=triplet)

    assert queries() == few
    assert few < 20


def test_the_menu_counts_each_view_and_names_the_place(sign_in, clerk, stock, team):
    shown = sign_in(clerk).get(HOME).content.decode()

    assert team.name in shown
    for label in ("ממתינות לטיפול הצוות שלי", "הפניות שלי", "כל הפניות ביחידה העסקית"):
        assert label in shown


@pytest.mark.req("CRM-3.1-a")
def test_an_employee_without_any_view_has_no_such_page(sign_in):
    assert sign_in(UserFactory(roles=[Role.AUDITOR])).get(HOME).status_code == 404
