from .decisions import RoutingDecision
from .tables import FixedUnitRule, LocalityMap, NsaRule, RealEstateFirstLineRule, TripletTeam
from .topics import TaxSystem, Triplet
from .units import BusinessUnit, Team, TeamMember, UnitMember

__all__ = [
    "BusinessUnit",
    "FixedUnitRule",
    "LocalityMap",
    "NsaRule",
    "RealEstateFirstLineRule",
    "RoutingDecision",
    "TaxSystem",
    "Team",
    "TeamMember",
    "Triplet",
    "TripletTeam",
    "UnitMember",
]
