"""The audit's tables are append-only in the database itself."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.state import ProjectState
from django.utils import timezone

from crm_portal.audit.migrations_support import append_only
from crm_portal.audit.models import AuditEvent, AuditLink
from crm_portal.audit.services.recording import record


def attempt(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def event(db):
    row = record("inquiry.open", by=None, at=timezone.now(), target_type="inquiry", target_id="1")
    attempt("SET CONSTRAINTS ALL IMMEDIATE")  # as after the commit: nothing but the triggers refuses
    return row


@pytest.mark.req("CRM-2-b")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET action = 'other'",
        "UPDATE audit_auditevent SET id = id + 1",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "TRUNCATE people_user CASCADE",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_event(event, sql):
    with pytest.raises(ProgrammingError, match="append-only"):
        attempt(sql)

    assert AuditEvent.objects.get().action == "inquiry.open"


@pytest.mark.req("CRM-2-b")
def test_the_model_cannot_change_or_delete_an_event(event):
    event.action = "other"
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        event.delete()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(action="other")


def test_links_of_the_chain_are_append_only_too(event):
    AuditLink.objects.create(
        sequence=1, event_id=event.pk, row_hash=b"0" * 32, link_hash=b"0" * 32, sealed_at=timezone.now()
    )

    for sql in ("UPDATE audit_auditlink SET event_id = 7", "DELETE FROM audit_auditlink", "TRUNCATE audit_auditlink"):
        with pytest.raises(ProgrammingError, match="append-only"):
            attempt(sql)


def test_another_app_makes_its_table_append_only_and_can_migrate_back(db):
    operation, state = append_only("scratch"), ProjectState()
    attempt("CREATE TABLE scratch (id int); INSERT INTO scratch VALUES (1)")

    with connection.schema_editor() as editor:
        operation.database_forwards("audit", editor, state, state)
    with pytest.raises(ProgrammingError, match="append-only"):
        attempt("DELETE FROM scratch")

    with connection.schema_editor() as editor:
        operation.database_backwards("audit", editor, state, state)
    attempt("DELETE FROM scratch")


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_be_flushed():
    """It leaves a row behind; the next test finds none."""
    record("inquiry.open", by=None, at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_after_a_transactional_test_the_audit_is_empty_and_guarded():
    assert not AuditEvent.objects.exists()

    record("inquiry.open", by=None, at=timezone.now())
    with pytest.raises(ProgrammingError, match="append-only"):
        attempt("TRUNCATE audit_auditevent")
