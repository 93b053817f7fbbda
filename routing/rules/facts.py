"""What the routing engine is told: the triplet, the customer's data, and the tables of the day (4.1, 4.6)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from .codes import Register, UnitKind

_LOOKALIKES = str.maketrans({"״": '"', "“": '"', "”": '"', "׳": "'", "’": "'", "־": "-", "–": "-", "—": "-"})
_OF_DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))


@dataclass(frozen=True, slots=True)
class TripletFacts:
    """The chosen triplet: its tax system and the flags that rules ask about."""

    code: str
    tax_system: str
    is_internal: bool = False
    is_section17: bool = False
    is_msm_topic: bool = False
    is_nsa: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One of the customer's tax files, as Shaam gives it."""

    tax_system: str
    file_number: str = ""
    file_type: str = ""
    is_active: bool = True
    annual_report_required: bool = False
    managing_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one decision rests on; the customer's data, not the representative's (4.6)."""

    triplet: TripletFacts
    tax_files: tuple[FileFacts, ...] = ()
    locality: str | None = None  # of the population register, never typed by the customer (CRM-7-c)
    vat_key_unit: str | None = None  # what the file-opening key answers
    registers_down: frozenset[Register] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitRow:
    code: str
    kind: UnitKind
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class TeamRow:
    code: str
    unit: str
    is_active: bool = True
    has_active_members: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A team that may handle a triplet."""

    team: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class LocalityRow:
    income_tax_office: str | None = None
    vat_office: str | None = None
    msm_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The routing tables as they hold on one day; keys are codes, localities are normalised by `plain`."""

    units: Mapping[str, UnitRow] = field(default_factory=dict)
    teams: Mapping[str, TeamRow] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    localities: Mapping[str, LocalityRow] = field(default_factory=dict)
    nsa: Mapping[str, str] = field(default_factory=dict)
    first_line: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    head_team: str | None = None

    def kind_of(self, unit: str) -> UnitKind | None:
        return self.units[unit].kind if unit in self.units else None

    def national_unit(self) -> str | None:
        """The active national unit; the first by code should there ever be two."""
        found = (u.code for u in self.units.values() if u.kind is UnitKind.NATIONAL_UNIT and u.is_active)
        return min(found, default=None)

    def locality(self, name: str | None) -> LocalityRow | None:
        return self.localities.get(plain(name)) if name else None


def plain(name: str) -> str:
    """A Hebrew name as it is compared: without differences of spaces, hyphens, quotation and direction marks."""
    text = unicodedata.normalize("NFKC", name).translate(_LOOKALIKES).translate(_OF_DIRECTION)
    return re.sub(r"[\s\-]+", " ", text).strip()
