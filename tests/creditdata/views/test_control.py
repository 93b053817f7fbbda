"""The pages of control: dual control, members, the access log, settings and exemptions."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from creditdata.models import AccessLog, AdministeredSetting, DualControlProposal, Exemption, Membership, StaffPerson
from creditdata.rules.accesses import FieldsClass, Purpose
from creditdata.rules.codes import ProposalState
from creditdata.rules.vital import Operation
from creditdata.services import accesses, dual_control, exporting
from creditdata.services.accesses import Access
from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import DataSubjectFactory, LicenseeFactory, identified, member
from tests.factories.people import UserFactory, valid_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def licensee():
    return LicenseeFactory()


@pytest.fixture
def security(licensee):
    return member(Role.LICENSEE_SECURITY, licensee)


@pytest.fixture
def approver(licensee):
    return member(Role.LICENSEE_APPROVER, licensee)


@pytest.fixture
def officer(db):
    return member(Role.REGISTRAR_OFFICER)


@pytest.fixture
def newcomer(db):
    return identified(UserFactory(username="newcomer"))


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def propose_role(licensee, by, user, role=Role.LICENSEE_INTAKE):
    return dual_control.propose(
        operation=Operation.GIVE_ROLE, licensee_id=licensee.pk, reasons="עובדת חדשה בקליטה", by=by, at=timezone.now(),
        payload={"user": user.pk, "role": role.value, "licensee": licensee.pk},
    )  # fmt: skip


def test_a_role_goes_from_the_form_over_the_inbox_to_the_member(client, licensee, security, approver, newcomer):
    client.force_login(security)
    sent = {"username": "newcomer", "role": "licensee_intake", "licensee": licensee.pk, "reasons": "עובדת חדשה"}
    answer = client.post(reverse("credit:give_role"), sent)
    assert answer.url == reverse("credit:proposals", args=["own"])
    proposal = DualControlProposal.objects.for_licensee(licensee).get()

    client.force_login(approver)
    assert proposal.get_operation_display() in page(client, "credit:proposals", "waiting")
    shown = page(client, "credit:proposal", proposal.pk)
    assert "newcomer" in shown
    assert proposal.payload_hash in shown
    client.post(reverse("credit:approve", args=[proposal.pk]), {"seen_hash": proposal.payload_hash})

    assert Membership.objects.filter(user=newcomer, role="licensee_intake", licensee=licensee).exists()
    assert newcomer.get_full_name() in page(client, "credit:members")


def test_a_contradicting_role_is_refused_at_the_field_and_the_words_stay(client, licensee, security):
    both = member(Role.LICENSEE_REQUESTS, licensee)
    client.force_login(security)

    sent = {"username": both.username, "role": "licensee_contracts", "licensee": licensee.pk, "reasons": "זמנית בלבד"}
    answer = client.post(reverse("credit:give_role"), sent)

    assert answer.status_code == 422
    assert "הרשאות סותרות מידור" in answer.content.decode()
    assert "זמנית בלבד" in answer.content.decode()


def test_the_proposer_sees_no_button_to_approve_and_is_refused_without_it(client, licensee, security, newcomer):
    proposal = propose_role(licensee, security, newcomer)
    client.force_login(security)

    assert reverse("credit:approve", args=[proposal.pk]) not in page(client, "credit:proposal", proposal.pk)
    refused = client.post(reverse("credit:approve", args=[proposal.pk]), {"seen_hash": proposal.payload_hash})

    assert refused.status_code == 403
    assert DualControlProposal.objects.for_licensee(licensee).get().state == ProposalState.PROPOSED.value


@pytest.mark.req("CRD-77-a")
def test_who_proposed_and_may_approve_is_told_that_a_second_person_must(client, licensee, security, newcomer):
    proposal = propose_role(licensee, security, newcomer)
    again = member(Role.LICENSEE_APPROVER, licensee, user=security)
    security.role_grants.create(role=Role.LICENSEE_APPROVER.value, scope="own")
    client.force_login(again)

    answer = client.post(reverse("credit:approve", args=[proposal.pk]), {"seen_hash": proposal.payload_hash})

    assert answer.status_code == 422
    assert "נדרש מאשר שני" in answer.content.decode()


def test_a_rejection_needs_reasons_and_shows_them_afterwards(client, licensee, security, approver, newcomer):
    proposal = propose_role(licensee, security, newcomer)
    client.force_login(approver)

    assert client.post(reverse("credit:reject", args=[proposal.pk]), {"reasons": ""}).status_code == 422
    client.post(reverse("credit:reject", args=[proposal.pk]), {"reasons": "חסר אישור משאבי אנוש"})

    assert "חסר אישור משאבי אנוש" in page(client, "credit:proposal", proposal.pk)


def test_nobody_sees_the_proposals_of_another_licensee(client, licensee, security, newcomer):
    proposal = propose_role(licensee, security, newcomer)
    for stranger in (member(Role.LICENSEE_APPROVER, LicenseeFactory()), member(Role.REGISTRAR_APPROVER)):
        client.force_login(stranger)

        assert client.get(reverse("credit:proposal", args=[proposal.pk])).status_code == 404
        assert reverse("credit:proposal", args=[proposal.pk]) not in page(client, "credit:proposals", "waiting")


def test_the_person_behind_an_account_is_recorded_by_number_which_is_kept_nowhere(client, licensee, security):
    user, number = UserFactory(username="fresh"), valid_id(32_000_007)
    client.force_login(security)

    client.post(reverse("credit:identify"), {"username": "fresh", "number": number})

    assert StaffPerson.objects.filter(user=user).exists()
    assert not [event for event in AuditEvent.objects.all() if number in f"{event.before} {event.after}"]


def test_a_role_is_taken_from_its_page(client, licensee, security, approver):
    row = Membership.objects.get(user=member(Role.LICENSEE_INTAKE, licensee))
    client.force_login(security)
    page(client, "credit:take_role", row.pk)

    client.post(reverse("credit:take_role", args=[row.pk]), {"reasons": "עזבה את התפקיד"})

    proposal = DualControlProposal.objects.for_licensee(licensee).get()
    assert proposal.operation == Operation.TAKE_ROLE.value
    client.force_login(approver)
    client.post(reverse("credit:approve", args=[proposal.pk]), {"seen_hash": proposal.payload_hash})
    row.refresh_from_db()
    assert row.ended_by == approver


def test_the_member_of_another_licensee_has_no_page(client, security):
    row = Membership.objects.get(user=member(Role.LICENSEE_INTAKE, LicenseeFactory()))
    client.force_login(security)

    assert client.get(reverse("credit:take_role", args=[row.pk])).status_code == 404


def look(subject, by, **changed):
    access = Access("subject", str(subject.pk), FieldsClass.WHOLE_FILE, Purpose.CORRECTION, "בקשה 17")
    return accesses.record_access(
        licensee=subject.licensee, subjects=[subject], access=access, by=by, at=timezone.now(), **changed
    )


@pytest.mark.req("CRD-77-c")
def test_accesses_to_a_subject_are_found_by_his_number_which_stands_in_no_address(client, licensee, security):
    subject = DataSubjectFactory(licensee=licensee, number="123456782")
    other = DataSubjectFactory(licensee=licensee)
    clerk = member(Role.LICENSEE_RECORDS, licensee)
    look(subject, clerk)
    look(other, member(Role.LICENSEE_REQUESTS, licensee))
    client.force_login(security)

    found = client.post(reverse("credit:find_accesses"), {"id_kind": "RESIDENT", "number": "12345678-2"})
    assert "123456782" not in found.url
    shown = client.get(found.url).content.decode()

    assert str(clerk) in shown
    assert shown.count("בקשה 17") == 1
    assert subject.last_name not in shown  # who keeps security sees no data of subjects
    looked = AccessLog.objects.for_licensee(licensee).get(fields_class="log", subject_hash=bytes(subject.number_hash))
    assert (looked.principal, looked.purpose) == (str(security), "security")


def test_a_licensee_reads_its_own_log_and_the_registrar_every_one(client, licensee, security, officer):
    theirs = DataSubjectFactory()
    stranger = member(Role.LICENSEE_RECORDS, theirs.licensee)
    look(theirs, stranger)

    client.force_login(security)
    assert str(stranger) not in page(client, "credit:accesses")
    client.force_login(officer)
    assert str(stranger) in page(client, "credit:accesses")


def test_the_log_is_narrowed_and_a_wrong_narrowing_is_said(client, licensee, security):
    subject = DataSubjectFactory(licensee=licensee)
    look(subject, member(Role.LICENSEE_RECORDS, licensee))
    client.force_login(security)

    assert "בקשה 17" in page(client, "credit:accesses", purpose="correction", result="read")
    assert "בקשה 17" not in page(client, "credit:accesses", purpose="report")
    wrong = client.get(reverse("credit:accesses"), {"since": "2026-02-02", "until": "2026-02-01"})
    assert wrong.status_code == 422


@pytest.mark.req("CRD-0-n")
def test_the_log_is_taken_out_as_a_file_and_that_is_in_the_log(client, licensee, security):
    subject = DataSubjectFactory(licensee=licensee)
    look(subject, member(Role.LICENSEE_RECORDS, licensee))
    client.force_login(security)

    response = client.get(reverse("credit:export_accesses"), {"purpose": "correction"})

    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert bytes(subject.number_hash).hex() in rows[1]
    assert AccessLog.objects.for_licensee(licensee).filter(object_id="export 1").exists()


@pytest.mark.req("CRD-0-n")
def test_a_large_part_of_the_log_is_taken_out_only_when_a_second_person_approved(
    client, licensee, security, approver, monkeypatch
):
    monkeypatch.setattr(exporting, "MANY", 1)
    subject = DataSubjectFactory(licensee=licensee)
    clerk = member(Role.LICENSEE_RECORDS, licensee)
    for _ in range(2):
        look(subject, clerk)
    client.force_login(security)
    wanted = {"purpose": "correction"}

    assert client.get(reverse("credit:export_accesses"), wanted).status_code == 409
    client.post(reverse("credit:propose_export") + "?purpose=correction", {"reasons": "ביקורת שנתית"})
    proposal = DualControlProposal.objects.for_licensee(licensee).get()
    assert client.get(reverse("credit:export_accesses"), wanted).status_code == 409
    dual_control.approve(proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=approver, at=timezone.now())

    assert client.get(reverse("credit:export_accesses"), wanted).status_code == 200
    assert client.get(reverse("credit:export_accesses"), {"result": "read"}).status_code == 409  # another narrowing


def test_a_setting_is_proposed_and_holds_when_approved(client, officer):
    tomorrow = timezone.localdate() + timedelta(days=1)
    client.force_login(officer)
    page(client, "credit:settings")
    sent = {"key": "CRD_NOTE_WORDS", "value": "50", "valid_from": tomorrow.isoformat(), "reasons": "פסק הדין"}

    assert client.post(reverse("credit:propose_setting"), {**sent, "value": "many"}).status_code == 422
    client.post(reverse("credit:propose_setting"), sent)

    proposal = DualControlProposal.objects.of_place(None).get()
    approver = member(Role.REGISTRAR_APPROVER)
    client.force_login(approver)
    assert ">40<" in page(client, "credit:proposal", proposal.pk)
    client.post(reverse("credit:approve", args=[proposal.pk]), {"seen_hash": proposal.payload_hash})
    assert AdministeredSetting.objects.get().valid_from == tomorrow
    assert "פסק הדין" in page(client, "credit:settings")


@pytest.mark.req("CRD-77-d")
def test_an_exemption_is_proposed_approved_and_shown_to_the_licensee(client, officer, licensee, security):
    today = timezone.localdate()
    client.force_login(officer)
    sent = {
        "licensee": licensee.pk, "operations": ["give_role"], "substitute_duties": "דיווח שבועי", "reasons": "גוף קטן",
        "valid_from": today.isoformat(), "valid_until": today.isoformat(),
    }  # fmt: skip
    assert client.post(reverse("credit:propose_exemption"), {**sent, "operations": []}).status_code == 422
    client.post(reverse("credit:propose_exemption"), sent)
    proposal = DualControlProposal.objects.of_place(None).get()
    dual_control.approve(
        proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=member(Role.REGISTRAR_APPROVER),
        at=timezone.now(),
    )  # fmt: skip

    client.force_login(security)
    assert "דיווח שבועי" in page(client, "credit:exemptions")
    assert Exemption.objects.get().valid_until == today
    client.force_login(member(Role.LICENSEE_SECURITY, LicenseeFactory()))
    assert "דיווח שבועי" not in page(client, "credit:exemptions")


@pytest.mark.parametrize("place", ["credit:members", "credit:accesses", "credit:proposals"])
def test_queries_do_not_grow_with_the_rows(client, licensee, security, django_assert_max_num_queries, place):
    subject = DataSubjectFactory(licensee=licensee)
    for _ in range(12):
        look(subject, member(Role.LICENSEE_RECORDS, licensee))
        propose_role(licensee, security, identified(UserFactory()))
    client.force_login(security)

    with django_assert_max_num_queries(22):
        page(client, place, *(["own"] if place == "credit:proposals" else []))


@pytest.mark.req("CRD-77-c")
def test_a_file_is_opened_by_number_and_purpose_and_the_opening_is_told(client, licensee):
    subject = DataSubjectFactory(licensee=licensee, number="123456782")
    clerk = member(Role.LICENSEE_RECORDS, licensee)
    client.force_login(clerk)
    page(client, "credit:find_subject")
    sent = {"id_kind": "RESIDENT", "number": "123456782", "purpose": "correction", "reference": "בקשה 17"}

    found = client.post(reverse("credit:find_subject"), sent)
    assert "123456782" not in found.url
    shown = client.get(found.url).content.decode()

    assert subject.last_name in shown
    row = AccessLog.objects.for_licensee(licensee).get()
    assert (row.principal, row.purpose, row.reference, row.result) == (str(clerk), "correction", "בקשה 17", "read")


@pytest.mark.req("CRD-77-c")
@pytest.mark.parametrize("query", [{}, {"purpose": ""}, {"purpose": "supervision"}])
def test_a_file_without_a_purpose_is_refused_with_the_question_for_it(client, licensee, query):
    subject = DataSubjectFactory(licensee=licensee)
    client.force_login(member(Role.LICENSEE_RECORDS, licensee))

    answer = client.get(reverse("credit:subject", args=[subject.pk]), query)

    assert answer.status_code == 400
    assert "יש לציין מטרת צפייה" in answer.content.decode()
    assert subject.last_name not in answer.content.decode()
    assert AccessLog.objects.for_licensee(licensee).get().code == "PURPOSE_REQUIRED"


def test_a_number_about_which_nothing_is_held_is_told_and_the_search_is_in_the_log(client, licensee):
    DataSubjectFactory(number="123456782")  # of another licensee
    client.force_login(member(Role.LICENSEE_REQUESTS, licensee))
    sent = {"id_kind": "RESIDENT", "number": "123456782", "purpose": "review"}

    answer = client.post(reverse("credit:find_subject"), sent)

    assert answer.status_code == 200
    assert AccessLog.objects.for_licensee(licensee).get().subject_hash is not None


def test_the_file_of_another_licensees_subject_is_not_found(client, licensee):
    subject = DataSubjectFactory()
    client.force_login(member(Role.LICENSEE_RECORDS, licensee))

    answer = client.get(reverse("credit:subject", args=[subject.pk]), {"purpose": "correction"})

    assert answer.status_code == 404
    assert subject.last_name not in answer.content.decode()


@pytest.mark.req("CRD-1-h")
def test_a_declared_day_is_proposed_and_read_by_the_second_person(client, officer):
    client.force_login(officer)
    sent = {"calendar": "banking", "day": "2026-12-01", "is_working": "no", "name": "", "reasons": "הודעת המפקח"}

    assert client.post(reverse("credit:propose_day"), sent).status_code == 422  # a declared day has a name
    client.post(reverse("credit:propose_day"), {**sent, "name": "יום שבתון"})

    proposal = DualControlProposal.objects.of_place(None).get()
    client.force_login(member(Role.REGISTRAR_APPROVER))
    assert "יום שבתון" in page(client, "credit:proposal", proposal.pk)
    client.post(reverse("credit:approve", args=[proposal.pk]), {"seen_hash": proposal.payload_hash})
    assert "הודעת המפקח" in page(client, "credit:settings")


@pytest.mark.req("CRD-77-c")
def test_a_denial_stands_in_the_log_with_its_reason(client, licensee, security):
    subject = DataSubjectFactory(licensee=licensee)
    client.force_login(member(Role.LICENSEE_RECORDS, licensee))
    client.get(reverse("credit:subject", args=[subject.pk]))
    client.force_login(security)

    assert "יש לציין מטרת צפייה" in page(client, "credit:accesses", result="refused")
