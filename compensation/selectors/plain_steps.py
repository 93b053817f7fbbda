"""The steps of a computation as it was stored: the words of its language, its figures as numbers."""

from dataclasses import dataclass
from decimal import Decimal

from ..models import Computation


@dataclass(frozen=True, slots=True)
class PlainStep:
    """A step of a stored computation; the words are those that were stored with it (CMP-4.6-ag)."""

    words: str
    value: Decimal
    unit: str
    clause: str
    formula: str
    values: dict[str, str]


def steps_of(computation: Computation, language: str) -> list[PlainStep]:
    """The steps, in their order."""
    return [
        PlainStep(
            words=step["label"][language],
            value=Decimal(step["value"]),
            unit=step["unit"],
            clause=step["clause"],
            formula=step["formula"],
            values=step["values"],
        )
        for step in computation.result.get("steps", [])
    ]
