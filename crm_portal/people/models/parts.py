"""
Finding a part anywhere in a text (clause 3.3, `*`): an index of all that stands in it, three characters at a time.

It is made of what every PostgreSQL has, as `pg_trgm` is an extension that not every server offers. By its parts a text
is only narrowed down to; it must still be compared itself.
"""

from typing import Any, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Model, QuerySet, TextField

LENGTH = 3  # of a part; a shorter text has none
_M = TypeVar("_M", bound=Model)


class Parts(Func):
    """The parts of some columns; the expression of an index, and of the condition that uses it."""

    function = "parts_of_texts"
    output_field: Any = ArrayField(TextField())


def parts_of(text: str) -> list[str]:
    """The parts of a text, each once; the database's own function for the columns says the same."""
    return sorted({text[place : place + LENGTH] for place in range(len(text) - LENGTH + 1)})


def having_parts(rows: QuerySet[_M], text: str, columns: tuple[str, ...]) -> QuerySet[_M]:
    """The rows that may have the text in one of these columns, which must be those of the model's index of parts."""
    parts = parts_of(text)
    if not parts:
        return rows
    return cast("QuerySet[_M]", rows.alias(parts=Parts(*columns)).filter(parts__contains=parts))
