"""The screens beside the tables: settings, calendar, timers, external systems, accounts, the first page."""

import re
import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from crm_portal import registers
from crm_portal.audit.models import AuditEvent
from crm_portal.celery import app
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import demonstration, second_factor
from crm_portal.worktime.models import CalendarDay, TimerState
from crm_portal.worktime.services import timing
from tests.e2e.forms import error_at, forms_of, typed_in
from tests.factories.people import CustomerFactory, UserFactory

HEBREW = re.compile(r"[\u0590-\u05ff]")


@pytest.fixture
def _worker_at_once():
    """A worker that takes each order as it is sent."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def settings_form(client):
    address = "/administration/settings/"
    return next(form for form in forms_of(page_of(client, address), address) if "OPEN_MESSAGES" in form.fields)


@pytest.mark.parametrize(
    "address",
    ["", "completeness/", "completeness/?on=2027-01-01", "calendar/", "calendar/?calendar=banking&month=2026-04",
     "calendar/?calendar=x&month=x", "calendar/authority/2026-04-02/", "calendar/import/", "settings/", "timers/",
     "registers/"],
)  # fmt: skip
def test_every_screen_opens(screen, address):
    page_of(screen, f"/administration/{address}")


@pytest.mark.parametrize("address", ["", "completeness/", "calendar/", "settings/", "timers/", "registers/",
                                     "tables/closing-reasons/new/", "tables/employees/new/"])  # fmt: skip
def test_every_screen_is_whole_in_english(screen, department, address):
    department.first_name, department.last_name, department.language = "Carmel", "Green", "en"
    department.save()
    screen.cookies["django_language"] = "en"

    html = page_of(screen, f"/administration/{address}").replace("עברית", "")
    sample = re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)

    assert not HEBREW.search(sample), HEBREW.search(sample)


@pytest.mark.req("CRM-9-b")
def test_a_figure_is_changed_on_the_page_and_holds_at_once(screen):
    form = settings_form(screen)
    answer = screen.post("/administration/settings/", {**form.fields, "OPEN_MESSAGES": "4", "WEEKEND_DAYS": ["4", "5"],
                                                       "FILE_TYPES": ["pdf", "png"]})  # fmt: skip

    assert answer.status_code == 302
    assert configured(options.OPEN_MESSAGES) == 4
    assert configured(options.FILE_TYPES) == ["pdf", "png"]
    assert set(AuditEvent.objects.filter(action="setting.change").values_list("target_id", flat=True)) == {
        "OPEN_MESSAGES", "FILE_TYPES",
    }  # fmt: skip


def test_a_figure_out_of_range_is_named_and_the_others_stay_as_typed(screen):
    form = settings_form(screen)
    answer = screen.post("/administration/settings/", {**form.fields, "OPEN_MESSAGES": "0", "WAITING_MONTHS": "5"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert error_at(html, "OPEN_MESSAGES")
    assert typed_in(html, "WAITING_MONTHS") == {"5"}
    assert configured(options.WAITING_MONTHS) == 3


@pytest.mark.req("CRM-2.1.7-e")
def test_a_day_is_declared_and_withdrawn_on_its_page(screen, department):
    address = "/administration/calendar/authority/2026-11-09/"

    refused = screen.post(address, {"is_working": "no", "name": "יום בחירות", "reason": ""})
    assert error_at(refused.content.decode(), "reason")
    assert typed_in(refused.content.decode(), "name") == {"יום בחירות"}

    screen.post(address, {"is_working": "no", "name": "יום בחירות", "reason": "החלטת ממשלה"})
    declared = CalendarDay.objects.get()
    assert (declared.is_working, declared.declared_by) == (False, department)
    assert "יום בחירות" in page_of(screen, "/administration/calendar/?month=2026-11")

    screen.post(address, {"withdraw": "1", "why": "טעות"})
    assert not CalendarDay.objects.exists()


def test_a_file_with_wrong_lines_is_refused_line_by_line_and_nothing_is_declared(screen):
    file = SimpleUploadedFile("חגים.csv", "date,name\n2026-04-01,ערב פסח\nמחר,חג\n2026-05-01,\n".encode())
    answer = screen.post("/administration/calendar/import/", {"file": file, "reason": "לוח", "calendar": "authority"})

    said = error_at(answer.content.decode(), "file")
    assert "שורה 3" in said
    assert "שורה 4" in said
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("content", ["שלום".encode("cp1255"), b"", b"date,name\n"])
def test_a_file_that_is_no_list_of_days_is_refused_at_its_field(screen, content):
    file = SimpleUploadedFile("x.csv", content)
    answer = screen.post("/administration/calendar/import/", {"file": file, "reason": "לוח", "calendar": "authority"})

    assert answer.status_code == 422
    assert error_at(answer.content.decode(), "file")


def test_a_good_file_is_declared_whole(screen):
    file = SimpleUploadedFile("חגים.csv", "תאריך,שם\n1.4.2026,ערב פסח\n8.4.2026,ערב שביעי של פסח\n".encode())
    screen.post("/administration/calendar/import/", {"file": file, "reason": 'לוח תשפ"ו', "calendar": "authority"})

    assert CalendarDay.objects.filter(is_working=False, reason='לוח תשפ"ו').count() == 2


def test_the_timers_are_listed_with_their_last_run_and_the_next(screen):
    timer = timing.timers()["check_routing"]
    timing.run(timer, at=timezone.now())

    html = page_of(screen, "/administration/timers/")

    assert all(name in html for name in timing.timers())
    state = TimerState.objects.get(name="check_routing")
    assert f"{state.done} בוצעו" in re.sub(r"</?bdi[^>]*>", "", html)


@pytest.mark.usefixtures("_worker_at_once")
def test_a_timer_is_run_now_and_the_audit_says_who_ordered_it(screen, department):
    answer = screen.post("/administration/timers/check_routing/run/")

    assert answer.status_code == 302
    assert TimerState.objects.filter(name="check_routing").exists()
    assert AuditEvent.objects.get(action="timer.run", target_id="check_routing").actor == department
    assert screen.post("/administration/timers/no-such/run/").status_code == 404


def test_an_external_system_that_is_down_is_shown_and_one_that_answered_too(screen, settings, tmp_path):
    folder = tmp_path / "registers"
    shutil.copytree(settings.REGISTERS_FOLDER, folder)
    settings.REGISTERS_FOLDER = folder
    registers.shaam().tax_files("111100137")
    (folder / "population.down").touch()
    with pytest.raises(registers.RegisterUnavailable):
        registers.population().address_of("111100137")

    rows = page_of(screen, "/administration/registers/").split("<tr>")

    assert "סומנה כלא זמינה" in next(row for row in rows if "LocalPopulation" in row)
    assert "עונה" in next(row for row in rows if "LocalShaam" in row)
    assert "מרשם האוכלוסין" in page_of(screen, "/administration/")


def test_an_employee_chooses_a_password_by_a_link_that_works_once(screen, client):
    employee = UserFactory(username="noga", roles=[Role.HANDLER])
    second_factor.keep_secret(user=employee, secret=demonstration.secret_of("noga"))
    answer = screen.post(f"/administration/employees/{employee.pk}/invite/")
    link = re.search(r"/sign-in/password/[^\"]+", answer.content.decode())[0]

    client.logout()
    weak = client.post(link, {"password": "password1234", "again": "password1234"})
    differs = client.post(link, {"password": "correct horse battery", "again": "other"})
    chosen = client.post(link, {"password": "correct horse battery", "again": "correct horse battery"})

    assert (weak.status_code, differs.status_code, chosen.status_code) == (422, 422, 302)
    assert client.get(link).status_code == 404
    employee.refresh_from_db()
    assert employee.check_password("correct horse battery")
    done = AuditEvent.objects.filter(target_id=str(employee.pk), outcome="done").values_list("action", flat=True)
    assert {"user.invite", "user.choose_password"} <= set(done)


@pytest.mark.parametrize("link", ["MQ/x", "!!/x", "OTk5OTk5/abc-def"])
def test_a_link_that_is_none_opens_nothing(client, db, link):
    UserFactory(pk=1)

    assert client.get(f"/sign-in/password/{link}/").status_code == 404


def test_a_new_link_ends_the_sessions_that_are_open(screen, client):
    employee = UserFactory(roles=[Role.HANDLER])
    other = type(client)()
    other.force_login(employee)

    screen.post(f"/administration/employees/{employee.pk}/invite/")

    assert other.get("/inquiries/home/").url.startswith("/sign-in/")


def test_the_second_factor_of_a_lost_phone_is_forgotten(screen):
    employee = UserFactory(username="noga")
    second_factor.keep_secret(user=employee, secret=demonstration.secret_of("noga"))

    screen.post(f"/administration/employees/{employee.pk}/second-factor/")

    assert not second_factor.is_enrolled(employee)


def test_an_account_that_is_no_employees_has_no_link(screen):
    assert screen.post(f"/administration/employees/{CustomerFactory().user.pk}/invite/").status_code == 404
