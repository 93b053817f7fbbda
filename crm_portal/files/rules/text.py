"""Plain text: how it is read, and what a table of it must not hold."""

import re

from .failures import Failure, Unclean

# A spreadsheet program starts another program for =cmd|'/c calc'!A0 (dynamic data exchange).
_DDE_CELL = re.compile(r"""(?:^|[,;\t])\s*"?\s*[=+\-@][^,;\t\r\n]*\|[^,;\t\r\n]*!""", re.MULTILINE)
_ENCODINGS = ("utf-8-sig", "cp1255")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decoded(content: bytes) -> str:
    """
    Read the text as Unicode or as the Hebrew code page of Windows.

    :raises Unclean: when it is neither, or holds control characters
    """
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            raise Unclean(Failure.TEXT_ENCODING, "control characters")
        return text
    raise Unclean(Failure.TEXT_ENCODING)


def check_table(text: str) -> None:
    """
    Refuse a table with a cell that starts a program.

    :raises Unclean: when there is one
    """
    if _DDE_CELL.search(text):
        raise Unclean(Failure.ACTIVE_CONTENT, "DDE")
