"""The gaps of the routing tables, each with the way to mend it (CRM-7-r)."""

from dataclasses import dataclass
from datetime import date

from .. import labels
from ..models import BusinessUnit, Triplet
from ..rules.codes import Cause, TaxSystemCode
from ..rules.completeness import Gap, GapKind
from .completeness import check


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap in words, and the table and fields of the row that would close it."""

    cause: str
    unit: BusinessUnit | None
    table: str
    preset: dict[str, int]


@dataclass(frozen=True, slots=True)
class Completeness:
    """What was checked on a day, and the gaps by triplet."""

    on: date
    triplets: int
    gaps: list[tuple[Triplet, list[GapLine]]]
    has_head_team: bool

    @property
    def count(self) -> int:
        return sum(len(lines) for _, lines in self.gaps) + (not self.has_head_team)


def completeness(on: date) -> Completeness:
    """Check the tables of a day."""
    result = check(on)
    triplets = {one.code: one for one in Triplet.objects.select_related("tax_system")} if result.gaps else {}
    units = {one.code: one for one in BusinessUnit.objects.all()} if result.gaps else {}
    by_triplet: dict[str, list[GapLine]] = {}
    for gap in result.gaps:
        if gap.kind is not GapKind.NO_HEAD_TEAM:
            by_triplet.setdefault(gap.triplet, []).append(_line(gap, triplets[gap.triplet], units.get(gap.unit)))
    return Completeness(
        on,
        result.triplets,
        [(triplets[code], lines) for code, lines in by_triplet.items()],
        has_head_team=all(gap.kind is not GapKind.NO_HEAD_TEAM for gap in result.gaps),
    )


def _line(gap: Gap, triplet: Triplet, unit: BusinessUnit | None) -> GapLine:
    cause = str(labels.CAUSE[Cause(gap.cause)])
    if gap.kind is GapKind.NO_TEAM:
        return GapLine(cause, unit, "triplet-teams", {"triplet": triplet.pk, **({"unit": unit.pk} if unit else {})})
    if triplet.is_nsa:
        table = "nsa-units"
    else:
        table = "first-lines" if triplet.tax_system_id == TaxSystemCode.REAL_ESTATE else "fixed-units"
    return GapLine(cause, None, table, {"triplet": triplet.pk})
