"""Whether every triplet has a team in each unit that its inquiries can reach (CRM-7-r)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from . import targets
from .codes import Cause, TaxSystemCode, UnitKind
from .facts import Facts, Tables, TripletFacts


class GapKind(StrEnum):
    NO_HEAD_TEAM = "no_head_team"
    NO_UNIT = "no_unit"  # the triplet needs a preset unit, or an office of its tax system, and there is none
    NO_TEAM = "no_team"  # the unit can be reached, but no team of it would receive the inquiry


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One thing that would send an inquiry to the head team for want of a table row."""

    kind: GapKind
    triplet: str = ""
    unit: str = ""
    cause: str = ""


def reachable_units(triplet: TripletFacts, tables: Tables, systems: dict[str, frozenset[str]]) -> set[str] | Cause:
    """
    The units an inquiry on this triplet can come to: by routing, by a call to an information centre, and in real
    estate by forwarding to an office. `systems` says which tax systems each unit serves.
    """
    serving = {u.code for u in tables.units.values() if u.is_active and triplet.tax_system in systems.get(u.code, ())}
    offices = {code for code in serving if tables.kind_of(code) is UnitKind.OFFICE}
    centres = {code for code in serving if tables.kind_of(code) is UnitKind.INFO_CENTRE}
    facts = Facts(triplet)
    if triplet.tax_system == TaxSystemCode.REAL_ESTATE:
        return _with(targets.first_line(facts, tables), centres | offices)
    if triplet.is_nsa:
        return _with(targets.nsa_unit(facts, tables), centres)
    rows = tables.localities.values()
    if triplet.tax_system == TaxSystemCode.INCOME_TAX:
        units = offices | {row.income_tax_office for row in rows if row.income_tax_office}
        if triplet.is_section17 or triplet.is_msm_topic:
            units |= {row.msm_unit for row in rows if row.msm_unit}
    elif triplet.tax_system == TaxSystemCode.VAT:
        units = offices | {row.vat_office for row in rows if row.vat_office}
    else:
        return _with(targets.fixed_unit(facts, tables), centres)
    return units | centres if units else Cause.NO_PRESET_UNIT


def _with(preset: targets.Target | Cause, others: set[str]) -> set[str] | Cause:
    return preset if isinstance(preset, Cause) else {preset.unit} | others


def gaps(triplets: Iterable[TripletFacts], tables: Tables, systems: dict[str, frozenset[str]]) -> list[Gap]:
    """Every gap of the tables, in a fixed order; internal triplets are the head team's or an HQ party's own matter."""
    found = [Gap(GapKind.NO_HEAD_TEAM)] if tables.head_team is None else []
    for triplet in sorted(triplets, key=lambda one: one.code):
        if triplet.is_internal:
            continue
        units = reachable_units(triplet, tables, systems)
        if isinstance(units, Cause):
            found.append(Gap(GapKind.NO_UNIT, triplet.code, cause=units.value))
            continue
        for unit in sorted(units):
            team = targets.team_inside(triplet.code, unit, tables)
            if isinstance(team, Cause):
                found.append(Gap(GapKind.NO_TEAM, triplet.code, unit, team.value))
    return found
