"""The numbers people and companies are known by (CRM-2.1.1-b): nine digits, the last of them a check digit."""

import re

from crm_portal.errors import Code, refuse

CLAUSE = "2.1.1"
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # direction marks that come with pasted text
_SEPARATORS = re.compile(r"[\s\-.]+")


def normalise(typed: str, *, field: str = "id_number") -> str:
    """
    Read an identity or company number as people type it: leading zeros left out, spaces, hyphens.

    :raises Refused: INVALID_VALUE at `field` when it is not a number, too long, or its check digit is wrong
    """
    number = _bare(typed)
    if not number:
        raise refuse(Code.FIELD_REQUIRED, field, clause=CLAUSE)
    if not (number.isascii() and number.isdecimal()) or len(number) > 9 or not int(number):
        raise refuse(Code.INVALID_VALUE, field, clause=CLAUSE, because="id_number")
    number = padded(number)
    if not has_right_check_digit(number):
        raise refuse(Code.INVALID_VALUE, field, clause=CLAUSE, because="check_digit")
    return number


def padded(typed: str) -> str:
    """The nine digits of a number as people type it; whether it is one is `normalise`'s question."""
    return _bare(typed).zfill(9)


def has_right_check_digit(number: str) -> bool:
    """Whether nine digits, weighted 1 and 2 in turn with two-digit products summed, come to a multiple of ten."""
    return sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(number)) % 10 == 0


def is_company(number: str) -> bool:
    """Whether a normalised number is of the kind the registrar of companies gives: it begins with 5."""
    return number.startswith("5")


def normalise_foreign(country: str, typed: str) -> tuple[str, str]:
    """
    Read the country (ISO 3166, two letters) and the passport or registration number of a foreign resident.

    :raises Refused: INVALID_VALUE at `country` or `foreign_number`
    """
    country, number = country.strip().upper(), _bare(typed).upper()
    if not re.fullmatch(r"[A-Z]{2}", country) or country == "IL":
        raise refuse(Code.INVALID_VALUE, "country", clause=CLAUSE, because="country")
    if not number:
        raise refuse(Code.FIELD_REQUIRED, "foreign_number", clause=CLAUSE)
    if not re.fullmatch(r"[A-Z0-9/]{3,32}", number):
        raise refuse(Code.INVALID_VALUE, "foreign_number", clause=CLAUSE, because="foreign_number")
    return country, number


def _bare(typed: str) -> str:
    return _SEPARATORS.sub("", _INVISIBLE.sub("", typed))
