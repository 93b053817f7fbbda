"""What the database's own rules say of a row, as refusals at its fields."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from crm_portal.errors import Code, Refusal

EMPTY = frozenset({"required", "blank", "null"})
TWICE = frozenset({"unique", "unique_together"})


def invalid_fields(row: Any, names: Iterable[str]) -> Iterator[Refusal]:
    """Every value, among the fields of these names, that its field does not take."""
    others = {field.name for field in row._meta.fields} - set(names)
    return _refusals(row, lambda: row.clean_fields(exclude=others))


def invalid_whole(row: Any) -> Iterator[Refusal]:
    """What the row breaks together with others: names that are taken, and the table's constraints."""

    def check() -> None:
        row.validate_unique()
        row.validate_constraints()

    return _refusals(row, check)


def _refusals(row: Any, check: Callable[[], None]) -> Iterator[Refusal]:
    try:
        check()
    except ValidationError as invalid:
        for name, errors in invalid.error_dict.items():
            for error in errors:
                yield Refusal(_code(error), () if name == NON_FIELD_ERRORS else (name,), _details(row, error))


def _code(error: ValidationError) -> Code:
    if error.code in EMPTY:
        return Code.FIELD_REQUIRED
    return Code.DUPLICATE if error.code in TWICE else Code.INVALID_VALUE


def _details(row: Any, error: ValidationError) -> dict[str, object]:
    if error.code in TWICE:
        return {"because": "taken"}
    ends = getattr(row, "valid_until", None)
    return {"because": "dates_reversed"} if ends is not None and ends < row.valid_from else {}
