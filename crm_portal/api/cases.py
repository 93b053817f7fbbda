"""
Cases that a command reads from a JSON file, each of them whatever it may be.

They stand in one list, `{"cases": [...]}`, or in groups, `{"deadlines": [...], ...}`.
"""

import json
import math
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

_LONGEST = 400  # digits of a whole number; a longer one stays a decimal, which no rule accepts


def read_cases(file: str, *, shape: str, exact: bool = False) -> list[Any]:
    """
    The cases of a file, or of the standard input for `-`; `exact` keeps the digits of numbers, however many.

    :raises CommandError: when the file cannot be read, or has no list of cases; `shape` shows what one looks like
    """
    content = _content(file, **(_EXACT if exact else {}))
    cases = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(cases, list):
        message = _('The file %(file)s has no list "cases". Write {"cases": [%(shape)s]}.')
        raise CommandError(message % {"file": file, "shape": shape})
    return cases


def read_document(file: str) -> dict[str, Any]:
    """
    The groups of cases of a file, or of the standard input for `-`. What is written back is what was read.

    :raises CommandError: when the file cannot be read, or is not an object
    """
    content = _content(file, **_SAME)
    if not isinstance(content, dict):
        message = _('The file %(file)s has no groups of cases. Write {"deadlines": [{…}], …}.')
        raise CommandError(message % {"file": file})
    return content


def write(answer: dict[str, Any]) -> str:
    """The answer as JSON, readable in Hebrew whatever the terminal's locale is."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _content(file: str, **numbers: Any) -> Any:
    try:
        text = (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
        content = json.loads(text, **numbers)
    except OSError as error:
        raise CommandError(
            _("The file %(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}
        ) from None
    except UnicodeDecodeError:
        raise CommandError(_("The file %(file)s is not text in UTF-8. Save it as UTF-8.") % {"file": file}) from None
    except (ValueError, RecursionError) as error:
        raise CommandError(_("The file %(file)s is not JSON: %(why)s.") % {"file": file, "why": error}) from None
    return content


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) < _LONGEST else Decimal(digits)


_EXACT: dict[str, Any] = {"parse_float": Decimal, "parse_int": _whole}


def _float(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


# A number that JSON cannot write back comes as its own text, which no rule accepts.
_SAME: dict[str, Any] = {
    "parse_float": _float,
    "parse_int": lambda digits: int(digits) if len(digits) < _LONGEST else digits,
    "parse_constant": str,
}
