"""Net durations of inquiries, computed from their history at each read (CRM-2.1.7-e)."""

from datetime import datetime

from ..models import Inquiry


def refresh(inquiry: Inquiry, at: datetime) -> None:
    """Keep the cached instant at which the service target runs out, if the triplet or its tax system has one."""
