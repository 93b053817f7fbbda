"""Routing's own reference data: the tables of 10.1 and 10.2, from the JSON files in `routing/reference/`."""

from fnmatch import fnmatchcase
from pathlib import Path

from ..models import (
    BusinessUnit,
    FixedUnitRule,
    LocalityMap,
    NsaRule,
    RealEstateFirstLineRule,
    TaxSystem,
    Team,
    Triplet,
    TripletTeam,
)
from ..rules.codes import TaxSystemCode
from .reference import Loaded, load_table, read

FOLDER = Path(__file__).resolve().parent.parent / "reference"
_OFFICES = ("income_tax_office", "vat_office", "msm_unit")


def load(overwrite: bool) -> Loaded:
    """Tax systems, units, teams, triplets, localities, and who handles what."""
    loaded = load_table(TaxSystem.objects, read(FOLDER, "tax_systems"), key=("code",), overwrite=overwrite)
    loaded += _units(overwrite)
    units = {unit.code: unit for unit in BusinessUnit.objects.all()}
    teams = [{**row, "unit": units[row["unit"]]} for row in read(FOLDER, "teams")]
    loaded += load_table(Team.objects, teams, key=("code",), overwrite=overwrite)
    localities = [
        {**row, **{office: units.get(row[office]) for office in _OFFICES}} for row in read(FOLDER, "localities")
    ]
    loaded += load_table(LocalityMap.objects, localities, key=("locality",), overwrite=overwrite)
    return loaded + _triplets(overwrite, units)


def _units(overwrite: bool) -> Loaded:
    rows = read(FOLDER, "units")
    systems = {row["code"]: row.pop("tax_systems") for row in rows}
    new = systems.keys() - set(BusinessUnit.objects.values_list("code", flat=True))
    loaded = load_table(BusinessUnit.objects, rows, key=("code",), overwrite=overwrite)
    for unit in BusinessUnit.objects.filter(code__in=systems if overwrite else new):
        unit.tax_systems.set(systems[unit.code])
    return loaded


def _triplets(overwrite: bool, units: dict[str, BusinessUnit]) -> Loaded:
    """The triplets, the teams linked to each (by patterns of team codes), and the unit preset for some."""
    rows = read(FOLDER, "triplets")
    links = {row["code"]: (row.pop("teams"), row.pop("default_teams", ["*"]), row.pop("unit", None)) for row in rows}
    for row in rows:
        row["tax_system_id"] = row.pop("tax_system")
    loaded = load_table(Triplet.objects, rows, key=("code",), overwrite=overwrite)
    triplets = {triplet.code: triplet for triplet in Triplet.objects.filter(code__in=links)}
    teams = list(Team.objects.select_related("unit").order_by("code"))
    there = set(TripletTeam.objects.values_list("triplet", "team"))
    defaults = set(TripletTeam.objects.filter(is_default_for_unit=True).values_list("triplet", "unit"))
    new: list[TripletTeam] = []
    for code, (patterns, default_patterns, unit) in links.items():
        triplet = triplets[code]
        for team in teams:
            if not _fits(team, patterns):
                continue
            if (triplet.pk, team.pk) in there:
                loaded += Loaded(kept=1)
                continue
            is_default = _fits(team, default_patterns) and (triplet.pk, team.unit_id) not in defaults
            new.append(TripletTeam(triplet=triplet, team=team, unit=team.unit, is_default_for_unit=is_default))
        if unit is not None:
            preset = [{"triplet": triplet, "unit": units[unit]}]
            loaded += load_table(_preset_table(triplet).objects, preset, key=("triplet",), overwrite=overwrite)
    return loaded + Loaded(created=len(TripletTeam.objects.bulk_create(new)))


def _preset_table(triplet: Triplet) -> type[NsaRule | RealEstateFirstLineRule | FixedUnitRule]:
    if triplet.is_nsa:
        return NsaRule
    return RealEstateFirstLineRule if triplet.tax_system_id == TaxSystemCode.REAL_ESTATE else FixedUnitRule


def _fits(team: Team, patterns: list[str]) -> bool:
    return any(fnmatchcase(team.code, pattern) for pattern in patterns)
