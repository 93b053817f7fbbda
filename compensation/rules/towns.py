"""Towns of the annexes and how they are looked up (clauses 1.4 to 1.6, section 11)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .codes import Annex, LocationRow

_QUOTES = str.maketrans({"׳": "'", "’": "'", "`": "'", "״": '"', "”": '"', "“": '"'})
_GAPS = re.compile(r"[\s\-־–]+")
_ROWS = (
    (Annex.EVACUATED, LocationRow.EVACUATED),
    (Annex.THIRD_SCHEDULE, LocationRow.THIRD_SCHEDULE),
    (Annex.FOURTH_SCHEDULE, LocationRow.FOURTH_SCHEDULE),
    (Annex.SECOND_SCHEDULE, LocationRow.SECOND_SCHEDULE),
)
SPECIAL_AREA = frozenset({Annex.SECOND_SCHEDULE, Annex.FOURTH_SCHEDULE})  # contains the third (CMP-1.6-a)


@dataclass(frozen=True, slots=True)
class Town:
    """A town with the lists it is in; `is_border_settlement` is kept by the manager (CMP-7.1-a)."""

    name: str  # canonical
    annexes: frozenset[Annex] = frozenset()
    is_border_settlement: bool = False

    @property
    def row(self) -> LocationRow:
        """The most favourable row of the matrix (CMP-2.6-b)."""
        return next((row for annex, row in _ROWS if annex in self.annexes), LocationRow.REST)

    @property
    def is_special(self) -> bool:
        """Whether it lies in the special area (CMP-1.6-a)."""
        return bool(self.annexes & SPECIAL_AREA)


@dataclass(frozen=True, slots=True)
class Towns:
    """Every town that is known, by each of its spellings."""

    by_spelling: Mapping[str, Town]  # the keys as `spelling` writes them

    def find(self, name: str) -> Town | None:
        """The town of this name, in any spelling; None when it is unknown, which is never the same as REST."""
        return self.by_spelling.get(spelling(name))


def spelling(name: str) -> str:
    """A name as it is compared: trimmed, one kind of geresh and gershayim, hyphens and gaps as one space (annex B)."""
    return _GAPS.sub(" ", name.translate(_QUOTES)).strip()
