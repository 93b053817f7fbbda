"""M2: business units, teams and who belongs to them."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm_portal.administration import registry
from crm_portal.administration.tables import Column, Ending, Filter, Look, Related, Rows, Screen, Table, by_field
from crm_portal.errors import Code, Refusal
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..labels import UNIT_KIND
from ..models import BusinessUnit, Team, TeamMember, UnitMember
from .topics import tax_systems, units

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


def _units_of(user: User) -> str:
    return ", ".join(member.unit.name for member in user.unit_memberships.all())


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


def _is_new_member(member: UnitMember | TeamMember, by: User | None) -> Iterable[Refusal]:
    if not member.user.is_employee or not member.user.is_active:
        yield Refusal(Code.INVALID_VALUE, ("user",), {"because": "employees_only"})
    place = {"unit": member.unit_id} if isinstance(member, UnitMember) else {"team": member.team_id}
    if type(member).objects.exclude(pk=member.pk).filter(user=member.user_id, **place).exists():
        yield Refusal(Code.DUPLICATE, ("user",), {"because": "member_already"})


def _receives_nothing(team: Team) -> Iterable[str]:
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
            Filter("kind", _("Kind"), lambda: UNIT_KIND, by_field("kind")),
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
        consequences=_receives_nothing,
        related=(Related("team-members", "team"), Related("triplet-teams", "team")),
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


def extend_people() -> None:
    """Tell of each employee where he belongs, and of each role which tax systems it may reach."""
    registry.extend(
        "employees",
        columns=(Column(_("Business units"), _units_of, less=True),),
        filters=(Filter("unit", _("Business unit"), units, by_field("unit_memberships__unit")),),
        related=(Related("unit-members", "user"), Related("team-members", "user")),
        rows=lambda rows: rows.prefetch_related("unit_memberships__unit"),
    )
    registry.extend("roles", choices={"tax_system": lambda: [("", _("Not by tax system")), *tax_systems()]})
