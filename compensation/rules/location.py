"""Where a claimant is: located and registered in the special area, or in one of them only (clauses 1.6 and 1.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .assessment import Finding
from .codes import Annex
from .programme import Programme
from .reading import Facts, known_town
from .reasons import Reason
from .towns import Town


class Place(StrEnum):
    INSIDE = "inside"
    OUTSIDE = "outside"
    MISMATCH = "mismatch"  # only one of the two is inside: never decided by the machine (CMP-1.7-a)


@dataclass(frozen=True, slots=True)
class Location:
    """The two towns of a claimant; None when a case does not name it, which then stands inside."""

    business: Town | None
    registered: Town | None

    @property
    def place(self) -> Place:
        """Where the business is with regard to the special area."""
        inside = {town is None or town.is_special for town in (self.business, self.registered)}
        if len(inside) > 1:
            return Place.MISMATCH
        return Place.INSIDE if inside == {True} else Place.OUTSIDE


def read(facts: Facts, programme: Programme, *names: str) -> Location:
    """The towns of a case; a registered town that is not named equals the town of the business."""
    business = None
    for name in names or ("business_town",):
        business = facts.town(name, programme.towns, business)
    return Location(business, facts.town("registered_town", programme.towns, business))


def findings(location: Location, outside: Reason, clause: str) -> tuple[Finding, ...]:
    """What a track of the special area says of it: refused outside, examined by hand when the two do not match."""
    if location.place is Place.INSIDE:
        return ()
    if location.place is Place.MISMATCH:
        return (Finding(Reason.GEN_LOCATION_REGISTRATION_MISMATCH, "CMP-1.7-a", "registered_town", is_final=False),)
    return (Finding(outside, clause, "business_town"),)


def towns_of(facts: Facts, name: str, programme: Programme) -> tuple[Town, ...]:
    """The towns of a list, of names or of rows that have a `town`."""
    found = []
    for place, item in enumerate(facts.items(name)):
        row = item if isinstance(item, Mapping) else {"town": item}
        town = Facts(row, f"{facts.where(name)}.{place}").text("town")
        found.append(known_town(town, programme.towns, f"{facts.where(name)}.{place}.town"))
    return tuple(found)


def in_area(towns: Iterable[Town]) -> tuple[Town, ...]:
    """Those that lie in the special area or were evacuated (CMP-2.6-f)."""
    return tuple(town for town in towns if town.is_special or Annex.EVACUATED in town.annexes)
