"""Who a row is about: the key of a data subject, who is always an individual (regulation 1)."""

import re
from collections.abc import Iterator
from typing import Any

from crm_portal.people.rules.identity_numbers import has_right_check_digit, is_company, padded

from .codes import INDIVIDUAL, IdNumberKind
from .preconditions import Fault
from .reasons import Reason

_NINE_DIGITS = re.compile(r"(?!0{9})[0-9]{9}")
_PASSPORT = re.compile(r"[A-Z0-9/]{3,32}")

SubjectKey = tuple[IdNumberKind, str, str]  # kind, number, country (CRD-1-e)


def subject_faults(values: dict[str, Any], *, has_country: bool) -> Iterator[Fault]:
    """
    What is wrong with the key among a row's values, whose number is written as it is kept: left zeros, capitals.

    `has_country` tells whether a country was given, be it one that cannot be read.
    """
    kind, number = values.get("id_kind"), values.get("id_number")
    if kind is None:
        return
    if kind not in INDIVIDUAL:
        yield "id_kind", Reason.SUBJECT_NOT_INDIVIDUAL  # CRD-1-c
    elif kind is IdNumberKind.FOREIGN_PASSPORT:
        if not has_country:
            yield "id_country", Reason.FIELD_MISSING
        if number is not None:
            values["id_number"] = number.upper()
            if not _PASSPORT.fullmatch(values["id_number"]):
                yield "id_number", Reason.ID_NUMBER_INVALID
    else:
        if "id_country" in values:
            yield "id_country", Reason.FIELD_NOT_ALLOWED
        if number is not None:
            values["id_number"] = padded(number)
            yield from _nine_digits(values["id_number"])


def _nine_digits(number: str) -> Iterator[Fault]:
    """The number of a resident, or of a resident of the area (CRD-1-a)."""
    if not _NINE_DIGITS.fullmatch(number) or not has_right_check_digit(number):
        yield "id_number", Reason.ID_NUMBER_INVALID
    elif is_company(number):
        yield "id_number", Reason.SUBJECT_NOT_INDIVIDUAL
