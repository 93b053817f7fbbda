"""Accounts of employees: opened by the CRM department or the shell; the password is chosen by the employee alone."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refused, refuse

from ..models import RoleGrant, User
from ..rules.roles import Role, Scope, UserKind


@command("user.create_employee")
def create_employee(
    *,
    by: User | None,
    at: datetime,
    username: str,
    password: str | None,
    first_name: str,
    last_name: str,
    roles: Iterable[Role] = (),
    scope: Scope = Scope.UNIT,
    level: int = 0,
) -> User:
    """
    Open an employee's account with roles; without a password nobody can enter it until one is set.

    The second factor is set up by the employee at the first sign-in.

    :raises Refused: DUPLICATE when the username is taken
    """
    if User.objects.filter(username=username).exists():
        raise refuse(Code.DUPLICATE, "username")
    user = User(username=username, first_name=first_name, last_name=last_name, kind=UserKind.EMPLOYEE.value)
    user.set_password(password)
    user.save()
    granted = [RoleGrant(user=user, role=role.value, scope=scope.value, level=level) for role in roles]
    RoleGrant.objects.bulk_create(granted)
    record("user.create", by=by, at=at, target=user, after={"roles": [grant.role for grant in granted]})
    return user


@command("user.invite", target="user_id")
def invite(*, user_id: int, by: User | None, at: datetime) -> tuple[str, str]:
    """
    Take an employee's password away and give the two parts of the link by which he chooses another.

    Sessions that are open end. The link works once and for a few days (`PASSWORD_RESET_TIMEOUT`).

    :raises Refused: OUT_OF_SCOPE when there is no such active employee
    """
    user = _employee(user_id)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("user.invite", by=by, at=at, target=user)
    return urlsafe_base64_encode(str(user.pk).encode()), default_token_generator.make_token(user)


@command("user.choose_password")
def choose_password(*, uid: str, token: str, password: str, by: User | None, at: datetime) -> User:
    """
    Give an account the password that the holder of the link chose.

    :raises Refused: SIGN_IN_REFUSED when the link was used or is too old, INVALID_VALUE for a weak password
    """
    user = invited(uid=uid, token=token, lock=True)
    if user is None:
        raise refuse(Code.SIGN_IN_REFUSED, because="link_over")
    try:
        validate_password(password, user)
    except ValidationError:
        raise refuse(Code.INVALID_VALUE, "password", because="weak_password") from None
    user.set_password(password)
    user.save(update_fields=["password"])
    record("user.choose_password", by=user, at=at, target=user)
    return user


def invited(*, uid: str, token: str, lock: bool = False) -> User | None:
    """The employee whom a link belongs to; None when it is no link, was used or is too old."""
    try:
        user_id = int(urlsafe_base64_decode(uid).decode())
        user = _employee(user_id, lock=lock)
    except (ValueError, Refused):
        return None
    return user if default_token_generator.check_token(user, token) else None


def _employee(user_id: int, *, lock: bool = True) -> User:
    rows = User.objects.filter(kind=UserKind.EMPLOYEE.value, is_active=True)
    user = (rows.select_for_update() if lock else rows).filter(pk=user_id).first()
    if user is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return user
