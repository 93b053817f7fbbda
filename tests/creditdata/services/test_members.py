"""Roles of the credit-data service: given and taken by two, and never two that one person may not hold together."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from creditdata.models import Membership, StaffPerson
from creditdata.rules.reasons import Reason
from creditdata.rules.vital import Operation
from creditdata.services import dual_control, members
from crm_portal.errors import Code, Refused
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import LicenseeFactory, identified, member
from tests.factories.people import UserFactory, valid_id

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Place:
    """A licensee with who keeps its users and who approves."""

    def __init__(self):
        self.licensee = LicenseeFactory()
        self.security = member(Role.LICENSEE_SECURITY, self.licensee)
        self.approver = member(Role.LICENSEE_APPROVER, self.licensee)

    def propose(self, user, role, *, at=AT):
        payload = {"user": user.pk, "role": role.value, "licensee": self.licensee.pk}
        return self.propose_payload(Operation.GIVE_ROLE, payload, at=at)

    def propose_payload(self, operation, payload, *, at=AT):
        return dual_control.propose(
            operation=operation, licensee_id=self.licensee.pk, payload=payload, reasons="עובד חדש", by=self.security,
            at=at,
        )  # fmt: skip

    def approve(self, proposal):
        return dual_control.approve(proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=self.approver, at=AT)

    def give(self, user, role):
        self.approve(self.propose(user, role))


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def newcomer():
    return identified(UserFactory())


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return [(one.code, one.details.get("because") or one.details.get("rule")) for one in caught.value.refusals]


def roles_of(user):
    return User.objects.get(pk=user.pk).roles


@pytest.mark.req("CRD-77-a")
def test_a_role_is_given_when_a_second_person_approved(place, newcomer):
    proposal = place.propose(newcomer, Role.LICENSEE_INTAKE)
    assert roles_of(newcomer) == frozenset()

    place.approve(proposal)

    row = Membership.objects.get(user=newcomer)
    assert (row.role, row.licensee, row.granted_by, row.given_by) == (
        "licensee_intake", place.licensee, place.approver, proposal,
    )  # fmt: skip
    assert roles_of(newcomer) == {Role.LICENSEE_INTAKE}


def test_a_role_is_taken_by_two_as_well(place, newcomer):
    place.give(newcomer, Role.LICENSEE_INTAKE)
    row = Membership.objects.get(user=newcomer)

    proposal = place.propose_payload(Operation.TAKE_ROLE, {"membership": row.pk})
    assert roles_of(newcomer) == {Role.LICENSEE_INTAKE}
    place.approve(proposal)

    row.refresh_from_db()
    assert (row.ended_at, row.ended_by) == (AT, place.approver)
    assert roles_of(newcomer) == frozenset()


@pytest.mark.req("CRD-77-b")
def test_a_second_role_that_contradicts_the_first_is_refused(place, newcomer):
    place.give(newcomer, Role.LICENSEE_REQUESTS)

    assert refused(lambda: place.propose(newcomer, Role.LICENSEE_CONTRACTS)) == [
        (Reason.COMPARTMENT_CONFLICT, "requests")
    ]


@pytest.mark.req("CRD-77-b")
def test_a_second_account_of_the_same_person_evades_no_compartment(place):
    first, second = UserFactory(), UserFactory()
    number = valid_id(31_000_007)
    for account in (first, second):
        members.identify(user_id=account.pk, number=number, by=place.security, at=AT)
    place.give(first, Role.LICENSEE_REQUESTS)

    assert refused(lambda: place.propose(second, Role.LICENSEE_CONTRACTS)) == [
        (Reason.COMPARTMENT_CONFLICT, "requests")
    ]


def test_what_was_proposed_side_by_side_is_compared_again_when_approved(place, newcomer):
    one = place.propose(newcomer, Role.LICENSEE_REQUESTS)
    other = place.propose(newcomer, Role.LICENSEE_CONTRACTS)
    place.approve(one)

    assert refused(lambda: place.approve(other)) == [(Reason.COMPARTMENT_CONFLICT, "requests")]
    assert roles_of(newcomer) == {Role.LICENSEE_REQUESTS}


@pytest.mark.parametrize("role", [Role.REGISTRAR_OFFICER, Role.CRM_ADMIN, Role.SOURCE_INTEGRATOR])
def test_a_licensee_gives_no_role_but_its_own(place, newcomer, role):
    assert refused(lambda: place.propose(newcomer, role)) == [(Code.INVALID_VALUE, None)]


def test_a_licensee_gives_no_role_at_another(place, newcomer):
    elsewhere = {"user": newcomer.pk, "role": Role.LICENSEE_INTAKE.value, "licensee": LicenseeFactory().pk}

    assert refused(lambda: place.propose_payload(Operation.GIVE_ROLE, elsewhere)) == [(Code.INVALID_VALUE, None)]


@pytest.mark.req("CRD-77-c")
def test_nobody_without_a_known_person_behind_the_account_is_given_a_role(place):
    assert refused(lambda: place.propose(UserFactory(), Role.LICENSEE_INTAKE)) == [(Code.FIELD_REQUIRED, "no_person")]


def test_who_a_person_is_is_said_once_and_kept_as_a_hash_alone(place):
    user, number = UserFactory(), valid_id(31_000_014)
    members.identify(user_id=user.pk, number=number, by=place.security, at=AT)

    assert number.encode() not in bytes(StaffPerson.objects.get(user=user).person)
    again = lambda: members.identify(user_id=user.pk, number=valid_id(31_000_021), by=place.security, at=AT)  # noqa: E731
    assert refused(again) == [(Code.DUPLICATE, "person_known")]


def test_the_registrar_opens_a_licensee_with_its_first_two(newcomer):
    officer, approver = member(Role.REGISTRAR_OFFICER), member(Role.REGISTRAR_APPROVER)
    licensee = LicenseeFactory()

    def propose(role):
        return dual_control.propose(
            operation=Operation.GIVE_ROLE, licensee_id=None, reasons="בעל רישיון חדש", by=officer, at=AT,
            payload={"user": newcomer.pk, "role": role.value, "licensee": licensee.pk},
        )  # fmt: skip

    proposal = propose(Role.LICENSEE_SECURITY)
    dual_control.approve(proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=approver, at=AT)

    assert Membership.objects.get(user=newcomer).licensee == licensee
    assert refused(lambda: propose(Role.LICENSEE_RECORDS)) == [(Code.INVALID_VALUE, None)]


def sql(text, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def test_the_database_makes_no_member_whom_nobody_approved(place, newcomer):
    proposal = place.propose(newcomer, Role.LICENSEE_INTAKE)
    insert = (
        "INSERT INTO creditdata_membership (user_id, role, licensee_id, since, granted_by_id, given_by_id)"
        " VALUES (%s, %s, %s, now(), %s, %s)"
    )
    values = [newcomer.pk, "licensee_intake", place.licensee.pk, place.security.pk, proposal.pk]

    with pytest.raises(DatabaseError, match="Nobody approved"):  # it only waits
        sql(insert, *values)
    place.approve(proposal)
    with pytest.raises(DatabaseError, match="Nobody approved"):  # another role than the approved one
        sql(insert, newcomer.pk, "licensee_records", *values[2:])


def test_a_member_cannot_be_changed_into_another(place):
    row = Membership.objects.get(user=place.approver)

    with pytest.raises(DatabaseError, match="ended, never changed"):
        sql("UPDATE creditdata_membership SET role = 'licensee_records' WHERE id = %s", row.pk)


def test_the_role_stays_while_it_is_held_at_another_licensee(place, newcomer):
    other = Place()
    place.give(newcomer, Role.LICENSEE_INTAKE)
    other.give(newcomer, Role.LICENSEE_INTAKE)
    row = Membership.objects.get(user=newcomer, licensee=place.licensee)

    place.approve(place.propose_payload(Operation.TAKE_ROLE, {"membership": row.pk}))

    assert roles_of(newcomer) == {Role.LICENSEE_INTAKE}
    assert RoleGrant.objects.filter(user=newcomer).count() == 1


@pytest.mark.req("CRD-77-f")
def test_an_approver_whom_the_proposer_had_made_waits_a_day(place, newcomer):
    place.give(newcomer, Role.LICENSEE_APPROVER)
    proposal = place.propose(identified(UserFactory()), Role.LICENSEE_INTAKE)

    def approve(at):
        dual_control.approve(proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=newcomer, at=at)

    assert refused(lambda: approve(AT + timedelta(hours=23))) == [(Code.PERMISSION_DENIED, "given_lately")]
    proposal = place.propose(identified(UserFactory()), Role.LICENSEE_INTAKE, at=AT + timedelta(hours=2))
    approve(AT + timedelta(hours=24))
