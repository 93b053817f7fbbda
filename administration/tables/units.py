"""M2: business units, teams, who belongs to them, employees' accounts and their security roles."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Code, Refusal
from crm_portal.people import labels as people
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.access import PUBLIC_ROLES
from crm_portal.people.rules.roles import Role, Scope, UserKind
from inquiries.models import Inquiry
from routing import labels as routing
from routing.models import BusinessUnit, Team, TeamMember, UnitMember

from .base import Column, Ending, Filter, Look, Related, Rows, Screen, Table, by_field
from .topics import tax_systems, units

STAFF_ROLES = [(role, label) for role, label in people.ROLE if role not in PUBLIC_ROLES]
IS_TRUSTEE = Q(
    members__user__role_grants__role=Role.CRM_TRUSTEE.value, members__user__is_active=True
)  # a trustee is a role of an employee of the unit (CRM-8-a)


def _with_trustees(rows: Rows) -> Rows:
    name = Concat(F("members__user__last_name"), Value(" "), F("members__user__first_name"))
    counted: Rows = rows.prefetch_related("tax_systems").annotate(
        team_count=Count("teams", filter=Q(teams__is_active=True), distinct=True),
        member_count=Count("members", distinct=True),
        trustees=ArrayAgg(name, filter=IS_TRUSTEE, distinct=True, default=[]),
    )
    return counted


def _by_trustee(rows: Rows, chosen: str) -> Rows:
    if chosen not in {"yes", "no"}:
        return rows
    return rows.filter(trustees__len__gt=0) if chosen == "yes" else rows.filter(trustees__len=0)


def _with_members(rows: Rows) -> Rows:
    coordinator = Q(members__is_coordinator=True, members__user__is_active=True)
    counted: Rows = rows.select_related("unit").annotate(
        member_count=Count("members", filter=Q(members__user__is_active=True), distinct=True),
        coordinator_count=Count("members", filter=coordinator, distinct=True),
    )
    return counted


def _employees(rows: Rows) -> Rows:
    return rows.filter(kind=UserKind.EMPLOYEE.value).prefetch_related("role_grants", "unit_memberships__unit")


def _names_of_roles(user: User) -> list[str]:
    names = dict(people.ROLE)
    return sorted({str(names[grant.role]) for grant in user.role_grants.all()})


def _units_of(user: User) -> str:
    return ", ".join(member.unit.name for member in user.unit_memberships.all())


def _prepare_account(user: User) -> None:
    user.kind = UserKind.EMPLOYEE.value
    user.set_unusable_password()  # until the employee chooses one by the link he is given


def _code_is_free(unit: BusinessUnit, by: User | None) -> Iterable[Refusal]:
    if BusinessUnit.objects.exclude(pk=unit.pk).filter(name=unit.name).exists():
        yield Refusal(Code.DUPLICATE, ("name",), {"because": "name_taken"})


def _team_name_is_free(team: Team, by: User | None) -> Iterable[Refusal]:
    if Team.objects.exclude(pk=team.pk).filter(unit=team.unit_id, name=team.name).exists():
        yield Refusal(Code.DUPLICATE, ("name",), {"because": "name_taken"})


def _keeps_the_head_team(row: Team | BusinessUnit, by: User | None) -> Iterable[Refusal]:
    head = Team.objects.filter(is_head_team=True)
    mine = head.filter(pk=row.pk) if isinstance(row, Team) else head.filter(unit=row.pk)
    if mine.exists():
        yield Refusal(Code.INVALID_VALUE, (), {"because": "head_team_needed"}, "CRM-7-m")


def _not_oneself(user: User, by: User | None) -> Iterable[Refusal]:
    if by is not None and user.pk == by.pk:
        yield Refusal(Code.PERMISSION_DENIED, (), {"because": "not_oneself"}, "CRM-2.2.2-a")


def _grant_is_whole(grant: RoleGrant, by: User | None) -> Iterable[Refusal]:
    """Who may hold which role, and how far it reaches (4.2); nobody changes his own."""
    yield from _not_oneself(grant.user, by)
    if not grant.user.is_employee or grant.role in PUBLIC_ROLES:
        yield Refusal(Code.INVALID_VALUE, ("role",), {"because": "employees_only"}, "CRM-2.2.2-a")
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


def _own_grant_stays(grant: RoleGrant, by: User | None) -> Iterable[Refusal]:
    yield from _not_oneself(grant.user, by)


def _is_new_member(member: UnitMember | TeamMember, by: User | None) -> Iterable[Refusal]:
    if not member.user.is_employee or not member.user.is_active:
        yield Refusal(Code.INVALID_VALUE, ("user",), {"because": "employees_only"})
    place = {"unit": member.unit_id} if isinstance(member, UnitMember) else {"team": member.team_id}
    if type(member).objects.exclude(pk=member.pk).filter(user=member.user_id, **place).exists():
        yield Refusal(Code.DUPLICATE, ("user",), {"because": "member_already"})


def _held_by(user: User) -> Iterable[str]:
    count = Inquiry.objects.active().filter(owner=user).count()
    if count:
        yield ngettext(
            "He holds one active inquiry. Let the coordinator release it or hand it over.",
            "He holds %(count)d active inquiries. Let the coordinator release them or hand them over.",
            count,
        ) % {"count": count}
    yield gettext("He cannot sign in any more, and is signed out at once. What he did keeps his name.")


def _stock_of(team: Team) -> Iterable[str]:
    count = Inquiry.objects.active().filter(handling_team=team).count()
    if count:
        yield ngettext(
            "One active inquiry is with the team and stays in its stock until it is forwarded.",
            "%(count)d active inquiries are with the team and stay in its stock until they are forwarded.",
            count,
        ) % {"count": count}
    yield gettext("New inquiries that would come to it go to the head team, unless another team takes its triplets.")


def _teams_of(unit: BusinessUnit) -> Iterable[str]:
    count = unit.teams.filter(is_active=True).count()
    if count:
        yield ngettext(
            "One team of the unit receives nothing any more.",
            "%(count)d teams of the unit receive nothing any more.",
            count,
        ) % {"count": count}


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
            Column(_("Business units"), _units_of, less=True),
            Column(_("Roles"), _names_of_roles, Look.TAGS, less=True),
            Column(_("Phone"), "phone", Look.CODE, less=True),
        ),
        ending=Ending.SWITCHED,
        search=("username", "last_name", "first_name", "email"),
        filters=(
            Filter("role", _("Role"), lambda: STAFF_ROLES, lambda rows, role: rows.filter(
                pk__in=RoleGrant.objects.filter(role=role).values("user")
            )),
            Filter("unit", _("Business unit"), units, by_field("unit_memberships__unit")),
        ),
        rows=_employees,
        choices={"language": lambda: (("he", _("Hebrew")), ("en", _("English")))},
        hints={"username": _("Latin letters, digits and . - _; it is typed at every sign-in and is never changed.")},
        prepare=_prepare_account,
        ending_checks=_not_oneself,
        consequences=_held_by,
        related=(Related("roles", "user"), Related("unit-members", "user"), Related("team-members", "user")),
    ),
    Table(
        key="units",
        screen=Screen.PEOPLE,
        model=BusinessUnit,
        label=_("Business units"),
        one=_("Business unit"),
        icon="building",
        intro=_("Offices, information centres and headquarters. Every unit needs a CRM trustee: an employee of the "
                "unit with that role."),
        fields=("code", "name", "kind", "tax_systems", "hide_employee_name", "public_phone", "public_email", "address"),
        fixed=("code",),
        columns=(
            Column(_("Name"), "name", sub="kind"),
            Column(_("Tax systems"), lambda row: [one.name for one in row.tax_systems.all()], Look.TAGS, less=True),
            Column(_("CRM trustees"), lambda row: ", ".join(row.trustees), Look.GAP),
            Column(_("Teams"), "team_count", Look.NUMBER, less=True),
            Column(_("Employees"), "member_count", Look.NUMBER, less=True),
        ),
        ending=Ending.SWITCHED,
        search=("code", "name", "address"),
        filters=(
            Filter("kind", _("Kind"), lambda: routing.UNIT_KIND, by_field("kind")),
            Filter("trustee", _("CRM trustee"), lambda: (("no", _("Without a trustee")), ("yes", _("With a trustee"))),
                   _by_trustee),
        ),
        rows=_with_trustees,
        hints={"hide_employee_name": _("Inquiries opened here show the customer no employee's name.")},
        checks=_code_is_free,
        ending_checks=_keeps_the_head_team,
        consequences=_teams_of,
        related=(Related("teams", "unit"), Related("unit-members", "unit")),
    ),
    Table(
        key="teams",
        screen=Screen.PEOPLE,
        model=Team,
        label=_("Teams"),
        one=_("Team"),
        icon="users",
        intro=_("Teams whose queues hold inquiries, with their members and coordinators."),
        fields=("code", "name", "unit", "section"),
        fixed=("code", "unit"),
        columns=(
            Column(_("Team"), "name", sub="unit.name"),
            Column(_("Section"), "section", Look.CODE, less=True),
            Column(_("Head team"), "is_head_team", Look.FLAG, less=True),
            Column(_("Members"), "member_count", Look.NUMBER),
            Column(_("Coordinators"), "coordinator_count", Look.NUMBER),
        ),
        ending=Ending.SWITCHED,
        search=("code", "name", "unit__name"),
        filters=(Filter("unit", _("Business unit"), units, by_field("unit")),),
        rows=_with_members,
        choices={"unit": lambda: BusinessUnit.objects.filter(is_active=True)},
        checks=_team_name_is_free,
        ending_checks=_keeps_the_head_team,
        consequences=_stock_of,
        related=(Related("team-members", "team"), Related("triplet-teams", "team")),
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
            "role": lambda: STAFF_ROLES,
            "tax_system": lambda: [("", _("Not by tax system")), *tax_systems()],
            "level": lambda: [(level, str(level)) for level in range(4)],
        },
        by_name=("user",),
        hints={
            "level": _("Triplets above it are neither seen nor counted."),
            "tax_system": _("Only where the reach is a tax system."),
            "views_customer_files": _("Opens the whole file of a customer, also of other units (to view)."),
        },
        checks=_grant_is_whole,
        ending_checks=_own_grant_stays,
    ),
    Table(
        key="unit-members",
        screen=Screen.PEOPLE,
        model=UnitMember,
        label=_("Members of units"),
        one=_("Member of a unit"),
        icon="building",
        intro=_("Which employees belong to which unit, whether or not in one of its teams."),
        fields=("unit", "user"),
        fixed=("unit", "user"),
        columns=(Column(_("Employee"), "user", sub="user.username"), Column(_("Business unit"), "unit.name")),
        ending=Ending.LINK,
        search=("user__username", "user__last_name", "user__first_name", "unit__name"),
        filters=(Filter("unit", _("Business unit"), units, by_field("unit")),),
        rows=lambda rows: rows.select_related("user", "unit").order_by("unit__name", "user__last_name", "pk"),
        choices={"unit": lambda: BusinessUnit.objects.filter(is_active=True)},
        by_name=("user",),
        checks=_is_new_member,
        in_tabs=False,
    ),
    Table(
        key="team-members",
        screen=Screen.PEOPLE,
        model=TeamMember,
        label=_("Members of teams"),
        one=_("Member of a team"),
        icon="users",
        intro=_("Who works in which team, and who coordinates its stock."),
        fields=("team", "user", "is_coordinator"),
        fixed=("team", "user"),
        columns=(
            Column(_("Employee"), "user", sub="user.username"),
            Column(_("Team"), "team.name", sub="team.unit.name"),
            Column(_("Coordinator"), "is_coordinator", Look.FLAG),
        ),
        ending=Ending.LINK,
        search=("user__username", "user__last_name", "user__first_name", "team__name", "team__unit__name"),
        filters=(Filter("unit", _("Business unit"), units, by_field("team__unit")),),
        rows=lambda rows: rows.select_related("user", "team__unit").order_by("team__unit__name", "team__name", "pk"),
        choices={"team": lambda: Team.objects.active().select_related("unit")},
        by_name=("user",),
        checks=_is_new_member,
        in_tabs=False,
    ),
)  # fmt: skip
