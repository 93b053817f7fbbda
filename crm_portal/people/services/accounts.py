"""Accounts of employees: opened by the shell or the admin site, never by the employee."""

from collections.abc import Iterable
from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse

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
