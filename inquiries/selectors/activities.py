"""The activities of an inquiry, the newest first (CRM-4.6-a)."""

from django.db.models import Prefetch, QuerySet

from ..models import Activity, Attachment, Inquiry


def activities_of(inquiry: Inquiry) -> QuerySet[Activity]:
    """E-mails, SMS and calls with their state and files, in two queries."""
    files = Attachment.objects.select_related("file")
    rows = inquiry.activities.select_related("notification").prefetch_related(Prefetch("files", files))
    return rows.order_by("-at", "-id")
