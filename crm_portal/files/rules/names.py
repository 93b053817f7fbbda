"""The name of an uploaded file, made harmless but still the sender's."""

import unicodedata

LONGEST = 150


def safe_name(name: str) -> str:
    """
    The last part of a path, without what cannot be seen: control characters and those that turn the writing round.

    ``C:\\\\tmp\\\\invoice\\u202efdp.exe`` becomes ``invoicefdp.exe``. Hebrew and quotation marks stay.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if char.isspace() else char for char in last if char.isspace() or _is_seen(char))
    shown = " ".join(seen.split()).strip(". ")
    stem, dot, extension = shown.rpartition(".")
    if dot and len(extension) < LONGEST:
        return stem[: LONGEST - len(extension) - 1].rstrip() + dot + extension
    return shown[:LONGEST]


def _is_seen(char: str) -> bool:
    # Cc control, Cf format (bidirectional overrides, zero width), Cs surrogates, Co private use, Cn not assigned
    return not unicodedata.category(char).startswith("C")
