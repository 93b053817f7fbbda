"""Load the reference rows of inquiries: the tables of 2.2, forbidden phrases, and templates (10.1)."""

from pathlib import Path

from routing.services.reference import Loaded, load_table, read

from ..models import Channel, ClosingReason, FeedbackStatus, ForbiddenPhrase
from .shipping import shipped_templates

FOLDER = Path(__file__).parent.parent / "reference"


def load(overwrite: bool = False) -> Loaded:
    """Create the rows that are not there; overwrite the others only when asked."""
    return (
        load_table(Channel.objects, read(FOLDER, "channels"), key=("code",), overwrite=overwrite)
        + load_table(ClosingReason.objects, read(FOLDER, "closing_reasons"), key=("code",), overwrite=overwrite)
        + load_table(FeedbackStatus.objects, read(FOLDER, "feedback_statuses"), key=("status",), overwrite=overwrite)
        + load_table(ForbiddenPhrase.objects, read(FOLDER, "forbidden_phrases"), key=("text",), overwrite=overwrite)
        + shipped_templates(read(FOLDER, "templates"))
    )
