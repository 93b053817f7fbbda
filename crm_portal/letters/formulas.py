"""
A step's formula in typst's mathematics: `max(0, B − E) × c`, and the same with its figures.

Whatever is not a number, a name, an operator or a bracket is dropped, so nothing that stands in a formula is ever run.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

MINUS = "\u2212"
_TOKEN = re.compile(r"[A-Za-z_]+|Σ|\d+(?:\.\d+)?|[×÷−+(),]")
_NAMES = re.compile(r"([A-Za-z_]+)")
_OPERATORS = {"×": "times", "÷": "/", "−": "-", "+": "+", "(": "(", ")": ")", ",": ",", "Σ": "sum"}
_FUNCTIONS = frozenset({"min", "max", "round"})


def number(value: Decimal) -> str:
    """Thousands apart; no more decimals than the value has."""
    return f"{value.normalize():,f}".replace("-", MINUS) if value else "0"


def as_math(formula: str, values: Mapping[str, object] | None = None) -> str:
    """The formula; with `values`, their figures in the place of the names."""
    return " ".join(_parts(formula, values or {}))


def as_read(formula: str, values: Mapping[str, object]) -> str:
    """The formula with its figures, as somebody hears it who does not see it."""
    return "".join(_figure(values[part]).strip('"') if part in values else part for part in _NAMES.split(formula))


def _parts(formula: str, values: Mapping[str, object]) -> Iterator[str]:
    for token in _TOKEN.findall(formula):
        if token in _OPERATORS:
            yield _OPERATORS[token]
        elif token in values:
            yield _figure(values[token])
        elif token in _FUNCTIONS:
            yield f'op("{token}")'
        elif token[0].isdigit() or len(token) > 2:
            yield f'"{token}"'
        else:
            yield token if len(token) == 1 else f'{token[0]}_"{token[1]}"'


def _figure(value: object) -> str:
    try:
        shown = number(Decimal(str(value)))
    except InvalidOperation:
        return '"?"'
    return f'"{shown}"'
