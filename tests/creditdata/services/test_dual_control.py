"""Vital operations: two persons, the exact payload, a day; and the database where the code is passed by."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from creditdata.models import AdministeredSetting, DualControlProposal
from creditdata.rules.codes import ProposalState
from creditdata.rules.reasons import Reason
from creditdata.rules.vital import Operation
from creditdata.services import dual_control
from creditdata.tasks import expire_proposals
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import LicenseeFactory, member
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTING = {"key": "CRD_NOTE_WORDS", "value": "50", "valid_from": "2026-12-01"}


@pytest.fixture
def officer():
    return member(Role.REGISTRAR_OFFICER, number="officer")


@pytest.fixture
def approver():
    return member(Role.REGISTRAR_APPROVER, number="approver")


@pytest.fixture
def proposal(officer):
    return propose(officer)


def propose(by, payload=SETTING, *, operation=Operation.CHANGE_SETTING, licensee=None, at=AT, reasons="לפי החלטת הרשם"):
    return dual_control.propose(
        operation=operation, licensee_id=licensee and licensee.pk, payload=payload, reasons=reasons, by=by, at=at
    )


def approve(proposal, by, *, seen=None, at=AT):
    return dual_control.approve(proposal_id=proposal.pk, seen_hash=seen or proposal.payload_hash, by=by, at=at)


def code_of(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def again(proposal):
    return DualControlProposal.objects.of_every_licensee().get(pk=proposal.pk)


@pytest.mark.req("CRD-77-a")
def test_what_was_proposed_is_done_when_a_second_person_approves_and_not_before(proposal, approver):
    assert not AdministeredSetting.objects.exists()

    approve(proposal, approver)

    assert AdministeredSetting.objects.get().value == "50"
    assert again(proposal).state == ProposalState.EXECUTED.value
    actions = AuditEvent.objects.filter(action__startswith="dual_control").values_list("action", "actor")
    assert list(actions.order_by("id")) == [
        ("dual_control.propose", proposal.proposer_id),
        ("dual_control.approve", approver.pk),
    ]


@pytest.mark.req("CRD-77-a")
def test_the_proposer_does_not_approve_even_where_he_holds_both_roles(officer, proposal):
    member(Role.REGISTRAR_APPROVER, user=officer)

    assert code_of(lambda: approve(proposal, officer)) is Reason.DUAL_CONTROL_SAME_PERSON
    assert again(proposal).state == ProposalState.PROPOSED.value


@pytest.mark.req("CRD-77-a")
def test_the_same_person_does_not_approve_under_a_second_account(proposal):
    second_account = member(Role.REGISTRAR_APPROVER, number="officer")

    assert code_of(lambda: approve(proposal, second_account)) is Reason.DUAL_CONTROL_SAME_PERSON
    refused = AuditEvent.objects.get(code=Reason.DUAL_CONTROL_SAME_PERSON)
    assert (refused.actor, refused.target_id) == (second_account, str(proposal.pk))


def test_who_could_have_proposed_it_there_does_not_approve(proposal):
    both = member(Role.REGISTRAR_APPROVER, number="third")
    member(Role.REGISTRAR_OFFICER, user=both)

    assert code_of(lambda: approve(proposal, both)) is Reason.COMPARTMENT_CONFLICT


def test_another_payload_than_the_one_read_is_not_approved(proposal, approver):
    assert code_of(lambda: approve(proposal, approver, seen="0" * 64)) is Code.STALE_VERSION
    assert not AdministeredSetting.objects.exists()


def test_approval_and_operation_are_one_transaction(officer, approver):
    tomorrow = {**SETTING, "valid_from": "2026-11-24"}
    proposal = propose(officer, tomorrow)

    refused = code_of(lambda: approve(proposal, approver, at=AT + timedelta(hours=20)))  # its day is over by then

    assert refused is Code.INVALID_VALUE
    assert again(proposal).state == ProposalState.PROPOSED.value
    assert not AdministeredSetting.objects.exists()


@pytest.mark.req("CRD-77-a")
def test_a_proposal_ends_after_24_hours_and_is_not_approved_any_more(proposal, approver):
    day = timedelta(hours=24)
    second = timedelta(seconds=1)

    assert expire_proposals(AT + day - second).done == 0
    assert code_of(lambda: approve(proposal, approver, at=AT + day)) is Code.INVALID_TRANSITION
    assert expire_proposals(AT + day).done == 1
    assert expire_proposals(AT + day).done == 0
    assert again(proposal).state == ProposalState.EXPIRED.value


def test_just_before_24_hours_it_is_approved(proposal, approver):
    approve(proposal, approver, at=AT + timedelta(hours=24, seconds=-1))

    assert again(proposal).state == ProposalState.EXECUTED.value


def test_what_is_rejected_has_reasons_and_stays_so(proposal, approver):
    def reject(reasons):
        return dual_control.reject(proposal_id=proposal.pk, reasons=reasons, by=approver, at=AT)

    assert code_of(lambda: reject("  ")) is Code.FIELD_REQUIRED
    reject("הנימוק אינו מספיק")

    assert again(proposal).decision_reasons == "הנימוק אינו מספיק"
    assert code_of(lambda: approve(proposal, approver)) is Code.INVALID_TRANSITION


def test_only_the_proposer_withdraws(proposal, officer, approver):
    assert code_of(lambda: dual_control.withdraw(proposal_id=proposal.pk, by=approver, at=AT)) is Code.OUT_OF_SCOPE

    dual_control.withdraw(proposal_id=proposal.pk, by=officer, at=AT)

    assert again(proposal).state == ProposalState.WITHDRAWN.value


def test_the_same_waits_once(proposal, officer):
    assert code_of(lambda: propose(officer)) is Code.DUPLICATE


def test_a_proposal_has_reasons(officer):
    assert code_of(lambda: propose(officer, reasons=" ")) is Code.FIELD_REQUIRED


@pytest.mark.parametrize("role", [Role.REGISTRAR_APPROVER, Role.LICENSEE_SECURITY])
def test_who_has_another_role_proposes_nothing_of_the_officers(role):
    other = member(role, LicenseeFactory() if role is Role.LICENSEE_SECURITY else None)

    assert code_of(lambda: propose(other)) is Code.PERMISSION_DENIED


def test_an_account_without_a_known_person_proposes_nothing():
    unknown = UserFactory(roles=[Role.REGISTRAR_OFFICER])

    assert code_of(lambda: propose(unknown)) is Code.PERMISSION_DENIED


def test_the_approver_of_one_licensee_does_not_see_what_another_proposes():
    mine, other = LicenseeFactory(), LicenseeFactory()
    security = member(Role.LICENSEE_SECURITY, mine)
    stranger = member(Role.LICENSEE_APPROVER, other)
    waiting = propose(security, {"list": "access_log", "narrowing": {}}, operation=Operation.EXPORT_MANY, licensee=mine)

    assert code_of(lambda: approve(waiting, stranger)) is Code.OUT_OF_SCOPE


def sql(text, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


TABLE = "creditdata_dualcontrolproposal"


@pytest.mark.req("CRD-0-t")
def test_the_database_itself_refuses_the_proposer_as_approver(proposal):
    sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="proposal_is_approved_from_another_account"):
        sql(
            f"ALTER TABLE {TABLE} DISABLE TRIGGER guard_proposal;"  # the constraint stands without the trigger too
            f" UPDATE {TABLE} SET state = 'EXECUTED', decided_at = proposed_at, approver_id = proposer_id,"
            " approver_person = 'x' WHERE id = %s",
            proposal.pk,
        )


@pytest.mark.req("CRD-77-a")
def test_the_database_itself_refuses_the_same_person_under_a_second_account(proposal):
    second = member(Role.REGISTRAR_APPROVER, number="officer")

    with pytest.raises(IntegrityError, match="proposal_is_approved_by_another_person"):
        sql(
            f"UPDATE {TABLE} SET state = 'EXECUTED', decided_at = proposed_at, approver_id = %s,"
            " approver_person = proposer_person WHERE id = %s",
            second.pk,
            proposal.pk,
        )
    with pytest.raises(DatabaseError, match="not the person of the account"):
        sql(
            f"UPDATE {TABLE} SET state = 'EXECUTED', decided_at = proposed_at, approver_id = %s,"
            " approver_person = 'somebody else' WHERE id = %s",
            second.pk,
            proposal.pk,
        )


def test_the_database_lets_nobody_approve_who_does_not_approve_there(proposal):
    other = member(Role.LICENSEE_APPROVER, LicenseeFactory())

    with pytest.raises(DatabaseError, match="does not approve there"):
        sql(
            f"UPDATE {TABLE} SET state = 'EXECUTED', decided_at = proposed_at, approver_id = %s, approver_person ="
            " (SELECT person FROM creditdata_staffperson WHERE user_id = %s) WHERE id = %s",
            other.pk,
            other.pk,
            proposal.pk,
        )


@pytest.mark.parametrize(
    "change",
    [
        "payload_text = payload_text || ' '",
        "payload_hash = repeat('0', 64)",
        "operation = 'purge'",
        "reasons = 'אחר'",
        "expires_at = expires_at + interval '1 day'",
        "proposed_at = proposed_at - interval '1 day'",
    ],
)
def test_what_was_proposed_cannot_be_changed_by_any_way(proposal, change):
    with pytest.raises(DatabaseError, match="cannot be changed"):
        sql(f"UPDATE {TABLE} SET {change} WHERE id = %s", proposal.pk)


@pytest.mark.parametrize("statement", [f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE} CASCADE"])
def test_proposals_stay(proposal, statement):
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


def test_a_settled_proposal_is_touched_no_more(proposal, approver):
    approve(proposal, approver)

    with pytest.raises(DatabaseError, match="is settled"):
        sql(f"UPDATE {TABLE} SET decision_reasons = 'x' WHERE id = %s", proposal.pk)


def test_nothing_is_inserted_as_carried_out(officer, proposal):
    with pytest.raises(DatabaseError, match="begins as one"):
        sql(
            f"INSERT INTO {TABLE} (operation, licensee_id, payload_text, payload_hash, reasons, proposer_id,"
            " proposer_person, proposed_at, expires_at, state, decided_at, decision_reasons)"
            " SELECT operation, licensee_id, payload_text, payload_hash, reasons, proposer_id, proposer_person,"
            f" proposed_at, expires_at, 'EXECUTED', proposed_at, '' FROM {TABLE} WHERE id = %s",
            proposal.pk,
        )
