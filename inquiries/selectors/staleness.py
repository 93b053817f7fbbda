"""What happened to an inquiry since a page of it was drawn, for whoever sent something from that page too late."""

from collections.abc import Sequence

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import User

from ..models import Inquiry, StatusHistory
from .inquiry_pages import history_of

MOST = 5


def changes_since(inquiry: Inquiry, user: User, version: object) -> Sequence[StatusHistory]:
    """
    The steps since this user was shown this version, the latest first; at least the latest, and not too many.

    The audit knows when he was shown it: a page that is opened says its version there.
    """
    steps = history_of(inquiry).order_by("-at", "-id")
    shown = AuditEvent.objects.filter(
        target_type="inquiry", target_id=str(inquiry.pk), actor=user, action="inquiry.view", after__version=version
    )
    at = shown.order_by("-id").values_list("at", flat=True).first()
    since = list(steps.filter(at__gt=at)[:MOST]) if at is not None else []
    return since or list(steps[:1])
