import pytest
from django.apps import apps
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from routing.models import BusinessUnit, FixedUnitRule, LocalityMap, RealEstateFirstLineRule, Team, Triplet, TripletTeam
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.usefixtures("shipped"), pytest.mark.req("CRM-7-q")]
TABLES = ("taxsystem", "triplet", "businessunit", "team", "tripletteam", "localitymap", "nsarule",
          "realestatefirstlinerule", "fixedunitrule", "routingdecision")  # fmt: skip


@pytest.fixture
def department(client):
    client.force_login(UserFactory(roles=[Role.CRM_ADMIN]))
    return client


@pytest.mark.parametrize("table", TABLES)
def test_the_department_sees_every_table(department, table):
    assert department.get(f"/admin/routing/{table}/").status_code == 200


def test_an_edit_is_audited_with_what_was_before_and_after(department):
    row = LocalityMap.objects.get(locality="חיפה")
    haifa, ashdod = (BusinessUnit.objects.get(code=code) for code in ("it-haifa", "it-ashdod"))

    answer = department.post(
        f"/admin/routing/localitymap/{row.pk}/change/",
        {"locality": "חיפה", "income_tax_office": ashdod.pk, "vat_office": row.vat_office_id, "msm_unit": "",
         "valid_from": "2020-01-01", "valid_until": "", "is_example": "on"},
    )  # fmt: skip

    assert answer.status_code == 302
    event = AuditEvent.objects.get(action="localitymap.change")
    assert (event.before, event.after) == ({"income_tax_office": str(haifa)}, {"income_tax_office": str(ashdod)})
    assert event.target_id == str(row.pk)


def test_a_new_row_holds_from_today_and_is_audited(department):
    page = department.get("/admin/routing/fixedunitrule/add/")
    assert page.context["adminform"].form.initial["valid_from"] == timezone.localdate()

    triplet, unit = Triplet.objects.get(code="it-work-grant"), BusinessUnit.objects.get(code="it-haifa")
    department.post(
        "/admin/routing/fixedunitrule/add/",
        {"triplet": triplet.pk, "unit": unit.pk, "valid_from": "2026-03-02", "valid_until": ""},
    )

    assert FixedUnitRule.objects.filter(triplet=triplet).exists()
    assert AuditEvent.objects.get(action="fixedunitrule.add").after["valid_from"] == "2026-03-02"


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_a_table_can_be_deleted(department, table):
    row = apps.get_model("routing", table).objects.first()
    if row is not None:
        assert department.post(f"/admin/routing/{table}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_second_default_team_in_a_unit_is_refused_at_its_field(department):
    link = TripletTeam.objects.get(triplet__code="it-work-grant", team__code="it-haifa-general")
    other = Team.objects.get(code="it-haifa-section-17")

    page = department.post(
        "/admin/routing/tripletteam/add/",
        {"triplet": link.triplet_id, "team": other.pk, "is_default_for_unit": "on", "valid_from": "2026-03-02"},
    )

    assert page.status_code == 200
    assert page.context["adminform"].form.errors.keys() == {"is_default_for_unit"}


@pytest.mark.req("CRM-7-k")
def test_an_office_cannot_be_made_the_first_line_of_real_estate(department):
    row = RealEstateFirstLineRule.objects.first()
    office = BusinessUnit.objects.get(code="re-haifa")

    page = department.post(
        f"/admin/routing/realestatefirstlinerule/{row.pk}/change/",
        {"triplet": row.triplet_id, "unit": office.pk, "valid_from": "2020-01-01"},
    )

    assert page.context["adminform"].form.errors.keys() == {"unit"}


def test_members_of_a_team_are_added_and_removed_with_an_audit_row(department):
    team, employee = Team.objects.get(code="it-haifa-general"), UserFactory()
    fields = {"code": team.code, "name": team.name, "unit": team.pk and team.unit_id, "section": "", "is_active": "on"}
    inline = {"members-TOTAL_FORMS": 1, "members-MIN_NUM_FORMS": 0, "members-MAX_NUM_FORMS": 1000}

    department.post(
        f"/admin/routing/team/{team.pk}/change/",
        {**fields, **inline, "members-INITIAL_FORMS": 0, "members-0-user": employee.pk, "members-0-team": team.pk},
    )
    member = team.members.get(user=employee)
    department.post(
        f"/admin/routing/team/{team.pk}/change/",
        {**fields, **inline, "members-INITIAL_FORMS": 1, "members-0-id": member.pk, "members-0-user": employee.pk,
         "members-0-team": team.pk, "members-0-DELETE": "on"},
    )  # fmt: skip

    assert not team.members.exists()
    actions = AuditEvent.objects.filter(target_type="teammember").values_list("action", flat=True)
    assert set(actions) == {"teammember.add", "teammember.delete"}


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
