"""
One line of a computation, as whoever it concerns reads it: what, by which formula, of which values.

A step holds no text but its key; the words in both languages are in the `labels.STEP` of the app whose rule made it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """How a step's value is written."""

    ILS = "ils"
    RATE = "rate"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a computation: what, by which formula, of which values, under which clause."""

    key: str  # of the words
    value: Decimal
    clause: str
    formula: str = ""  # with the names of `values`, left to right, as the law prints it: (B − E) × c
    values: tuple[tuple[str, Decimal], ...] = ()
    unit: Unit = Unit.ILS
