"""The personal views of an employee."""

from collections.abc import Sequence

from crm_portal.people.models import User

from ..models import SavedView
from .views import views_of


def saved_views_of(user: User) -> Sequence[SavedView]:
    """By name; one whose view a changed role took away is not offered (CRM-3.1-a)."""
    return list(SavedView.objects.filter(user=user, view__in=[view.key for view in views_of(user)]))
