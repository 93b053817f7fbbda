"""Where each rule of 4.6 sends, and which team of the unit receives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .codes import Cause, Register, UnitKind
from .conditions import dealer_files, reporting_files
from .facts import Facts, FileFacts, Tables

FIRST_LINES = frozenset({UnitKind.NATIONAL_UNIT, UnitKind.INFO_CENTRE})  # CRM-7-k: never an office


@dataclass(frozen=True, slots=True)
class Target:
    """A unit; with the team where the rule names the team itself, and what the explanation should mention."""

    unit: str
    team: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)


def hq_team(facts: Facts, tables: Tables) -> Target | Cause:
    """The HQ team linked to an internal triplet, or the head team where the triplet is its own (CRM-7-l..n)."""
    links = sorted(tables.links.get(facts.triplet.code, ()), key=lambda link: (not link.is_default, link.team))
    at_hq = [tables.teams[link.team] for link in links if tables.kind_of(tables.teams[link.team].unit) is UnitKind.HQ]
    for team in at_hq:
        if team.is_active and team.has_active_members and tables.units[team.unit].is_active:
            return Target(team.unit, team.code)
    head = tables.head_team
    if head is not None and not at_hq and any(link.team == head for link in links):
        return Target(tables.teams[head].unit, head)
    return Cause.HQ_NOT_CONNECTED


def first_line(facts: Facts, tables: Tables) -> Target | Cause:
    """The unit preset for a real-estate triplet, else the national unit (CRM-7-k)."""
    preset = tables.first_line.get(facts.triplet.code)
    if preset is not None and tables.kind_of(preset) in FIRST_LINES:
        return Target(preset)
    return _preset(tables.national_unit())


def nsa_unit(facts: Facts, tables: Tables) -> Target | Cause:
    return _preset(tables.nsa.get(facts.triplet.code))


def fixed_unit(facts: Facts, tables: Tables) -> Target | Cause:
    return _preset(tables.fixed.get(facts.triplet.code))


def msm_of_address(facts: Facts, tables: Tables) -> Target | Cause:
    row = tables.locality(facts.locality)
    if row is None or row.msm_unit is None:
        return Cause.UNMAPPED_LOCALITY
    return Target(row.msm_unit, details={"locality": facts.locality})


def office_of_reporting_file(facts: Facts, tables: Tables) -> Target | Cause:
    return _office_of_file(reporting_files(facts))


def office_of_dealer_file(facts: Facts, tables: Tables) -> Target | Cause:
    return _office_of_file(dealer_files(facts))


def office_of_address(facts: Facts, tables: Tables) -> Target | Cause:
    """The income-tax office of the registered address (CRM-7-c)."""
    if Register.POPULATION in facts.registers_down:
        return Cause.REGISTER_DOWN
    if not facts.locality:
        return Cause.NO_ADDRESS
    row = tables.locality(facts.locality)
    if row is None or row.income_tax_office is None:
        return Cause.UNMAPPED_LOCALITY
    return Target(row.income_tax_office, details={"locality": facts.locality})


def office_of_key(facts: Facts, tables: Tables) -> Target | Cause:
    """The VAT office that the file-opening key answers; the key is asked with the registered address (CRM-7-j)."""
    if Register.VAT_KEY in facts.registers_down:
        return Cause.REGISTER_DOWN
    if facts.vat_key_unit:
        return Target(facts.vat_key_unit)
    if Register.POPULATION in facts.registers_down:
        return Cause.REGISTER_DOWN
    if not facts.locality:
        return Cause.NO_ADDRESS
    return Cause.NO_KEY_ANSWER if tables.locality(facts.locality) else Cause.UNMAPPED_LOCALITY


def team_inside(triplet: str, unit: str, tables: Tables) -> str | Cause:
    """The triplet's default team in the unit, else its only team there (end of 4.6); only living teams count."""
    if unit not in tables.units or not tables.units[unit].is_active:
        return Cause.UNIT_CLOSED
    links = [link for link in tables.links.get(triplet, ()) if tables.teams[link.team].unit == unit]
    living = [link for link in links if tables.teams[link.team].is_active]
    for link in living:
        if link.is_default:
            return link.team
    if len(living) == 1:
        return living[0].team
    return Cause.TEAM_DISSOLVED if len(living) < len(links) else Cause.NO_TEAM


def _preset(unit: str | None) -> Target | Cause:
    return Cause.NO_PRESET_UNIT if unit is None else Target(unit)


def _office_of_file(files: list[FileFacts]) -> Target | Cause:
    """Of several files the first decides, and the explanation says so (CRM-7-d)."""
    first = files[0]
    if first.managing_unit is None:
        return Cause.FILE_WITHOUT_OFFICE
    return Target(first.managing_unit, details={"file": first.file_number, "files": len(files)})
