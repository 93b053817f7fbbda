"""Apps that assess cases given as plain data; `manage.py assess` and the API ask them, and store nothing."""

from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]  # {"id", "result"} or {"id", "error": {"code", "field", "message"}}
Assessor = Callable[[Any], Answer]
ASSESSORS: dict[str, Assessor] = {}


def register_assessor(app: str, assessor: Assessor) -> None:
    """Add an app's assessor; call it in the app's `ready`. It never raises for what a case holds."""
    ASSESSORS[app] = assessor
