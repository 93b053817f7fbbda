"""Who is asking."""

from typing import cast

from django.http import HttpRequest

from crm_portal.people.models import User


def user_of(request: HttpRequest) -> User:
    """The user of a view that names an action; the middleware lets nobody else in."""
    return cast("User", request.user)
