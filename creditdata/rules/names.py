"""Whether two spellings are one name (CRD-1-e)."""

import re
import unicodedata

_QUOTES = str.maketrans({"׳": "'", "״": '"', "’": "'", "‘": "'", "`": "'", "”": '"', "“": '"', "־": "-", "–": "-"})
_SPACES = re.compile(r"\s+")


def same_name(one: str, other: str) -> bool:
    """Equal but for spaces, case and the forms of quotes and hyphens; anything more is for a person to judge."""
    return one == other or _plain(one) == _plain(other)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFC", name).translate(_QUOTES)
    return _SPACES.sub(" ", text.replace(" -", "-").replace("- ", "-")).strip().casefold()
