"""What a group of cases is to the command `assess creditdata`: a function of a case, and the keys that it fills in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from crm_portal.facts import Facts

from .calendars import Calendars

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the document."""

    answer: Callable[[Facts, Calendars], Mapping[str, Any]]  # as JSON has it; raises InvalidInput
    keys: tuple[str, ...]  # of the answer; a case that comes with them gets them anew


def money(amount: Decimal) -> str:
    """A sum as the document writes it: NIS with two decimals."""
    return f"{amount.quantize(CENT, ROUND_HALF_UP):f}"
