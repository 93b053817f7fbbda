"""The gaps of the routing tables as they stand in the database."""

from dataclasses import dataclass
from datetime import date

from ..models import BusinessUnit, Triplet
from ..rules import completeness
from ..rules.completeness import Gap
from .tables import tables_on, triplet_facts


@dataclass(frozen=True, slots=True)
class Check:
    """How many triplets were checked on a day, and what is missing."""

    triplets: int
    gaps: list[Gap]


def check(on: date) -> Check:
    """Check every active triplet that customers may choose against the tables of a day (CRM-7-r)."""
    triplets = [triplet_facts(triplet) for triplet in Triplet.objects.for_customers()]
    units = BusinessUnit.objects.prefetch_related("tax_systems")
    systems = {unit.code: frozenset(system.code for system in unit.tax_systems.all()) for unit in units}
    return Check(len(triplets), completeness.gaps(triplets, tables_on(on), systems))
