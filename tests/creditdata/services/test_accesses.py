"""Every access to data of a subject is written down, denials too, and sealed with the audit."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from creditdata.models import AccessLog
from creditdata.rules.accesses import FieldsClass, Purpose
from creditdata.rules.reasons import Reason
from creditdata.services import accesses
from creditdata.services.accesses import Access
from crm_portal.audit.context import Origin, coming_from
from crm_portal.audit.models import AuditEvent
from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.selectors import chain
from crm_portal.audit.services import sealing
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import DataSubjectFactory, LicenseeFactory, member

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FILE = Access("subject", "1", FieldsClass.WHOLE_FILE, Purpose.CORRECTION, "בקשה 17")


@pytest.fixture
def subject():
    return DataSubjectFactory(number="123456782")


@pytest.fixture
def clerk(subject):
    return member(Role.LICENSEE_RECORDS, subject.licensee)


def of(subject):
    return AccessLog.objects.of_every_licensee().of_subject_hash(bytes(subject.number_hash))


def open_file(subject, by, access=FILE, *, licensee=None):
    return accesses.open_subject(
        licensee=licensee or subject.licensee, subject_id=subject.pk, access=access, by=by, at=AT
    )


@pytest.mark.req("CRD-77-c")
def test_an_access_tells_who_when_from_where_what_for_and_what_was_seen(subject, clerk):
    with coming_from(Origin("192.0.2.7", "request-1")):
        assert open_file(subject, clerk) == subject

    row = of(subject).get()
    assert (row.principal, row.at, row.purpose, row.reference) == (str(clerk), AT, "correction", "בקשה 17")
    assert (row.object_type, row.fields_class, row.result) == ("subject", "whole_file", "read")
    assert (row.licensee, row.subject) == (subject.licensee, subject)
    assert (row.event.actor, row.event.origin, row.event.request_id) == (clerk, "192.0.2.7", "request-1")
    assert "123456782" not in str(row.event.after)


@pytest.mark.req("CRD-77-c")
@pytest.mark.parametrize("purpose", ["", "curiosity", Purpose.SUPERVISION])  # the last is not of this role
def test_without_a_purpose_nothing_is_shown_and_the_denial_is_kept(subject, clerk, purpose):
    with pytest.raises(Refused) as caught:
        open_file(subject, clerk, Access("subject", "1", FieldsClass.WHOLE_FILE, purpose))

    assert caught.value.code is Reason.PURPOSE_REQUIRED
    row = of(subject).get()
    assert (row.result, row.code) == ("refused", "PURPOSE_REQUIRED")


@pytest.mark.req("CRD-77-c")
def test_a_denial_outlives_the_command_that_is_rolled_back_around_it(subject, clerk):
    @command("report.issue")
    def issue(*, by, at):
        open_file(subject, by, Access("report", "", FieldsClass.REPORT))

    with pytest.raises(Refused):
        issue(by=clerk, at=AT)

    assert (of(subject).get().code, AuditEvent.objects.filter(action="report.issue").get().code) == (
        "PURPOSE_REQUIRED", "PURPOSE_REQUIRED",
    )  # fmt: skip


def test_a_licensee_opens_no_subject_of_another(subject):
    stranger = member(Role.LICENSEE_RECORDS, LicenseeFactory())
    licensee = stranger.credit_memberships.get().licensee

    with pytest.raises(Refused) as caught:
        open_file(subject, stranger, licensee=licensee)

    assert caught.value.code is Code.OUT_OF_SCOPE
    row = AccessLog.objects.for_licensee(licensee).get()
    assert (row.result, row.code, row.subject_hash) == ("refused", "OUT_OF_SCOPE", None)


def test_a_list_is_found_by_each_subject_it_showed(subject, clerk):
    other = DataSubjectFactory(licensee=subject.licensee)

    event = accesses.record_access(
        licensee=subject.licensee, subjects=[subject, other], access=FILE, by=clerk, at=AT, outcome=Outcome.READ
    )

    assert [row.event for row in (of(subject).get(), of(other).get())] == [event, event]


@pytest.mark.req("CRD-77-c")
def test_what_the_service_does_by_itself_has_a_name(subject):
    maintenance = Access("subject", "1", FieldsClass.NEGATIVE, Purpose.MAINTENANCE)

    accesses.record_access(
        licensee=subject.licensee,
        subjects=[subject],
        access=maintenance,
        by=None,
        at=AT,
        principal="task verify_chains",
    )

    assert of(subject).get().principal == "task verify_chains"
    with pytest.raises(ValueError, match="named"):
        accesses.record_access(licensee=subject.licensee, subjects=[subject], access=maintenance, by=None, at=AT)


@pytest.mark.req("CRD-77-c")
@pytest.mark.parametrize("statement", ["UPDATE {} SET purpose = 'report'", "DELETE FROM {}"])
def test_the_log_is_neither_changed_nor_emptied(subject, clerk, statement):
    open_file(subject, clerk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("creditdata_accesslog"))


@pytest.mark.req("CRD-77-c")
def test_the_log_says_nothing_that_the_sealed_event_does_not(subject, clerk):
    open_file(subject, clerk)
    row = of(subject).get()
    row.pk, row.purpose = None, Purpose.REPORT.value

    with pytest.raises(DatabaseError, match="something else than the audit"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CRD-77-c")
def test_a_forged_purpose_breaks_the_chain(subject, clerk):
    open_file(subject, clerk)
    sealing.seal(at=AT + timedelta(minutes=1))
    assert list(chain.findings()) == []

    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica;"
            ' UPDATE audit_auditevent SET after = after || \'{"purpose": "report"}\''
            " WHERE action LIKE 'subject_data%';"
            " SET session_replication_role = DEFAULT"
        )

    assert [finding.fault for finding in chain.findings()] == [chain.Fault.CHANGED]
