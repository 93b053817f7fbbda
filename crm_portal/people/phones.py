"""Phone numbers as people type them, kept as E.164."""

import re

import phonenumbers

from crm_portal.errors import Code, refuse

REGION, PREFIX = "IL", 972
ISRAELI_MOBILE = re.compile(r"5\d{8}")  # every range: the library's list of ranges in use is behind the operators
_MOBILES = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def e164(typed: str, *, field: str = "phone", mobile: bool = False) -> str:
    """
    Read a phone number; without a country code it is an Israeli one.

    :raises Refused: INVALID_VALUE at `field` when it is no number, or no mobile where one is needed
    """
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not (_is_mobile(number) or (not mobile and phonenumbers.is_valid_number(number))):
        raise refuse(Code.INVALID_VALUE, field, because="mobile" if mobile else "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(number: str) -> str:
    """Show a kept number as it is written in Israel; one that cannot be read is shown as it is."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if parsed.country_code == PREFIX else form.INTERNATIONAL)


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    if number.country_code == PREFIX:
        return ISRAELI_MOBILE.fullmatch(str(number.national_number)) is not None
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _MOBILES
