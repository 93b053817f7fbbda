"""Phone numbers as people type them, kept as E.164."""

import phonenumbers

from crm_portal.errors import Code, refuse

REGION = "IL"
_MOBILES = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def e164(typed: str, *, field: str = "phone", mobile: bool = False) -> str:
    """
    Read a phone number; without a country code it is an Israeli one.

    :raises Refused: INVALID_VALUE at `field` when it is no possible number, or no mobile where one is needed
    """
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise refuse(Code.INVALID_VALUE, field, because="mobile" if mobile else "phone")
    if mobile and phonenumbers.number_type(number) not in _MOBILES:
        raise refuse(Code.INVALID_VALUE, field, because="mobile")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(number: str) -> str:
    """Show a kept number as it is written in Israel; one that cannot be read is shown as it is."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    is_ours = phonenumbers.region_code_for_number(parsed) == REGION
    return phonenumbers.format_number(parsed, form.NATIONAL if is_ours else form.INTERNATIONAL)
