"""Which mobile numbers can be sent to."""

import re

_E164 = re.compile(r"\+[1-9]\d{7,14}")


def is_mobile(address: str) -> bool:
    """Whether it is a number with its country, as registration stores it: +972501234567."""
    return _E164.fullmatch(address) is not None
