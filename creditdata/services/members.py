"""Members: who the persons behind accounts are, and the roles that two persons give and take (CRD-77-a, b)."""

from datetime import datetime
from typing import Any

from django.db import connection

from crm_portal.audit.services.recording import command, record
from crm_portal.ciphers import keyed_hash
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.identity_numbers import normalise
from crm_portal.people.rules.roles import Role, Scope

from ..models import DualControlProposal, Licensee, Membership, StaffPerson
from ..rules.access import KEEPERS_OF_MEMBERS
from ..rules.compartments import CREDIT_ROLES, LICENSEE_ROLES, Held, refusals
from ..rules.vital import payload_of
from ..selectors.members import forbidden_sets, held_by_person, person_of
from ..selectors.proposed import Payload
from . import dual_control

PERSON = "creditdata.staff"
# The Registrar's officer opens a licensee with its first two: who keeps users there, and who approves.
FIRST_AT_LICENSEE = frozenset({Role.LICENSEE_SECURITY, Role.LICENSEE_APPROVER})
OF_REGISTRAR = frozenset({Role.REGISTRAR_OFFICER, Role.REGISTRAR_APPROVER})
MEMBERS = CREDIT_ROLES - {Role.REQUESTER_USER, Role.SOURCE_INTEGRATOR}


@command("credit_member.identify", target="user_id")
def identify(*, user_id: int, number: str, by: User | None, at: datetime) -> StaffPerson:
    """
    Say which person is behind an employee's account, once and for all; only a hash of the number is kept.

    :raises Refused: PERMISSION_DENIED, INVALID_VALUE for a number that is none, DUPLICATE when it was said before
    """
    if by is not None and not _keeps_members(by):
        raise refuse(Code.PERMISSION_DENIED, clause="CRD-77-c")
    user = _employee(user_id, lock=True)
    person = keyed_hash(normalise(number, field="number"), PERSON)
    if StaffPerson.objects.filter(user=user).exists():
        raise refuse(Code.DUPLICATE, "user", clause="CRD-77-a", because="person_known")
    row = StaffPerson.objects.create(user=user, person=person, recorded_by=by, recorded_at=at)
    record("credit_member.identify", by=by, at=at, target=user)
    return row


@command("credit_member.begin", target="user_id")
def begin(*, user_id: int, role: Role, licensee_id: int | None, at: datetime, by: User | None = None) -> Membership:
    """
    Give a role when the service is set up, before two persons are there to approve: by the shell alone.

    :raises Refused: PERMISSION_DENIED for a person, and as giving a role otherwise
    """
    if by is not None:
        raise refuse(Code.PERMISSION_DENIED, clause="CRD-77-a")
    _check_given({"user": user_id, "role": role.value, "licensee": licensee_id}, at)
    return _give(user_id, role, licensee_id, by=None, given_by=None, at=at)


def check_give(payload: Payload, licensee: Licensee | None, at: datetime) -> None:
    """
    Whether the role may be given: by whom, to whom, and what the person holds beside it.

    :raises Refused: INVALID_VALUE at `role` or `user`, DUPLICATE, COMPARTMENT_CONFLICT
    """
    role, target = _role(payload), payload["licensee"]
    if licensee is not None and (role not in LICENSEE_ROLES or target != licensee.pk):
        raise refuse(Code.INVALID_VALUE, "role", clause="CRD-77-a")
    if licensee is None and not (
        (role in OF_REGISTRAR and target is None) or (role in FIRST_AT_LICENSEE and target is not None)
    ):
        raise refuse(Code.INVALID_VALUE, "role", clause="CRD-77-a")
    _check_given(payload, at)


def check_take(payload: Payload, licensee: Licensee | None, at: datetime) -> None:
    """
    Whether the role is held there.

    :raises Refused: OUT_OF_SCOPE when it is not
    """
    row = Membership.objects.current().filter(pk=payload["membership"]).first()
    if row is None or (licensee is not None and row.licensee_id != licensee.pk):
        raise refuse(Code.OUT_OF_SCOPE)
    if licensee is None and row.role not in OF_REGISTRAR | FIRST_AT_LICENSEE:
        raise refuse(Code.OUT_OF_SCOPE)


def give(proposal: DualControlProposal, by: User, at: datetime) -> None:
    """Carry an approved role out."""
    payload = payload_of(proposal.payload_text)
    check_give(payload, proposal.licensee, at)
    _give(payload["user"], _role(payload), payload["licensee"], by=by, given_by=proposal, at=at)


def take(proposal: DualControlProposal, by: User, at: datetime) -> None:
    """End a membership whose taking was approved, and the role with its last one."""
    payload = payload_of(proposal.payload_text)
    check_take(payload, proposal.licensee, at)
    row = Membership.objects.select_for_update().get(pk=payload["membership"])
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    if not Membership.objects.current().filter(user=row.user_id, role=row.role).exists():
        RoleGrant.objects.filter(user=row.user_id, role=row.role).delete()
    record("credit_member.end", by=by, at=at, target=row.user, before={"role": row.role, "licensee": row.licensee_id})


def _check_given(payload: Payload, at: datetime) -> None:
    user, role, target = _employee(payload["user"]), _role(payload), payload["licensee"]
    person = person_of(user)
    if person is None:
        raise refuse(Code.FIELD_REQUIRED, "user", clause="CRD-77-c", because="no_person")
    with connection.cursor() as cursor:  # two roles that contradict are not given at the same moment
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"credit_member:{person.hex()}"])
    if Membership.objects.current().filter(user=user, role=role.value, licensee=target).exists():
        raise refuse(Code.DUPLICATE, "role", because="role_granted")
    if not dual_control.freed_from_compartments(target, at):
        refuse_if(refusals([*held_by_person(person), Held(role, target)], forbidden_sets()))


def _give(
    user_id: int, role: Role, licensee_id: int | None, *, by: User | None, given_by: DualControlProposal | None,
    at: datetime,
) -> Membership:  # fmt: skip
    row = Membership.objects.create(
        user_id=user_id, role=role.value, licensee_id=licensee_id, since=at, granted_by=by, given_by=given_by
    )
    RoleGrant.objects.get_or_create(user_id=user_id, role=role.value, scope=Scope.OWN.value, tax_system="")
    record("credit_member.begin", by=by, at=at, target=row.user, after={"role": role.value, "licensee": licensee_id})
    return row


def _keeps_members(by: User) -> bool:
    return Membership.objects.current().filter(user=by, role__in=list(KEEPERS_OF_MEMBERS)).exists()


def _role(payload: Payload) -> Role:
    try:
        role = Role(payload["role"])
    except ValueError:
        raise refuse(Code.INVALID_VALUE, "role") from None
    if role not in MEMBERS:
        raise refuse(Code.INVALID_VALUE, "role")
    return role


def _employee(user_id: Any, *, lock: bool = False) -> User:
    rows = User.objects.select_for_update() if lock else User.objects.all()
    user = rows.filter(pk=user_id, is_active=True).first()
    if user is None or not user.is_employee:
        raise refuse(Code.INVALID_VALUE, "user", because="employees_only")
    return user
