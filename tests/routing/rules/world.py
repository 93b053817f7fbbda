"""A small world for the rules: triplets of every sort, the units of clause 7, and a team for each."""

from dataclasses import replace

from routing.rules.codes import UnitKind
from routing.rules.facts import FileFacts, Link, LocalityRow, Tables, TeamRow, TripletFacts, UnitRow

REFUND = TripletFacts("refund", "income_tax", is_msm_topic=True)
GRANT = TripletFacts("grant", "income_tax")
MEDICAL = TripletFacts("medical", "income_tax", is_section17=True)
HEARING = TripletFacts("hearing", "income_tax", is_nsa=True)
DEALER = TripletFacts("dealer", "vat")
ASSESSMENT = TripletFacts("assessment", "real_estate")
CERTIFICATE = TripletFacts("certificate", "real_estate")
DEDUCTIONS = TripletFacts("deductions", "deductions")
PROVIDENT = TripletFacts("provident", "income_tax", is_internal=True)
UNDECIDED = TripletFacts("undecided", "real_estate", is_internal=True)
TRIPLETS = (REFUND, GRANT, MEDICAL, HEARING, DEALER, ASSESSMENT, CERTIFICATE, DEDUCTIONS, PROVIDENT, UNDECIDED)

_UNITS = {
    "it-a": UnitKind.OFFICE, "it-b": UnitKind.OFFICE, "vat-a": UnitKind.OFFICE, "vat-b": UnitKind.OFFICE,
    "re-a": UnitKind.OFFICE, "msm": UnitKind.MSM, "nsa": UnitKind.NSA, "national": UnitKind.NATIONAL_UNIT,
    "haifa": UnitKind.INFO_CENTRE, "hq": UnitKind.HQ, "service": UnitKind.SERVICE_DIVISION,
}  # fmt: skip
_TEAMS = [
    *((f"{unit}-{name}", unit) for unit in ("it-a", "it-b") for name in ("section17", "general")),
    *((f"{unit}-team", unit) for unit in ("vat-a", "vat-b", "re-a", "msm", "nsa", "national", "haifa", "hq")),
    ("head", "service"),
]
_SECTION17 = ("it-a-section17", "it-b-section17", "msm-team")
_LINKS = {
    "refund": _SECTION17, "medical": _SECTION17, "grant": ("it-a-general", "it-b-general"), "hearing": ("nsa-team",),
    "dealer": ("vat-a-team", "vat-b-team"), "assessment": ("national-team", "haifa-team", "re-a-team"),
    "certificate": ("national-team", "haifa-team", "re-a-team"), "deductions": ("it-a-general",),
    "provident": ("hq-team",), "undecided": ("head",),
}  # fmt: skip

TABLES = Tables(
    units={code: UnitRow(code, kind) for code, kind in _UNITS.items()},
    teams={code: TeamRow(code, unit) for code, unit in _TEAMS},
    links={triplet: tuple(Link(team, is_default=True) for team in teams) for triplet, teams in _LINKS.items()},
    localities={
        "town a": LocalityRow("it-a", "vat-a"),
        "town b": LocalityRow("it-b", "vat-b"),
        "msm town": LocalityRow("it-b", "vat-b", "msm"),
    },
    nsa={"hearing": "nsa"},
    first_line={"certificate": "haifa"},
    fixed={"deductions": "it-a"},
    head_team="head",
)


def reporting(unit: str | None = "it-a", number: str = "0100", **more: object) -> FileFacts:
    """An active income-tax file on which an annual report is due."""
    given = {"annual_report_required": True, "file_type": "20", **more}
    return FileFacts("income_tax", number, managing_unit=unit, **given)


def dealer(unit: str | None = "vat-a", number: str = "0200", **more: object) -> FileFacts:
    """A VAT dealer file."""
    return FileFacts("vat", number, managing_unit=unit, **more)


def with_team(code: str, tables: Tables = TABLES, **changes: object) -> Tables:
    return replace(tables, teams={**tables.teams, code: replace(tables.teams[code], **changes)})


def with_links(triplet: str, *links: Link, tables: Tables = TABLES) -> Tables:
    return replace(tables, links={**tables.links, triplet: links})
