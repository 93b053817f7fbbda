"""What must hold in the whole code base."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from crm_portal.administration.management.commands import state_diagram
from inquiries.labels import STATUS
from inquiries.models import Channel, ClosingReason, FeedbackStatus, Inquiry, StatusHistory
from inquiries.rules.codes import Status
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import UserFactory

ROOT = Path(settings.BASE_DIR)
ONLY_PLACE = "inquiries/services/moving.py"
CODE = [path for path in (ROOT / "inquiries").rglob("*.py") if "migrations" not in path.parts]


def assigning(name: str) -> set[str]:
    """The modules that assign an attribute of this name, or write the column past the model."""
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            parts = [part for target in targets if target is not None for part in ast.walk(target)]
            writes = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(
                isinstance(part, ast.Attribute) and part.attr == name for part in parts
            )
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            past = called in ("update", "bulk_update") and any(word.arg == name for word in node.keywords)
            if writes or past:
                found.add(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize(
    "name", ["status", "owner", "owner_id", "closed_at", "handling_team", "auto_close_at", "number"]
)
def test_what_the_transition_table_governs_is_assigned_in_one_place_only(name):
    assert assigning(name) <= {ONLY_PLACE}


def test_the_search_for_assignments_finds_the_one_place():
    assert assigning("status") == assigning("owner") == {ONLY_PLACE}


@pytest.mark.req("CRM-5.3-a")
def test_the_diagram_in_the_documents_is_what_the_table_says(monkeypatch, tmp_path):
    call_command("state_diagram", check=True, stdout=StringIO())

    stale = tmp_path / "states.md"
    stale.write_text("something else", encoding="utf-8")
    monkeypatch.setattr(state_diagram, "PAGE", stale)
    with pytest.raises(CommandError):
        call_command("state_diagram", check=True)
    call_command("state_diagram", stdout=StringIO())
    call_command("state_diagram", check=True, stdout=StringIO())


@pytest.mark.req("CRM-2.1.3-a")
def test_the_statuses_are_those_of_the_specification_with_their_labels():
    labels = {
        "open": "פתוחה", "in_treatment": "בטיפול", "open_team": "פתוחה משויכת לצוות",
        "info_arrived": "הגיע מידע מהלקוח", "forwarded": "העברה להמשך טיפול", "waiting_customer": "בהמתנה ללקוח",
        "closed_success": "סגור-טופל בהצלחה", "closed_no_treatment": "סגור-ללא טיפול",
        "closed_by_customer": 'סגור-בוטל ע"י הלקוח', "closed_by_representative": 'סגור-בוטל ע"י המייצג',
        "closed_by_system": 'נסגר ע"י המערכת',
    }  # fmt: skip

    assert {code: str(label) for code, label in STATUS} == labels
    assert {status.value for status in Status} == set(labels)


@pytest.mark.django_db
def test_the_history_is_never_changed_by_any_way():
    row = StatusHistory.objects.filter(inquiry=InquiryFactory()).first()

    for change in (lambda: StatusHistory.objects.update(note="x"), row.delete, row.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_the_reference_rows_load_twice_and_keep_what_the_department_changed():
    call_command("load_reference", stdout=StringIO())
    FeedbackStatus.objects.filter(status="forwarded").update(is_on=True)
    call_command("load_reference", stdout=StringIO())

    assert FeedbackStatus.objects.get(status="forwarded").is_on
    assert set(FeedbackStatus.objects.filter(is_on=False).values_list("status", flat=True)) == {
        "in_treatment", "info_arrived",
    }  # fmt: skip
    assert Channel.objects.get(code="phone").name == "פנייה טלפונית"
    assert Channel.objects.filter(is_imported_only=True).count() == 4
    assert ClosingReason.objects.get(code="not_opened_for_customer").name == 'פנייה לא נפתחה ע"ש הלקוח'
    assert ClosingReason.objects.filter(is_system_only=True).count() == 3


@pytest.fixture
def department(client, db):
    """The CRM department in the admin site."""
    client.force_login(UserFactory(roles=["crm_admin"]))
    return client


@pytest.mark.django_db
def test_the_admin_site_changes_no_inquiry_message_or_history(department):
    inquiry = InquiryFactory(closed=True)
    message, row = inquiry.messages.get(), inquiry.history.first()

    for model, pk in (("inquiry", inquiry.pk), ("message", message.pk), ("statushistory", row.pk)):
        page = f"/admin/inquiries/{model}/"
        assert department.get(f"{page}add/").status_code == 403
        assert department.post(f"{page}{pk}/change/", {"status": "open"}).status_code == 403
        assert department.post(f"{page}{pk}/delete/", {"post": "yes"}).status_code == 403
    assert Inquiry.objects.get().status == "closed_success"


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["channel", "closingreason", "feedbackstatus"])
def test_the_admin_site_shows_the_codes_and_changes_none(department, table):
    page = f"/admin/inquiries/{table}/"

    assert department.get(page).status_code == 200
    assert department.post(f"{page}add/", {"code": "new", "name": "חדש"}).status_code == 403
