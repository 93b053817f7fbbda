"""The names that a case of `manage.py route` may use."""

from ..models import BusinessUnit, TaxSystem, Triplet
from ..rules.cases import Catalogue, levels_key
from ..rules.facts import TripletFacts, plain
from .tables import triplet_facts


def catalogue() -> Catalogue:
    """Every triplet, unit and tax system, by code and by Hebrew name."""
    triplets: dict[str, TripletFacts] = {}
    inactive: set[str] = set()
    for triplet in Triplet.objects.order_by("is_active"):  # where levels repeat, the one in use counts
        keys = {plain(triplet.code), levels_key(triplet.main_topic, triplet.sub_topic, triplet.detail)}
        if triplet.is_active:
            triplets |= dict.fromkeys(keys, triplet_facts(triplet))
            inactive -= keys
        else:
            inactive |= keys
    units = BusinessUnit.objects.values_list("code", "name")
    systems = TaxSystem.objects.values_list("code", "name")
    return Catalogue(
        triplets=triplets,
        inactive=frozenset(inactive),
        units={plain(word): code for code, name in units for word in (name, code)},
        tax_systems={plain(word): code for code, name in systems for word in (name, code)},
    )
