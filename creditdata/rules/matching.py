"""How many pairs can be made when each of two sides may be used once (bipartite matching)."""

from collections.abc import Hashable, Iterable, Mapping


def matched(choices: Mapping[Hashable, Iterable[Hashable]], enough: int) -> int:
    """
    The most that get one of their choices each, none of which serves two; counted up to `enough`.

    Each is tried in turn, and whoever is in its way moves on to another choice if he can (augmenting paths). At most
    `enough` are served at any moment, so a path is never longer than that.
    """
    serves: dict[Hashable, Hashable] = {}

    def finds(one: Hashable, tried: set[Hashable]) -> bool:
        for choice in choices[one]:
            if choice not in tried:
                tried.add(choice)
                if choice not in serves or finds(serves[choice], tried):
                    serves[choice] = one
                    return True
        return False

    found = 0
    for one in choices:
        if found == enough:
            break
        found += finds(one, set())
    return found
