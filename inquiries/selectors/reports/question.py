"""What a report is asked: by whom, about which days, and narrowed to what; and how far the asker's sight reaches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from crm_portal.people.models import RoleGrant, User
from crm_portal.people.permissions import roles_allowed
from crm_portal.people.rules.roles import Role, Scope
from routing.models import BusinessUnit, TaxSystem, Team, Triplet
from routing.rules.codes import TaxSystemCode

from ...models import Channel
from ...rules.access import SEES_ALL, Action
from ..visibility import team_ids, unit_ids

_NOTHING = Q(pk__in=[])
_TOP_LEVEL = 3
_HEAD_TEAM_SYSTEMS = (TaxSystemCode.INCOME_TAX.value, TaxSystemCode.VAT.value)


@dataclass(frozen=True, slots=True)
class Question:
    """A report's filters; all hold together."""

    user: User
    since: date
    until: date
    unit: int | None = None
    team: int | None = None
    tax_system: str = ""
    triplet: int | None = None
    channel: str = ""
    by: str = ""  # what the table's rows are

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def before(self) -> "Question":
        """The same about as many days before these."""
        return replace(self, since=self.since - timedelta(days=self.days), until=self.since - timedelta(days=1))

    def narrowed(self, prefix: str = "") -> Q:
        """The condition on rows with `unit`, `team`, `triplet` and `channel`: in reach, and what was chosen."""
        chosen = {
            "unit": self.unit,
            "team": self.team,
            "triplet": self.triplet,
            "triplet__tax_system": self.tax_system,
            "channel": self.channel,
        }
        given = {f"{prefix}{field}": value for field, value in chosen.items() if value}
        return reach_of(self.user, prefix) & Q(**given)


def reach_of(user: User, prefix: str = "") -> Q:
    """The rows that go into this employee's reports: as far as a reporting role reaches, up to its level (4.2)."""
    reporting = roles_allowed(Action.VIEW_REPORTS)
    reach = _NOTHING
    for grant in user.grants:
        if Role(grant.role) not in reporting:
            continue
        rows = _rows_of(user, grant, prefix)
        if grant.level < _TOP_LEVEL:
            rows &= Q(**{f"{prefix}triplet__view_level__lte": grant.level})
        reach |= rows
    return reach


def _rows_of(user: User, grant: RoleGrant, prefix: str) -> Q:
    role, scope = Role(grant.role), Scope(grant.scope)
    if role in SEES_ALL or scope is Scope.ALL:
        return Q(pk__isnull=False)
    if role is Role.HEAD_TEAM_MEMBER:  # as its lists: income tax, VAT and what is with the head team
        return Q(**{f"{prefix}triplet__tax_system__in": _HEAD_TEAM_SYSTEMS}) | Q(
            **{f"{prefix}team__in": team_ids(user)}
        )
    if scope is Scope.TAX_SYSTEM:
        return Q(**{f"{prefix}triplet__tax_system": grant.tax_system})
    if scope is Scope.UNIT:
        return Q(**{f"{prefix}unit__in": unit_ids(user)})
    if scope is Scope.TEAM:
        return Q(**{f"{prefix}team__in": team_ids(user)})
    return _NOTHING  # a role over one's own inquiries reports on nobody


def is_local(user: User) -> bool:
    """Whether the reports of this employee are about his own units and teams only."""
    reporting = roles_allowed(Action.VIEW_REPORTS)
    grants = [grant for grant in user.grants if Role(grant.role) in reporting]
    return all(
        Scope(grant.scope) in (Scope.UNIT, Scope.TEAM) and Role(grant.role) not in SEES_ALL | {Role.HEAD_TEAM_MEMBER}
        for grant in grants
    )


def teams_in_reach(question: Question) -> Q:
    """The condition on teams themselves: no subject narrows them, so a reach by subject is a reach to all."""
    chosen = {"unit": question.unit, "pk": question.team}
    narrowed = Q(**{field: value for field, value in chosen.items() if value})
    if not is_local(question.user):
        return narrowed
    return narrowed & (Q(unit__in=unit_ids(question.user)) | Q(pk__in=team_ids(question.user)))


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in each filter, as (value, words)."""

    units: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]
    tax_systems: Sequence[tuple[str, str]]
    triplets: Sequence[tuple[str, str]]
    channels: Sequence[tuple[str, str]]


def choices_for(user: User) -> Choices:
    """The units and teams in this employee's reach, and the subjects up to his level."""
    units, teams = BusinessUnit.objects.all(), Team.objects.select_related("unit")
    if is_local(user):
        units = units.filter(pk__in=unit_ids(user))
        teams = teams.filter(Q(unit__in=unit_ids(user)) | Q(pk__in=team_ids(user)))
    level = user.level_for(roles_allowed(Action.VIEW_REPORTS))
    triplets = Triplet.objects.filter(view_level__lte=level)
    return Choices(
        units=[(str(unit.pk), unit.name) for unit in units],
        teams=[(str(team.pk), str(team)) for team in teams],
        tax_systems=list(TaxSystem.objects.values_list("code", "name")),
        triplets=[(str(triplet.pk), str(triplet)) for triplet in triplets],
        channels=list(Channel.objects.values_list("code", "name")),
    )
