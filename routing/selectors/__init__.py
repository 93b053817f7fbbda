"""Questions to routing: who belongs where, which teams and triplets there are, the tables of a day."""

from .memberships import (
    coordinated_teams,
    default_team,
    head_team,
    is_connected,
    receiving_team,
    teams_for_triplet,
    teams_of,
    units_of,
)
from .tables import tables_on, triplet_facts
from .triplets import choose, of_levels, selectable_triplets

__all__ = [
    "choose",
    "coordinated_teams",
    "default_team",
    "head_team",
    "is_connected",
    "of_levels",
    "receiving_team",
    "selectable_triplets",
    "tables_on",
    "teams_for_triplet",
    "teams_of",
    "triplet_facts",
    "units_of",
]
