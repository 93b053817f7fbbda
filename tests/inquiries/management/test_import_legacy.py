"""Bring the inquiries of the replaced systems over: `manage.py import_legacy SYSTEM FILE` (CRM-1-b)."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm_portal.audit.models import AuditEvent
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer
from inquiries.models import Inquiry
from inquiries.rules.codes import Status
from inquiries.selectors.clocks import clock_of
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory

pytestmark = pytest.mark.django_db
HEADING = (
    "number,id_number,last_name,first_name,opened_at,status,status_at,closed_at,main_topic,sub_topic,detail,unit,answer"
)


@pytest.fixture
def team():
    load_reference()
    head_team()
    return office()


def topics(team) -> str:
    triplet = team.triplet_teams.get().triplet
    return f"{triplet.main_topic},{triplet.sub_topic},{triplet.detail},{team.unit.code}"


@pytest.fixture
def bring(tmp_path, team):
    """Import lines and give the summary and the rows of the report."""

    def run(*lines: str, system: str = "mpl", heading: str = HEADING, encoding: str = "utf-8"):
        file = tmp_path / "old.csv"
        file.write_text("\n".join([heading, *lines]), encoding=encoding)
        out = StringIO()
        call_command("import_legacy", system, str(file), stdout=out)
        with (tmp_path / "old.csv.report.csv").open(encoding="utf-8-sig", newline="") as report:
            return out.getvalue(), list(csv.DictReader(report))

    return run


def closed(team, number="104233", id_number="12345678") -> str:
    return f"{number},{id_number},כהן,דוד,03/02/2024 10:15,סגור,,10/02/2024 12:00,{topics(team)},נשלח אישור"


@pytest.mark.req("CRM-1-b")
def test_importing_twice_leaves_one_inquiry_in_the_customer_file_of_the_normalised_number(bring, team):
    first, _report = bring(closed(team))
    second, _report = bring(closed(team))

    inquiry = Inquiry.objects.get()
    assert inquiry.customer.id_number == "012345678"
    assert (inquiry.legacy_number, inquiry.number, inquiry.legacy_id_number) == ("104233", "MPL-104233", "12345678")
    assert (inquiry.channel_id, inquiry.status) == ("legacy_mpl", Status.CLOSED_SUCCESS.value)
    assert inquiry.opened_at.isoformat() == "2024-02-03T08:15:00+00:00"
    assert inquiry.closed_at.isoformat() == "2024-02-10T10:00:00+00:00"
    assert first.startswith("1 imported, 0 already there, 0 refused")
    assert second.startswith("0 imported, 1 already there, 0 refused")


@pytest.mark.req("CRM-1-b")
def test_bad_lines_are_told_by_line_and_the_others_are_imported(bring, team):
    summary, report = bring(
        closed(team, "1", "123456782"),
        closed(team, "", "123456782"),
        closed(team, "3", "12A45"),
        closed(team, "4", "123456782").replace("סגור", "אולי"),
        closed(team, "5", "123456782").replace(topics(team), "אין,כזה,נושא,"),
        "",
        closed(team, "7", "123456782"),
    )

    assert {inquiry.legacy_number for inquiry in Inquiry.objects.all()} == {"1", "7"}
    assert [(row["line"], row["field"], row["code"]) for row in report] == [
        ("3", "number", "FIELD_REQUIRED"),
        ("4", "id_number", "INVALID_VALUE"),
        ("5", "status", "INVALID_VALUE"),
        ("6", "main_topic", "TRIPLET_INVALID"),
    ]
    assert all(row["message"] for row in report)
    assert summary.startswith("2 imported, 0 already there, 4 refused")


def test_an_existing_customer_file_is_used_and_keeps_its_name(bring, team):
    customer = CustomerFactory(id_number="123456782", last_name="לוי", first_name="דנה")

    bring(closed(team, id_number="123456782"))

    assert Inquiry.objects.get().customer == customer
    customer.refresh_from_db()
    assert customer.last_name == "לוי"


def test_a_number_whose_last_digit_does_not_fit_is_imported_with_a_remark(bring, team):
    _summary, report = bring(closed(team))

    assert [row["code"] for row in report] == ["REMARK"]


@pytest.mark.parametrize("status", ["פתוחה", "בטיפול", "הועבר", "הגיע מידע מהלקוח", "ממתין ללקוח", "סגור-ללא טיפול"])
def test_each_status_is_laid_down_as_the_table_of_statuses_wants_it(bring, team, status):
    bring(f"1,123456782,כהן,דוד,2026-10-05T10:00,{status},2026-11-03T10:00,2026-11-03T10:00,{topics(team)},")

    inquiry = Inquiry.objects.get()
    assert inquiry.handling_team == team
    assert inquiry.get_status_display()
    assert inquiry.history.first().at == inquiry.opened_at
    assert clock_of([inquiry], inquiry.updated_at)[inquiry.pk].net is not None


def test_nobody_is_told_and_the_audit_tells_who_imported_what(bring, team):
    CustomerFactory(id_number="123456782")

    bring(closed(team, id_number="123456782"))

    assert not Notification.objects.exists()
    assert AuditEvent.objects.filter(action="inquiry.import", target_type="inquiry").exists()
    assert AuditEvent.objects.get(action="inquiry.import_file").after["imported"] == 1


def test_a_file_of_the_old_code_page_with_hebrew_headings_and_semicolons_is_read(bring, team):
    triplet = team.triplet_teams.get().triplet
    heading = "מספר פנייה;ת.ז.;שם משפחה;תאריך פתיחה;סטטוס;נושא ראשי;נושא משני;משרד"
    line = f"77;123456782;כהן;03/02/2024;פתוחה;{triplet.main_topic};{triplet.sub_topic};{team.unit.name}"

    summary, _report = bring(line, heading=heading, encoding="cp1255")

    assert summary.startswith("1 imported")
    assert Customer.objects.get(id_number="123456782").last_name == "כהן"


def test_a_representatives_inquiry_is_his_offices_and_an_unknown_one_is_refused(bring, team):
    office_of = RepresentativeEmployeeFactory().representative
    heading = f"{HEADING},representative_id"

    _summary, report = bring(
        f"{closed(team, '1', '123456782')},{office_of.id_number}",
        f"{closed(team, '2', '123456782')},000000018",
        system="legacy_shaam_reps",
        heading=heading,
    )

    assert Inquiry.objects.get().representative == office_of
    assert [(row["line"], row["field"]) for row in report] == [("3", "representative_id")]


@pytest.mark.parametrize(
    ("system", "text", "said"),
    [
        ("outlook", HEADING, "outlook"),
        ("mpl", "number,status\n1,סגור", "id_number"),
        ("mpl", "", "number"),
    ],
)
def test_what_cannot_be_read_at_all_is_said_in_a_sentence(tmp_path, system, text, said):
    file = tmp_path / "old.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        call_command("import_legacy", system, str(file))

    with pytest.raises(CommandError):
        call_command("import_legacy", "mpl", str(tmp_path / "none.csv"))
