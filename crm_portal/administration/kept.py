"""M2: employees' accounts and their security roles; the apps add where each employee belongs and what he holds."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Code, Refusal
from crm_portal.people import labels as people
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.access import GIVEN_BY_TWO, PUBLIC_ROLES
from crm_portal.people.rules.roles import Scope, UserKind

from . import registry
from .tables import Column, Ending, Filter, Look, Related, Rows, Screen, Table, by_field

STAFF_ROLES = [(role, label) for role, label in people.ROLE if role not in PUBLIC_ROLES]
ROLES_GIVEN_HERE = [(role, label) for role, label in STAFF_ROLES if role not in GIVEN_BY_TWO]


def _employees(rows: Rows) -> Rows:
    return rows.filter(kind=UserKind.EMPLOYEE.value).prefetch_related("role_grants")


def _names_of_roles(user: User) -> list[str]:
    names = dict(people.ROLE)
    return sorted({str(names[grant.role]) for grant in user.role_grants.all()})


def _prepare_account(user: User) -> None:
    user.kind = UserKind.EMPLOYEE.value
    user.set_unusable_password()  # until the employee chooses one by the link he is given


def _not_oneself(user: User, by: User | None) -> Iterable[Refusal]:
    if by is not None and user.pk == by.pk:
        yield Refusal(Code.PERMISSION_DENIED, (), {"because": "not_oneself"}, "CRM-2.2.2-a")


def _grant_is_whole(grant: RoleGrant, by: User | None) -> Iterable[Refusal]:
    """Who may hold which role, and how far it reaches (4.2); nobody changes his own."""
    yield from _not_oneself(grant.user, by)
    if not grant.user.is_employee or grant.role in PUBLIC_ROLES:
        yield Refusal(Code.INVALID_VALUE, ("role",), {"because": "employees_only"}, "CRM-2.2.2-a")
    yield from _given_by_two(grant)
    is_by_system = grant.scope == Scope.TAX_SYSTEM.value
    if is_by_system and not grant.tax_system:
        yield Refusal(Code.FIELD_REQUIRED, ("tax_system",), {"because": "which_tax_system"}, "CRM-2.2.2-a")
    if not is_by_system and grant.tax_system:
        yield Refusal(Code.INVALID_VALUE, ("tax_system",), {"because": "no_tax_system"}, "CRM-2.2.2-a")
    same = RoleGrant.objects.exclude(pk=grant.pk).filter(
        user=grant.user_id, role=grant.role, scope=grant.scope, tax_system=grant.tax_system
    )
    if same.exists():
        yield Refusal(Code.DUPLICATE, ("role",), {"because": "role_granted"})


def _given_by_two(grant: RoleGrant) -> Iterable[Refusal]:
    if grant.role in GIVEN_BY_TWO:
        yield Refusal(Code.PERMISSION_DENIED, ("role",), {"because": "given_by_two"}, "CRD-77-a")


def _grant_may_end(grant: RoleGrant, by: User | None) -> Iterable[Refusal]:
    yield from _not_oneself(grant.user, by)
    yield from _given_by_two(grant)


def _signed_out(user: User) -> Iterable[str]:
    yield gettext("He cannot sign in any more, and is signed out at once. What he did keeps his name.")


TABLES = (
    Table(
        key="employees",
        screen=Screen.PEOPLE,
        model=User,
        label=_("Employees"),
        one=_("Employee"),
        icon="user",
        intro=_("Accounts of employees. Roles decide what each may do; units and teams, which inquiries he sees."),
        fields=("username", "last_name", "first_name", "email", "phone", "language"),
        fixed=("username",),
        columns=(
            Column(_("Name"), lambda row: row.get_full_name() or row.username, sub="username"),
            Column(_("Roles"), _names_of_roles, Look.TAGS, less=True),
            Column(_("Phone"), "phone", Look.CODE, less=True),
        ),
        ending=Ending.SWITCHED,
        search=("username", "last_name", "first_name", "email"),
        filters=(
            Filter("role", _("Role"), lambda: STAFF_ROLES, lambda rows, role: rows.filter(
                pk__in=RoleGrant.objects.filter(role=role).values("user")
            )),
        ),
        rows=_employees,
        choices={"language": lambda: (("he", _("Hebrew")), ("en", _("English")))},
        hints={"username": _("Latin letters, digits and . - _; it is typed at every sign-in and is never changed.")},
        prepare=_prepare_account,
        ending_checks=_not_oneself,
        consequences=_signed_out,
        related=(Related("roles", "user"),),
    ),
    Table(
        key="roles",
        screen=Screen.PEOPLE,
        model=RoleGrant,
        label=_("Security roles"),
        one=_("Security role"),
        icon="shield",
        intro=_("Who holds which role, how far it reaches and up to which level. Nobody changes his own roles."),
        fields=("user", "role", "scope", "tax_system", "level", "views_customer_files"),
        fixed=("user", "role"),
        columns=(
            Column(_("Employee"), "user", sub="user.username"),
            Column(_("Role"), "role", sub="scope"),
            Column(_("Tax system"), "tax_system", Look.CODE, less=True),
            Column(_("Level"), "level", Look.NUMBER),
            Column(_("Customer files"), "views_customer_files", Look.FLAG, less=True),
        ),
        ending=Ending.LINK,
        search=("user__username", "user__last_name", "user__first_name"),
        filters=(
            Filter("role", _("Role"), lambda: STAFF_ROLES, by_field("role")),
            Filter("scope", _("Reach"), lambda: people.SCOPE, by_field("scope")),
        ),
        rows=lambda rows: rows.select_related("user").order_by("user__last_name", "user__first_name", "role"),
        choices={
            "role": lambda: ROLES_GIVEN_HERE,
            "level": lambda: [(level, str(level)) for level in range(4)],
        },
        by_name=("user",),
        hints={
            "level": _("Triplets above it are neither seen nor counted."),
            "tax_system": _("Only where the reach is a tax system."),
            "views_customer_files": _("Opens the whole file of a customer, also of other units (to view)."),
        },
        checks=_grant_is_whole,
        ending_checks=_grant_may_end,
        position=9,
    ),
)  # fmt: skip


def register() -> None:
    """Give the department what is of people."""
    registry.register(*TABLES)
