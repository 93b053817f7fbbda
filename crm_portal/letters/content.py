"""What a letter says, as plain parts that the template sets; every number in them isolated from the text around it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from . import formulas

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
SHEKEL = "\u20aa"
PERCENT = Decimal(100)

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; `reference` are its number, its day and what else identifies it."""

    title: str
    sender: str
    department: str
    addressee: Sequence[str]
    reference: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    footer: str
    written_on: date
    language: str = "he"


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a computation as a letter shows it; its formula as it is printed, and the figures of its names."""

    label: str
    value: str
    clause: str = ""
    formula: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
    sums: bool = False  # the last row is the sum of those above


def ltr(value: object) -> str:
    """Keep a number, an identifier or Latin text together, left to right, inside any sentence."""
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"


def money(amount: Decimal) -> str:
    """`₪1,234`, the sign first and a true minus."""
    return ltr(f"{formulas.MINUS if amount < 0 else ''}{SHEKEL}{number(abs(amount))}")


def number(value: Decimal) -> str:
    """Thousands apart; no more decimals than the value has."""
    return formulas.number(value)


def percent(rate: Decimal) -> str:
    return ltr(f"{rate * PERCENT:.2f}%".replace("-", formulas.MINUS))


def day(value: date) -> str:
    return ltr(f"{value:%d.%m.%Y}")


def heading(text: object) -> Block:
    return {"kind": "heading", "text": str(text)}


def text(words: object) -> Block:
    return {"kind": "text", "text": str(words)}


def facts(rows: Iterable[tuple[object, object]]) -> Block:
    return {"kind": "facts", "rows": [[str(label), str(value)] for label, value in rows]}


def items(words: Iterable[object]) -> Block:
    return {"kind": "list", "items": [str(one) for one in words]}


def table(content: Table) -> Block:
    return {
        "kind": "table",
        "head": [str(one) for one in content.head],
        "rows": [[str(cell) for cell in row] for row in content.rows],
        "sums": content.sums,
    }


def steps(lines: Iterable[StepLine]) -> Block:
    rows = [
        {
            "label": line.label,
            "value": line.value,
            "clause": line.clause,
            "formula": formulas.as_math(line.formula),
            "formula_read": line.formula,
            "figures": formulas.as_math(line.formula, line.figures) if line.figures else "",
            "figures_read": formulas.as_read(line.formula, line.figures),
        }
        for line in lines
    ]
    return {"kind": "steps", "rows": rows}


def box(words: object, title: object = "") -> Block:
    return {"kind": "box", "title": str(title), "text": str(words)}
