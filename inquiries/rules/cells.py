"""What a cell of an exported table may hold."""

# A spreadsheet takes a cell that begins so for a formula, also after blanks and in the wide form of the sign.
_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def neutral(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would otherwise reckon with it (CRM-3.1-d)."""
    plain = text.replace("\0", "")
    if plain[:1] in _BEGINS_A_FORMULA or plain.lstrip()[:1] in _BEGINS_A_FORMULA:
        return f"'{plain}" if plain else ""
    return plain
