"""The facts of a compensation case: those that any case may have, and towns."""

from crm_portal import facts
from crm_portal.facts import InvalidInput

from .reasons import Reason
from .towns import Town, Towns


class Facts(facts.Facts):
    """The named facts of one case or of a part of it."""

    __slots__ = ()

    def town(self, name: str, towns: Towns, default: Town | None = None) -> Town | None:
        """
        A town, in any spelling.

        :raises InvalidInput: when no list knows it, which is never the same as the rest of the country (annex B)
        """
        given = self.text(name)
        if not given and not self.has(name):
            return default
        return known_town(given, towns, self.where(name))


def known_town(name: str, towns: Towns, where: str) -> Town:
    """A town by its name; refused with GEN_UNKNOWN_TOWN when no list knows it."""
    town = towns.find(name)
    if town is None:
        raise InvalidInput(Reason.GEN_UNKNOWN_TOWN, where, town=name)
    return town
