"""The lists and forms of the reference tables, through the pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm_portal.administration.registry import TABLES
from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role
from inquiries.models import ClosingReason
from routing.models import BusinessUnit, LocalityMap, TripletTeam, UnitMember
from tests.e2e.forms import error_at, forms_of, typed_in
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import UserFactory


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def fill(client, address, **changed):
    """Send the page's main form as it stands, but for what is changed; None leaves a field out."""
    form = next(form for form in forms_of(page_of(client, address), address) if "seen" in form.fields)
    fields = {**form.fields, **changed}
    return client.post(form.action or address, {name: value for name, value in fields.items() if value is not None})


@pytest.mark.parametrize("key", TABLES)
def test_every_table_has_a_list_a_form_and_a_row(screen, key):
    table = TABLES[key]
    row = table.model.objects.first()

    page_of(screen, f"/administration/tables/{key}/")
    assert screen.get(f"/administration/tables/{key}/new/").status_code == (200 if table.can_add else 404)
    if row is not None:
        page_of(screen, f"/administration/tables/{key}/{row.pk}/")
        if table.ending != "never":
            page_of(screen, f"/administration/tables/{key}/{row.pk}/end/")


@pytest.mark.req("CRM-9-b")
def test_a_new_closing_reason_is_in_the_treatment_form_at_once(screen, client, department):
    inquiry = InquiryFactory(in_treatment=True)

    answer = fill(screen, "/administration/tables/closing-reasons/new/", name="הלקוח ביקש לסגור", position="7")
    assert answer.status_code == 302

    client.force_login(inquiry.clerk)
    assert "הלקוח ביקש לסגור" in page_of(client, f"/inquiries/{inquiry.number}/")


def test_a_row_is_saved_unchanged_when_nothing_was_changed(screen):
    for key in ("triplets", "localities", "units", "teams", "phrases", "triplet-teams"):
        row = TABLES[key].model.objects.first()

        assert fill(screen, f"/administration/tables/{key}/{row.pk}/").status_code == 302, key

    assert not [event for event in AuditEvent.objects.filter(action__endswith=".change") if event.after]
    assert not AuditEvent.objects.filter(action__endswith=".add").exists()


def test_a_field_left_empty_is_named_and_what_was_typed_stays(screen):
    answer = fill(screen, "/administration/tables/localities/new/", locality="עפולה")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert error_at(html, "income_tax_office")
    assert typed_in(html, "locality") == {"עפולה"}
    assert not LocalityMap.objects.filter(locality="עפולה").exists()


def test_a_refused_value_is_explained_at_its_field_in_hebrew(screen):
    answer = fill(screen, "/administration/tables/phrases/new/", text="או")

    assert "שלוש אותיות" in error_at(answer.content.decode(), "text")


def test_a_stale_page_is_refused_keeps_what_was_typed_and_can_be_sent_again(screen):
    address = "/administration/tables/closing-reasons/identical_inquiry/"
    drawn = next(form for form in forms_of(page_of(screen, address), address) if "seen" in form.fields)
    ClosingReason.objects.filter(pk="identical_inquiry").update(position=9)

    answer = screen.post(address, {**drawn.fields, "name": "פנייה כפולה"})
    html = answer.content.decode()

    assert answer.status_code == 409
    assert "מישהו שינה זאת" in html
    assert typed_in(html, "name") == {"פנייה כפולה"}
    again = next(form for form in forms_of(html, address) if "seen" in form.fields)
    assert screen.post(address, again.fields).status_code == 302
    assert ClosingReason.objects.get(pk="identical_inquiry").name == "פנייה כפולה"


@pytest.mark.req("CRM-7-q")
def test_a_routing_row_is_changed_from_a_day_on_the_page(screen):
    row = LocalityMap.objects.get(locality="חיפה")
    ashdod = BusinessUnit.objects.get(code="it-ashdod")

    answer = fill(screen, f"/administration/tables/localities/{row.pk}/", income_tax_office=str(ashdod.pk))

    assert answer.status_code == 302
    present = LocalityMap.objects.valid_on(timezone.localdate()).get(locality="חיפה")
    assert (present.income_tax_office, present.pk != row.pk) == (ashdod, True)


@pytest.mark.req("CRM-7-r")
def test_a_gap_is_listed_with_a_way_that_mends_it(screen):
    link = TripletTeam.objects.select_related("team", "triplet").get(
        triplet__code="vat-debt", unit__code="vat-haifa", is_default_for_unit=True
    )
    link.delete()
    html = page_of(screen, "/administration/completeness/")
    way = f"/administration/tables/triplet-teams/new/?triplet={link.triplet_id}&amp;unit={link.unit_id}"
    assert way in html
    assert "פער אחד" in html

    answer = fill(screen, way.replace("&amp;", "&"), team=str(link.team_id), is_default_for_unit="on")

    assert answer.status_code == 302
    assert "טבלאות הניתוב שלמות" in page_of(screen, "/administration/completeness/")


@pytest.mark.req("CRM-8-a")
def test_the_units_without_a_trustee_are_listed_until_one_is_granted(screen):
    unit = BusinessUnit.objects.get(code="it-haifa")
    employee = UserFactory()
    UnitMember.objects.create(unit=unit, user=employee)
    without = "/administration/tables/units/?trustee=no"
    assert unit.name in page_of(screen, without)

    fill(
        screen,
        f"/administration/tables/roles/new/?user={employee.username}",
        role="crm_trustee",
        scope="unit",
        level="1",
    )

    assert unit.name not in page_of(screen, without)
    assert employee.get_full_name() in page_of(screen, "/administration/tables/units/?trustee=yes")


@pytest.mark.req("CRM-2.2.2-a")
def test_a_viewer_made_on_the_page_sees_and_is_told_that_he_may_only_view(screen, client, department):
    inquiry = InquiryFactory(in_treatment=True)
    employee = UserFactory()
    for form, values in (
        ("roles", {"user": employee.username, "role": "viewer", "scope": "unit", "level": "0"}),
        ("unit-members", {"user": employee.username, "unit": str(inquiry.handling_unit_id)}),
    ):
        assert fill(screen, f"/administration/tables/{form}/new/", **values).status_code == 302

    client.force_login(employee)
    page_of(client, f"/inquiries/{inquiry.number}/")
    assert client.post(f"/inquiries/{inquiry.number}/treatment/", {"status": "closed_success"}).status_code == 403
    assert AuditEvent.objects.filter(code="VIEW_ONLY").exists()


def test_an_employee_is_made_with_an_account_nobody_can_enter_yet(screen):
    answer = fill(
        screen,
        "/administration/tables/employees/new/",
        username="noga",
        last_name="שקד",
        first_name="נגה",
        language="he",
    )

    made = User.objects.get(username="noga")
    assert answer.url == f"/administration/tables/employees/{made.pk}/"
    assert made.is_employee
    assert not made.has_usable_password()


def test_a_name_that_is_no_employees_is_refused_at_its_field(screen):
    answer = fill(screen, "/administration/tables/team-members/new/", user="nobody")

    assert "אין עובד" in error_at(answer.content.decode(), "user")


def test_switching_off_asks_first_and_says_what_follows(screen):
    inquiry = InquiryFactory()
    address = f"/administration/tables/teams/{inquiry.handling_team_id}/end/"

    assert "פנייה פעילה אחת בצוות" in page_of(screen, address)
    assert fill(screen, address).status_code == 302

    inquiry.handling_team.refresh_from_db()
    assert not inquiry.handling_team.is_active
    assert screen.get(address).status_code == 404


def test_a_role_is_removed_on_its_page(screen):
    grant = RoleGrant.objects.create(user=UserFactory(), role="viewer", scope="unit")

    assert fill(screen, f"/administration/tables/roles/{grant.pk}/end/").status_code == 302
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("q=135", "טופס 135", "מענק עבודה"),
        ("system=vat", "חשבוניות", "טופס 135"),
        ("flag=is_nsa", "השלמת חומר", "טופס 135"),
        ("state=ended", "הטבלה", "טופס 135"),
        ("system=no-such&page=99&state=odd&flag=password", "שורה", "טופס 135"),
    ],
)
def test_the_list_is_searched_and_narrowed(screen, query, found, left_out):
    html = page_of(screen, f"/administration/tables/triplets/?{query}")
    html = html[html.index('class="card cardable"') :]

    assert found in html or "לא נמצאה" in html
    assert left_out not in html


def test_a_list_asks_the_same_number_of_questions_for_few_rows_and_many(screen):
    def questions(key):
        with CaptureQueriesContext(connection) as asked:
            page_of(screen, f"/administration/tables/{key}/")
        return len(asked)

    UnitMember.objects.create(unit=BusinessUnit.objects.first(), user=UserFactory(roles=[Role.HANDLER]))
    questions("units")  # what a process asks once
    few = {key: questions(key) for key in ("employees", "units", "roles", "team-members")}
    for number in range(30):
        user = UserFactory(roles=[Role.HANDLER, Role.CRM_TRUSTEE])
        UnitMember.objects.create(unit=BusinessUnit.objects.all()[number % 5], user=user)

    assert {key: questions(key) for key in few} == few


@pytest.mark.req("CRM-7-q")
def test_the_head_team_reads_the_routing_tables_and_changes_none(client, shipped):
    client.force_login(UserFactory(roles=[Role.HEAD_TEAM_MEMBER]))
    row = LocalityMap.objects.first()
    address = f"/administration/tables/localities/{row.pk}/"

    assert "<form" in page_of(client, "/administration/tables/localities/")
    assert "שמור" not in page_of(client, address).partition("<main")[2]
    assert client.post(address, {"income_tax_office": ""}).status_code == 403
    assert client.get("/administration/tables/localities/new/").status_code == 403
    assert client.get("/administration/tables/employees/").status_code == 404


@pytest.mark.parametrize("key", TABLES)
def test_a_handler_enters_no_table(client, shipped, key):
    client.force_login(UserFactory(roles=[Role.HANDLER]))

    assert client.get(f"/administration/tables/{key}/").status_code == 403


@pytest.mark.parametrize(
    "address", ["no-such/", "triplets/999999/", "triplets/x/", "phrases/%00/", "feedback-statuses/new/"]
)
def test_what_is_not_there_is_not_found(screen, address):
    assert screen.get(f"/administration/tables/{address}").status_code in (400, 404)
