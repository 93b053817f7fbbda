"""The pages of the reports: who gets them, what they show, what they cost, and their files."""

import csv
import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.roles import Role, Scope
from crm_portal.worktime.services import timing
from inquiries.models import ReportExport
from inquiries.selectors.reports import REPORTS
from inquiries.services import adding_up, exporting
from routing.models import UnitMember
from tests.factories.inquiries import OPENED_AT
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory, UnitFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db
KEYS = [report.key.value for report in REPORTS]


def address(key: str = "R1", **params: object) -> str:
    return reverse("inquiries:management_report", args=[key], query=params)


@pytest.fixture
def manager(team):
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    UnitMember.objects.create(unit=team.unit, user=user)
    return user


@pytest.fixture
def analyst(db):
    return UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL)


@pytest.fixture
def stock(team, triplet):
    """Two that wait, one that is closed, one in another unit, one of a secret subject."""
    for status in ("open_team", "open_team", "closed_success"):
        StockFactory(team=team, triplet=triplet, status=status)
    StockFactory(team=TeamFactory(), triplet=triplet)
    StockFactory(team=team, triplet=TripletFactory(view_level=2))
    adding_up.refresh_report_figures(at=timezone.now())


def opened(response) -> int:
    return response.context["answer"].tiles[0].value


@pytest.mark.req("CRM-3.1-d")
@pytest.mark.parametrize("key", KEYS)
def test_each_report_is_shown_and_its_reading_is_in_the_audit(sign_in, manager, stock, key):
    response = sign_in(manager).get(address(key))

    assert response.status_code == 200
    event = AuditEvent.objects.get(action="report.view")
    assert (event.actor, event.target_id, event.outcome) == (manager, key, "read")
    assert event.after["since"] == response.context["question"].since.isoformat()


@pytest.mark.req("CRM-3.1-d")
def test_the_index_has_a_card_for_each_report_and_says_how_fresh_the_figures_are(sign_in, manager, stock):
    shown = sign_in(manager).get(reverse("inquiries:reports")).content.decode()

    for report in REPORTS:
        assert address(report.key) in shown
    assert "עודכן" in shown


@pytest.mark.req("CRM-2.2.2-a")
def test_a_manager_reports_on_his_unit_up_to_his_level_and_an_analyst_on_all_up_to_his(
    sign_in, manager, analyst, stock
):
    assert opened(sign_in(manager).get(address())) == 3
    assert opened(sign_in(analyst).get(address())) == 4
    RoleGrant.objects.filter(user=manager).update(level=2)
    assert opened(sign_in(manager).get(address())) == 4


@pytest.mark.req("CRM-2.2.2-a")
def test_a_unit_out_of_reach_is_an_error_at_its_field_and_shows_no_figure(sign_in, manager, stock):
    other = UnitFactory()

    response = sign_in(manager).get(address(unit=other.pk))

    assert response.status_code == 422
    assert "answer" not in response.context
    assert response.context["form"].errors.keys() == {"unit"}
    assert 'aria-invalid="true"' in response.content.decode()
    assert AuditEvent.objects.filter(action="report.view", outcome="refused").count() == 1


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"since": "2026-02-30"}, "since"),
        ({"since": "2026-05-02", "until": "2026-05-01"}, "until"),
        ({"since": "2000-01-01", "until": "2026-05-01"}, "since"),
        ({"team": "0 OR 1=1"}, "team"),
        ({"by": "password"}, "by"),
    ],
)
def test_a_filter_that_makes_no_sense_is_said_at_its_field(sign_in, manager, params, field):
    response = sign_in(manager).get(address(**params))

    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.req("CRM-3.1-b")
def test_a_period_of_a_month_counts_what_was_opened_in_it(sign_in, manager, team, triplet):
    now = timezone.now()
    for days in (0, 5, 40, 400):
        StockFactory(team=team, triplet=triplet, opened_at=now - timedelta(days=days))
    adding_up.refresh_report_figures(at=now)
    today = timezone.localdate(now)
    month = {"since": (today - timedelta(days=29)).isoformat(), "until": today.isoformat()}

    response = sign_in(manager).get(address(**month))

    assert opened(response) == 2
    assert response.context["answer"].tiles[0].change == 1  # one in the thirty days before


@pytest.mark.req("CRM-3.1-c")
def test_a_segment_leads_to_just_the_inquiries_it_counts(sign_in, manager, stock):
    window = sign_in(manager)
    response = window.get(address())

    chart = response.context["answer"].charts[0]
    assert {mark.filters["status"] for mark in chart.marks} == {"open_team", "closed_success"}
    for mark in chart.marks:
        link = response.context["records"].address(mark.filters)
        assert window.get(link).context["total"] == mark.value
        assert link.replace("&", "&amp;") in response.content.decode()


def test_who_has_no_list_of_the_inquiries_gets_no_links(sign_in, analyst, stock):
    shown = sign_in(analyst).get(address()).content.decode()

    assert "/inquiries/views/" not in shown


@pytest.mark.parametrize("key", KEYS)
def test_a_report_costs_as_many_queries_for_few_inquiries_as_for_many(sign_in, manager, team, triplet, key):
    window = sign_in(manager)

    def queries() -> int:
        adding_up.refresh_report_figures(at=timezone.now())
        window.get(address(key))
        with CaptureQueriesContext(connection) as captured:
            window.get(address(key))
        return len(captured)

    StockFactory(team=team, triplet=triplet)
    few = queries()
    for place in range(8):
        StockFactory(
            team=TeamFactory(unit=team.unit), triplet=TripletFactory(), opened_at=timezone.now() - timedelta(days=place)
        )

    assert queries() == few
    assert few < 32


@pytest.mark.req("CRM-3.1-d")
def test_the_table_as_csv_is_the_table_on_the_page(sign_in, manager, stock):
    window = sign_in(manager)
    table = window.get(address()).context["answer"].table

    response = window.post(reverse("inquiries:report_export", args=["R1"]), {"format": "csv"})

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(lines) == 1 + len(table.rows) + 1
    assert int(lines[-1][1]) == table.total[1] == 3
    event = AuditEvent.objects.get(action="report.export")
    assert (event.after["rows"], event.after["format"]) == (len(table.rows) + 1, "csv")


@pytest.mark.req("CRM-3.1-d")
def test_the_inquiries_as_excel_run_right_to_left_without_formulas_and_customers(sign_in, manager, team, stock):
    evil = TripletFactory(detail="=HYPERLINK(1)", sub_topic="+972")
    inquiry = StockFactory(team=team, triplet=evil, number="2026-999999")
    adding_up.refresh_report_figures(at=timezone.now())

    response = sign_in(manager).post(
        reverse("inquiries:report_export", args=["R1"]), {"format": "xlsx", "what": "records"}
    )

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert sheet.sheet_view.rightToLeft
    assert len(rows) == 4
    assert rows["2026-999999"][7:9] == ("'+972", "'=HYPERLINK(1)")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    text = str(list(rows.values()))
    assert inquiry.customer.id_number not in text
    assert inquiry.customer.last_name not in text


@pytest.mark.req("CRM-3.1-d")
def test_a_long_list_is_written_by_a_worker_shown_as_it_goes_and_given_to_its_asker_alone(
    sign_in, manager, stock, monkeypatch
):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    window = sign_in(manager)
    form = {"format": "csv", "what": "records"}

    page = window.post(reverse("inquiries:report_export", args=["R1"]), form).url
    again = window.post(reverse("inquiries:report_export", args=["R1"]), form).url
    before = window.get(page)
    timing.run(timing.timers()["write_report_exports"], at=timezone.now() + timedelta(seconds=5))
    after = window.get(page)

    assert page == again
    assert 'hx-trigger="load delay:2s"' in before.content.decode()
    assert 'hx-trigger="load' not in after.content.decode()
    export = ReportExport.objects.get()
    assert (export.state, export.rows_done) == ("ready", 3)
    file = reverse("inquiries:export_file", args=[export.pk])
    assert file in after.content.decode()
    content = b"".join(window.get(file).streaming_content).decode("utf-8-sig")
    assert len(content.splitlines()) == 1 + 3
    assert AuditEvent.objects.filter(action="report.download", actor=manager).count() == 1
    other = UserFactory(roles=[Role.OFFICE_MANAGER])
    assert sign_in(other).get(file).status_code == 404
    assert sign_in(other).get(page).status_code == 404


@pytest.mark.req("CRM-3.1-d")
def test_an_analyst_exports_figures_and_not_inquiries(sign_in, analyst, stock):
    window = sign_in(analyst)
    export = reverse("inquiries:report_export", args=["R1"])

    assert window.post(export, {"format": "csv"}).status_code == 200
    assert window.post(export, {"format": "csv", "what": "records"}).status_code == 403
    assert "2026-" not in window.post(export, {"format": "csv"}).content.decode()


@pytest.mark.req("CRM-3.1-d")
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CRM_TRUSTEE, Role.HEAD_TEAM_MEMBER])
def test_who_may_only_look_at_reports_gets_no_file(sign_in, role, stock):
    window = sign_in(UserFactory(roles=[role]))

    assert window.get(address()).status_code == 200
    assert window.post(reverse("inquiries:report_export", args=["R1"]), {"format": "csv"}).status_code == 403
    assert reverse("inquiries:report_export", args=["R1"]) not in window.get(address()).content.decode()


@pytest.mark.req("CRM-3.1-c", "CRM-3.2-c")
def test_each_cell_of_the_heat_map_opens_exactly_the_records_it_counts(sign_in, manager, team, triplet, time_machine):
    for hour, many in ((6, 2), (8, 1)):  # Thursday, 8:00 and 10:00 in Jerusalem
        for _ in range(many):
            StockFactory(team=team, triplet=triplet, opened_at=OPENED_AT.replace(hour=hour))
    time_machine.move_to(OPENED_AT + timedelta(days=1))
    adding_up.refresh_report_figures(at=timezone.now())
    desk = sign_in(manager)

    shown = desk.get(address(since="2026-11-01", until="2026-11-06"))

    cells = re.findall(r'<td><a href="([^"]+)"[^>]*>(\d+)</a></td>', shown.text)
    assert [int(count) for _place, count in cells] == [2, 1]
    for place, count in cells:
        listed = desk.get(html.unescape(place))
        assert len(listed.context["page"].rows) == int(count)
