"""The export of employees' verdicts for training, without identifiers (CRM-5.1.1-g)."""

from collections.abc import Iterator
from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.access import Action
from ..rules.anonymising import anonymised
from ..selectors.triage import for_export
from .converting import known_of

MOST_SUGGESTED = 3  # columns; a file of fixed columns is easier to read than one of lists
COLUMNS = (
    "description",
    *(f"suggested_{rank}" for rank in range(1, MOST_SUGGESTED + 1)),
    *(f"confidence_{rank}" for rank in range(1, MOST_SUGGESTED + 1)),
    "chosen_triplet",
    "chosen_rank",
    "verdict",
    "final_triplet",
)


@command("triage.export")
def export(*, by: User | None, at: datetime) -> list[list[str]]:
    """
    The rows of the export, headings first: only inquiries whose triplet was judged.

    :raises Refused: PERMISSION_DENIED for whoever is not of the CRM department
    """
    if by is not None and not by.may(Action.EXPORT_TRIAGE):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-5.1.1-g")
    rows = list(_rows())
    record("triage.export", by=by, at=at, target_type="triage", after={"rows": len(rows)})
    return [list(COLUMNS), *rows]


def _rows() -> Iterator[list[str]]:
    for inquiry in for_export():
        yield _row(inquiry)


def _row(inquiry: Inquiry) -> list[str]:
    suggested = list(inquiry.triage_suggestions.all())[:MOST_SUGGESTED]
    empty = [""] * (MOST_SUGGESTED - len(suggested))
    chosen = next((str(one.rank) for one in suggested if one.was_chosen), "")
    return [
        anonymised(inquiry.description, known_of(inquiry)),
        *(one.triplet.code for one in suggested),
        *empty,
        *(f"{one.confidence:.3f}" for one in suggested),
        *empty,
        inquiry.customer_triplet.code if inquiry.customer_triplet else "",
        chosen,
        inquiry.triplet_validation,
        inquiry.triplet.code if inquiry.triplet else "",
    ]
