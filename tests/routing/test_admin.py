"""The tables of routing in the admin site: to look up. They are changed in the screens of administration."""

import pytest
from django.apps import apps

from crm_portal.people.rules.roles import Role
from routing.models import LocalityMap, Team
from tests.factories.people import UserFactory

pytestmark = pytest.mark.usefixtures("shipped")
TABLES = ("taxsystem", "triplet", "businessunit", "team", "tripletteam", "localitymap", "nsarule",
          "realestatefirstlinerule", "fixedunitrule", "routingdecision")  # fmt: skip


@pytest.fixture
def department(client):
    client.force_login(UserFactory(roles=[Role.CRM_ADMIN]))
    return client


@pytest.mark.parametrize("table", TABLES)
def test_the_department_sees_every_table(department, table):
    assert department.get(f"/admin/routing/{table}/").status_code == 200


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_a_table_is_added_changed_or_deleted(department, table):
    model = apps.get_model("routing", table)
    row, count = model.objects.first(), model.objects.count()

    assert department.post(f"/admin/routing/{table}/add/", {}).status_code == 403
    if row is not None:
        assert department.get(f"/admin/routing/{table}/{row.pk}/change/").status_code == 200
        assert department.post(f"/admin/routing/{table}/{row.pk}/change/", {}).status_code == 403
        assert department.post(f"/admin/routing/{table}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert model.objects.count() == count


def test_members_of_a_team_are_shown_and_not_changed(department):
    team, employee = Team.objects.get(code="it-haifa-general"), UserFactory()
    inline = {"members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0, "members-0-user": employee.pk}

    assert department.post(f"/admin/routing/team/{team.pk}/change/", inline).status_code == 403
    assert not team.members.exists()


def test_a_handler_does_not_enter(client):
    client.force_login(UserFactory(roles=[Role.HANDLER]))

    assert client.get("/admin/routing/triplet/").status_code == 403


def test_the_head_team_reads_the_tables_and_changes_none(client):
    client.force_login(UserFactory(roles=[Role.HEAD_TEAM_MEMBER]))
    row = LocalityMap.objects.first()

    assert client.get("/admin/routing/localitymap/").status_code == 200
    assert client.get(f"/admin/routing/localitymap/{row.pk}/change/").status_code == 200
    assert client.post(f"/admin/routing/localitymap/{row.pk}/change/", {"locality": "x"}).status_code == 403
    assert client.get("/admin/routing/localitymap/add/").status_code == 403
    assert client.get("/admin/people/user/").status_code == 403
