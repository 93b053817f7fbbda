"""The employees of a wage claim over the API: kept in a draft, uploaded, asked again, corrected, removed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.rules.codes import ClaimState
from compensation.services import amending
from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from tests.compensation.api.asking import get, post, said
from tests.compensation.services.test_declaring import DAYS, declare, rows
from tests.compensation.views.test_employees import CHILD, GOOD, fill, template
from tests.factories.compensation import fund
from tests.factories.employees import EmployeeFactory, awaiting, wage_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return wage_draft(employees=0)


def send(client, method, user, name, /, *args, **body):
    client.force_login(user)
    url = reverse(f"compensation_api:{name}", args=args)
    return getattr(client, method)(url, body, content_type="application/json")


def upload(client, claim, book):
    out = BytesIO()
    book.save(out)
    client.force_login(claim.created_by)
    url = reverse("compensation_api:import_employees", args=[claim.number])
    return client.post(url, {"file": SimpleUploadedFile("sheet.xlsx", out.getvalue())})


@pytest.mark.req("CMP-3.4.2-j")
def test_an_employee_is_added_with_days_changed_and_taken_out_of_a_draft(client, draft):
    who, number = draft.created_by, draft.number

    made = post(client, who, "employees", number, **GOOD)
    pk = made.json()["id"]
    with_days = post(
        client, who, "add_days", number, pk, **{**CHILD, "from_on": "2023-10-08", "until_on": "2023-10-09"}
    )
    changed = send(client, "put", who, "employee", number, pk, **GOOD | {"wage_paid": 900.5})
    one_less = send(client, "delete", who, "day", number, pk, with_days.json()["days"][0]["id"])
    sheet = get(client, who, "employees", number).json()

    assert (made.status_code, changed.status_code, one_less.status_code) == (201, 200, 204)
    assert [day["on"] for day in with_days.json()["days"]] == ["2023-10-08", "2023-10-09"]
    assert (sheet["state"], sheet["total"], sheet["declared"]) == ("DRAFT", "520", 0)
    assert [(row["mobile"], row["wage_paid"], row["amount"]) for row in sheet["employees"]] == [
        ("0501234567", "900.50", "520.00")
    ]
    assert send(client, "delete", who, "employee", number, pk).status_code == 204
    assert get(client, who, "employees", number).json()["employees"] == []


def test_every_wrong_cell_of_an_employee_and_of_his_days_is_told_with_its_code(client, draft):
    kept = EmployeeFactory(claim=draft, days=[], town="אשדוד")

    employee = post(client, draft.created_by, "employees", draft.number, name="", id_number="1", town="x", mobile=5)
    days = post(client, draft.created_by, "add_days", draft.number, kept.pk, ground="DISABILITY", from_on="2023-11-01")
    not_text = post(client, draft.created_by, "employees", draft.number, **GOOD | {"town": ["אשדוד"]})

    assert said(employee) == [
        ("WAG_BAD_ID", "id_number"),
        ("FIELD_REQUIRED", "name"),
        ("WAG_BAD_MOBILE", "mobile"),
        ("GEN_UNKNOWN_TOWN", "town"),
        ("WAG_WAGES_NOT_PAID", "wage_paid"),
    ]
    assert {code for code, _field in said(days)} == {"WAG_OUT_OF_PERIOD", "WAG_GROUND_FACTS_MISSING"}
    assert said(not_text) == [("INVALID_VALUE", "town")]
    assert list(draft.employees.all()) == [kept]


@pytest.mark.req("CMP-3.4.2-j")
def test_a_spreadsheet_replaces_the_sheet_or_names_each_wrong_cell(client, draft):
    client.force_login(draft.created_by)
    book = template(client, draft)
    fill(book, 0, GOOD)
    fill(book, 1, {**CHILD, "id_number": GOOD["id_number"], "from_on": "01.11.2023"})

    wrong = upload(client, draft, book)
    none_kept = not draft.employees.exists()
    fill(book, 1, {"from_on": "08.10.2023"})
    right = upload(client, draft, book)

    assert (wrong.status_code, said(wrong), none_kept) == (400, [("WAG_OUT_OF_PERIOD", "days.B2")], True)
    assert [(row["name"], len(row["days"])) for row in right.json()["employees"]] == [(GOOD["name"], 1)]


def test_a_file_that_is_no_template_is_refused(client, draft):
    client.force_login(draft.created_by)
    url = reverse("compensation_api:import_employees", args=[draft.number])

    assert said(client.post(url, {"file": SimpleUploadedFile("a.xlsx", b"PK")})) == [("INVALID_VALUE", "file")]
    assert said(client.post(url)) == [("FIELD_REQUIRED", "file")]


@pytest.mark.req("CMP-3.4.2-j")
def test_the_message_is_sent_again_by_employer_and_clerk_five_times(client):
    claim = awaiting()
    row = rows(claim)[0]
    clerk = fund(Role.COMPENSATION_CLERK)

    left = [
        post(client, (claim.created_by, clerk)[turn % 2], "resend_sms", claim.number, row.pk).json()["resends_left"]
        for turn in range(5)
    ]
    refused = post(client, clerk, "resend_sms", claim.number, row.pk)

    assert left == [4, 3, 2, 1, 0]
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_ATTEMPTS")


def test_a_disputed_day_is_corrected_and_an_employee_removed(client):
    claim = awaiting()
    first, second = rows(claim)
    declare(second, disputed=[DAYS[1]], remark="עבדתי")
    day = second.days.get(on=DAYS[1])

    wrong = post(
        client, claim.created_by, "correct_days", claim.number, second.pk, days=[{"id": day.pk, "absent_hours": "x"}]
    )
    right = post(
        client, claim.created_by, "correct_days", claim.number, second.pk, days=[{"id": day.pk, "absent_hours": ""}]
    )
    without_words = post(client, claim.created_by, "remove_employee", claim.number, first.pk)
    removed = post(client, claim.created_by, "remove_employee", claim.number, first.pk, reason="עזב")

    assert said(wrong) == [("WAG_BAD_HOURS", f"hours_{day.pk}")]
    assert (right.json()["amount"], right.json()["disputed_at"]) == ("520.00", None)
    assert said(without_words) == [("FIELD_REQUIRED", "reason")]
    assert [row["removal_reason"] for row in removed.json()["removed"]] == ["עזב"]
    assert removed.json()["total"] == "520"


@pytest.mark.req("CMP-3.4.2-j")
def test_a_claimant_keeps_his_own_sheet_and_the_fund_only_reads_it(client):
    claim, stranger = awaiting(), wage_draft().created_by
    row = rows(claim)[0]
    clerk, auditor = fund(Role.COMPENSATION_CLERK), fund(Role.AUDITOR)

    statuses = {
        "stranger reads": get(client, stranger, "employees", claim.number).status_code,
        "stranger adds": post(client, stranger, "employees", claim.number, **GOOD).status_code,
        "clerk reads": get(client, clerk, "employee", claim.number, row.pk).status_code,
        "clerk adds": post(client, clerk, "employees", claim.number, **GOOD).status_code,
        "clerk removes": post(client, clerk, "remove_employee", claim.number, row.pk, reason="לא").status_code,
        "auditor resends": post(client, auditor, "resend_sms", claim.number, row.pk).status_code,
        "employer adds": post(client, claim.created_by, "employees", claim.number, **GOOD).status_code,
        "of another claim": get(client, clerk, "employee", awaiting().number, row.pk).status_code,
    }

    assert statuses == {
        "stranger reads": 404, "stranger adds": 404, "clerk reads": 200, "clerk adds": 403, "clerk removes": 403,
        "auditor resends": 403, "employer adds": 409, "of another claim": 404,
    }  # fmt: skip
    assert AuditEvent.objects.filter(action="claim.view_employees", actor=clerk).exists()


def test_the_number_of_queries_does_not_grow_with_the_employees(client, draft):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            sheet = get(client, draft.created_by, "employees", draft.number).json()
        return len(queries), sheet["total"]

    EmployeeFactory(claim=draft)
    asked()  # the process learns the programme
    few, _total = asked()
    for _ in range(5):
        EmployeeFactory(claim=draft)

    assert asked() == (few, "6240")


def test_a_removed_employee_is_not_there_any_more(client):
    claim = awaiting()
    first, _second = rows(claim)
    amending.remove(employee_id=first.pk, by=claim.created_by, at=claim.submitted_at, reason="עזב")

    assert get(client, claim.created_by, "employee", claim.number, first.pk).status_code == 404
    assert claim.state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS


def test_a_sheet_that_cannot_be_computed_says_why(client):
    draft = wage_draft(employees=1, answers={"facts": {"ratio_income": {"own_income": "2", "total_income": "1"}}})

    sheet = get(client, draft.created_by, "employees", draft.number).json()

    assert (sheet["total"], sheet["problem"]["code"]) == (None, "WAG_BAD_EPI_INCOME")
    assert [row["amount"] for row in sheet["employees"]] == [None]
