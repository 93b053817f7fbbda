"""Load the reference rows of inquiries: channels, closing reasons, feedback statuses (2.2)."""

from pathlib import Path

from routing.services.reference import Loaded, load_table, read

from ..models import Channel, ClosingReason, FeedbackStatus

FOLDER = Path(__file__).parent.parent / "reference"


def load(overwrite: bool = False) -> Loaded:
    """Create the rows that are not there; overwrite the others only when asked."""
    return (
        load_table(Channel.objects, read(FOLDER, "channels"), key=("code",), overwrite=overwrite)
        + load_table(ClosingReason.objects, read(FOLDER, "closing_reasons"), key=("code",), overwrite=overwrite)
        + load_table(FeedbackStatus.objects, read(FOLDER, "feedback_statuses"), key=("status",), overwrite=overwrite)
    )
