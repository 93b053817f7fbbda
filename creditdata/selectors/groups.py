"""What a group of cases is to the command `assess creditdata`: a function of a case, and the keys that it fills in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from crm_portal.errors import Refusal
from crm_portal.facts import Facts, InvalidInput

from .calendars import Calendars

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the document."""

    answer: Callable[[Facts, Calendars], Mapping[str, Any]]  # as JSON has it; raises InvalidInput
    keys: tuple[str, ...]  # of the answer; a case that comes with them gets them anew
    completes: Callable[[Facts, Mapping[str, Any]], Mapping[str, Any]] | None = (
        None  # a case, by others of the document
    )
    is_one: bool = False  # the document may have one case in place of a list


def stop_at(refusals: Iterable[Refusal | None]) -> None:
    """
    Go on when there is nothing to refuse.

    :raises InvalidInput: with the first refusal
    """
    for refusal in refusals:
        if refusal is not None:
            raise InvalidInput(refusal.code, refusal.fields[0], **refusal.details)


def money(amount: Decimal) -> str:
    """A sum as the document writes it: NIS with two decimals."""
    return f"{amount.quantize(CENT, ROUND_HALF_UP):f}"
