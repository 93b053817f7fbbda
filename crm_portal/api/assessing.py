"""Apps that assess cases given as plain data; `manage.py assess` and the API ask them, and store nothing."""

from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]  # {"id", "result"} or {"id", "error": {"code", "field", "message"}}
Assessor = Callable[[Any], Answer]
ASSESSORS: dict[str, Assessor] = {}

Document = dict[str, Any]  # cases by group: {"deadlines": [{…}, …], …}
DocumentAssessor = Callable[[Document], Document]
DOCUMENT_ASSESSORS: dict[str, DocumentAssessor] = {}


def register_assessor(app: str, assessor: Assessor) -> None:
    """Add an app's assessor; call it in the app's `ready`. It never raises for what a case holds."""
    ASSESSORS[app] = assessor


def register_document_assessor(app: str, assessor: DocumentAssessor) -> None:
    """Add an app that answers a whole document of groups of cases. It never raises for what the document holds."""
    DOCUMENT_ASSESSORS[app] = assessor
