"""The routing tables of a day, as the pure engine reads them."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef

from ..models import (
    BusinessUnit,
    FixedUnitRule,
    LocalityMap,
    NsaRule,
    RealEstateFirstLineRule,
    Team,
    TeamMember,
    Triplet,
    TripletTeam,
)
from ..models.tables import TripletUnitRule
from ..rules.codes import UnitKind
from ..rules.facts import Link, LocalityRow, Tables, TeamRow, TripletFacts, UnitRow, plain


def triplet_facts(triplet: Triplet) -> TripletFacts:
    """The triplet as the engine reads it."""
    return TripletFacts(
        code=triplet.code,
        tax_system=triplet.tax_system_id,
        is_internal=triplet.is_internal,
        is_section17=triplet.is_section17,
        is_msm_topic=triplet.is_msm_topic,
        is_nsa=triplet.is_nsa,
    )


def tables_on(on: date, *, triplet: Triplet | None = None) -> Tables:
    """The tables valid on a day, whole or only what concerns one triplet; a constant number of queries."""
    teams = {
        team.code: TeamRow(team.code, team.unit.code, team.is_active, team.has_active_members)
        for team in Team.objects.select_related("unit").annotate(
            has_active_members=Exists(TeamMember.objects.filter(team=OuterRef("pk"), user__is_active=True))
        )
    }
    return Tables(
        units={u.code: UnitRow(u.code, UnitKind(u.kind), u.is_active) for u in BusinessUnit.objects.all()},
        teams=teams,
        links=_links(on, triplet),
        localities=_localities(on),
        nsa=_units_by_triplet(NsaRule, on, triplet),
        first_line=_units_by_triplet(RealEstateFirstLineRule, on, triplet),
        fixed=_units_by_triplet(FixedUnitRule, on, triplet),
        head_team=Team.objects.filter(is_head_team=True).values_list("code", flat=True).first(),
    )


def _links(on: date, triplet: Triplet | None) -> dict[str, tuple[Link, ...]]:
    rows = TripletTeam.objects.valid_on(on).order_by("team__code")
    if triplet is not None:
        rows = rows.filter(triplet=triplet)
    links = defaultdict[str, dict[str, bool]](dict)
    for triplet_code, team_code, is_default in rows.values_list("triplet__code", "team__code", "is_default_for_unit"):
        found = links[triplet_code]  # a team may be linked by two rows whose days overlap
        found[team_code] = found.get(team_code, False) or is_default
    return {code: tuple(Link(*link) for link in found.items()) for code, found in links.items()}


def _localities(on: date) -> dict[str, LocalityRow]:
    """Where two rows of a locality hold on one day, the later one counts."""
    rows = LocalityMap.objects.valid_on(on).order_by("valid_from")
    columns = ("locality", "income_tax_office__code", "vat_office__code", "msm_unit__code")
    return {plain(locality): LocalityRow(*offices) for locality, *offices in rows.values_list(*columns)}


def _units_by_triplet(table: type[TripletUnitRule], on: date, triplet: Triplet | None) -> dict[str, str]:
    rows = table.objects.valid_on(on).order_by("valid_from")
    if triplet is not None:
        rows = rows.filter(triplet=triplet)
    return dict(rows.values_list("triplet__code", "unit__code"))
