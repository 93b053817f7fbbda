"""The calculation sheet: grid and spreadsheet, errors at the cell, what is done while declarations are awaited."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.rules.codes import ClaimantKind
from compensation.rules.reasons import Reason
from crm_portal.people.rules.roles import Role
from tests.compensation.services.test_declaring import DAYS, declare, rows
from tests.factories.compensation import fund
from tests.factories.employees import EmployeeFactory, awaiting, valid_id, wage_draft

pytestmark = pytest.mark.django_db
GOOD = {"id_number": valid_id(123), "name": "רון לוי", "mobile": "050-1234567", "town": "אשדוד", "wage_paid": "3,400"}
CHILD = {
    "ground": "CHILDCARE", "child_id": valid_id(456), "child_born_on": "2015-01-01",
    "residence_institutions_closed": "yes", "child_institution_closed": "no", "framework_at_workplace": "no",
    "framework_at_spouse_workplace": "no", "sole_custody_or_single_parent": "no", "spouse_works": "yes",
    "spouse_absent_same_day": "no",
}  # fmt: skip


@pytest.fixture
def draft(client):
    claim = wage_draft(employees=0)
    client.force_login(claim.created_by)
    return claim


def url(name, claim, *more):
    return reverse(f"claim_employees:{name}", args=[claim.number, *more])


def errors(page, name="form"):
    return {field: page.context[name].errors[field] for field in page.context[name].errors}


@pytest.mark.req("CMP-3.4.2-a")
@pytest.mark.req("CMP-3.1-d")
def test_an_employee_is_entered_with_mobile_wage_and_the_period_it_was_paid_for(client, draft):
    client.post(url("add", draft), GOOD | {"paid_from": "2023-10-08", "paid_until": "2023-10-26"})

    row = draft.employees.get()
    assert (row.mobile, row.town, row.wage_paid) == ("0501234567", "אשדוד", 3400)
    assert (str(row.paid_from), str(row.paid_until)) == ("2023-10-08", "2023-10-26")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("id_number", "123456789", "מספר זהות שגוי"),
        ("mobile", "02-5656400", "מספר טלפון נייד שגוי"),
        ("mobile", "", "מספר טלפון נייד שגוי"),
        ("full_time_daily_hours", "3.99", "היקף משרה מלאה שגוי"),
        ("full_time_daily_hours", "12.01", "היקף משרה מלאה שגוי"),
        ("scheduled_hours", "25", "מספר שעות שגוי"),
        ("wage_paid", "0", "לא שולם שכר בעד יום היעדרות בשל המצב הביטחוני"),
        ("wage_paid", "", "לא שולם שכר בעד יום היעדרות בשל המצב הביטחוני"),
        ("town", "עיר שאיננה", "היישוב אינו מוכר"),
    ],
)
def test_each_wrong_cell_is_told_at_its_field_and_nothing_is_kept(client, draft, field, typed, message):
    page = client.post(url("add", draft), GOOD | {field: typed}, headers={"accept-language": "he"})

    assert page.status_code == 422
    assert errors(page) == {field: [message]}
    assert typed in page.content.decode()
    assert not draft.employees.exists()


def test_a_number_stands_once_in_a_claim(client, draft):
    client.post(url("add", draft), GOOD)

    page = client.post(url("add", draft), GOOD)

    assert set(errors(page)) == {"id_number"}
    assert draft.employees.count() == 1


@pytest.mark.parametrize("kind", [ClaimantKind.SELF_EMPLOYED_EDU, ClaimantKind.SELF_EMPLOYED_RESIDENT])
def test_the_self_employed_are_asked_neither_mobile_nor_wage(client, kind):
    draft = wage_draft(employees=0, kind=kind)
    client.force_login(draft.created_by)

    client.post(url("add", draft), {name: GOOD[name] for name in ("id_number", "name", "town")})

    assert draft.employees.get().wage_paid is None


def test_a_range_of_days_leaves_days_of_rest_out(client, draft):
    row = EmployeeFactory(claim=draft, days=[], town="אשדוד")

    client.post(url("add_days", draft, row.pk), CHILD | {"from_on": "2023-10-12", "until_on": "2023-10-16"})

    assert [day.on.day for day in row.days.all()] == [12, 15, 16]
    assert row.days.first().child_id == CHILD["child_id"]
    assert row.days.first().facts["spouse_works"] is True


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"from_on": "2023-10-06"}, "from_on", "היום מחוץ לתקופה הקובעת"),
        ({"from_on": "2023-11-01"}, "from_on", "היום מחוץ לתקופה הקובעת"),
        ({"absent_hours": "24.5"}, "absent_hours", "מספר שעות שגוי"),
        ({"absent_hours": "1.005"}, "absent_hours", "מספר שעות שגוי"),
        ({"child_id": ""}, "child_id", "חסרים פרטי עילת ההיעדרות"),
        ({"child_born_on": ""}, "child_born_on", "חסרים פרטי עילת ההיעדרות"),
        ({"spouse_absent_same_day": ""}, "spouse_absent_same_day", "חסרים פרטי עילת ההיעדרות"),
        ({"child_institution_closed": "yes"}, "child_institution_town", "חסרים פרטי עילת ההיעדרות"),
    ],
)
def test_each_fact_of_the_ground_is_asked_at_its_field(client, draft, change, field, message):
    row = EmployeeFactory(claim=draft, days=[], town="אשדוד")

    page = client.post(
        url("add_days", draft, row.pk), CHILD | {"from_on": "2023-10-12"} | change, headers={"accept-language": "he"}
    )

    assert errors(page, "days_form") == {field: [message]}
    assert not row.days.exists()


def test_a_date_is_entered_once(client, draft):
    row = EmployeeFactory(claim=draft)

    page = client.post(url("add_days", draft, row.pk), {"ground": "EVACUATED_RESIDENCE", "from_on": "2023-10-08"})

    assert set(errors(page, "days_form")) == {"from_on"}
    assert row.days.count() == 2


def test_an_outside_employer_must_declare_residence_and_reason():
    from compensation.rules.wage import sheet
    from compensation.selectors.programmes import current

    who, _none = sheet.employee(GOOD, ClaimantKind.REGULAR, current())

    typed = CHILD | {"from_on": "2023-10-12", "employer_declared_residence_and_reason": "no"}
    found, problems = sheet.absence(typed, who, current(), is_outside=True)

    assert found is None
    assert problems == (sheet.Problem("employer_declared_residence_and_reason", Reason.WAG_GROUND_FACTS_MISSING),)


@pytest.mark.req("CMP-3.3.1-d")
def test_the_template_filled_in_brings_the_whole_sheet_in(client, draft):
    book = template(client, draft)
    fill(book, 0, GOOD)
    fill(book, 1, {**CHILD, "id_number": GOOD["id_number"], "from_on": "08.10.2023", "until_on": "09.10.2023"})

    page = send(client, draft, book)

    assert page.status_code == 302
    row = draft.employees.get()
    assert [(day.on.day, day.ground) for day in row.days.all()] == [(8, "CHILDCARE"), (9, "CHILDCARE")]


@pytest.mark.req("CMP-3.3.1-d")
def test_every_wrong_cell_of_a_sheet_is_told_at_once_and_nothing_is_brought_in(client, draft):
    kept = EmployeeFactory(claim=draft)
    book = template(client, draft)
    fill(book, 0, GOOD)
    fill(book, 0, GOOD | {"mobile": "12", "town": "עיר שאיננה"}, line=3)
    fill(book, 1, {**CHILD, "id_number": GOOD["id_number"], "from_on": "01.11.2023", "child_id": "1"})
    fill(book, 1, {"id_number": valid_id(999), "from_on": "08.10.2023"}, line=3)

    page = send(client, draft, book)

    assert page.status_code == 422
    assert {(one.sheet, one.cell, one.code) for one in page.context["problems"]} == {
        (1, "A3", Reason.WAG_BAD_ID),
        (1, "C3", Reason.WAG_BAD_MOBILE),
        (1, "D3", Reason.GEN_UNKNOWN_TOWN),
        (2, "B2", Reason.WAG_OUT_OF_PERIOD),
        (2, "G2", Reason.WAG_BAD_ID),
        (2, "A3", Reason.WAG_BAD_ID),
    }
    assert list(draft.employees.all()) == [kept]


@pytest.mark.parametrize("content", [b"", b"not a spreadsheet", b"PK\x03\x04broken"], ids=["empty", "text", "broken"])
def test_a_file_that_is_no_template_is_refused_at_its_field(client, draft, content):
    page = client.post(url("upload", draft), {"file": SimpleUploadedFile("sheet.xlsx", content)})

    assert page.status_code == 422
    assert page.context["upload"].errors["file"]


def test_the_template_reads_from_right_to_left(client, draft):
    book = template(client, draft)

    assert [page.sheet_view.rightToLeft for page in book.worksheets] == [True, True]
    assert book.worksheets[0]["A1"].value == "מספר זהות *"


@pytest.mark.req("CMP-3.4.2-e")
def test_the_employer_removes_resends_and_corrects_on_the_page_and_a_clerk_only_resends(client):
    claim = awaiting()
    first, second = rows(claim)
    declare(second, disputed=[DAYS[1]], remark="עבדתי")
    client.force_login(claim.created_by)
    day = second.days.get(on=DAYS[1])

    resent = client.post(url("resend", claim, first.pk))
    corrected = client.post(url("correct", claim, second.pk), {f"hours_{day.pk}": ""})
    refused = client.post(url("remove", claim, first.pk), {"reason": ""})
    removed = client.post(url("remove", claim, first.pk), {"reason": "עזב"})
    client.force_login(fund(Role.COMPENSATION_CLERK))
    by_clerk = client.post(url("resend", claim, second.pk))
    denied = client.post(url("remove", claim, second.pk), {"reason": "לא"})

    assert [resent.status_code, corrected.status_code, refused.status_code] == [302, 302, 422]
    assert [removed.status_code, by_clerk.status_code, denied.status_code] == [302, 302, 403]
    claim.refresh_from_db()
    assert claim.claimed_amount == 520


def test_somebody_elses_sheet_is_not_there(client):
    claim = wage_draft()
    client.force_login(wage_draft().created_by)

    assert client.get(url("sheet", claim)).status_code == 404
    assert client.get(url("employee", claim, rows(claim)[0].pk)).status_code == 404


@pytest.mark.req("CMP-3.4.2-a")
def test_the_sheet_shows_each_amount_and_the_total_and_asks_no_more_for_more_employees(client, draft):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(url("sheet", draft))
        return len(asked)

    EmployeeFactory(claim=draft)
    queries()  # the process learns the programme and the pages
    few = queries()
    for _ in range(5):
        EmployeeFactory(claim=draft)
    page = client.get(url("sheet", draft))

    assert queries() == few
    assert [line.amount for line in page.context["page"].lines] == [1040] * 6
    assert page.context["page"].total == 6240


def test_a_submitted_sheet_is_not_changed_any_more(client):
    claim = awaiting()
    client.force_login(claim.created_by)

    page = client.post(url("add", claim), GOOD)

    assert page.status_code == 422
    assert claim.employees.count() == 2


def template(client, claim):
    return openpyxl.load_workbook(BytesIO(client.get(url("template", claim)).content))


def fill(book, page, values, line=2):
    from compensation.selectors.sheet_files import DAYS as DAY_COLUMNS
    from compensation.selectors.sheet_files import EMPLOYEES

    for place, column in enumerate((EMPLOYEES, DAY_COLUMNS)[page], start=1):
        if column in values:
            book.worksheets[page].cell(line, place, values[column])


def send(client, claim, book):
    out = BytesIO()
    book.save(out)
    return client.post(url("upload", claim), {"file": SimpleUploadedFile("sheet.xlsx", out.getvalue())})
