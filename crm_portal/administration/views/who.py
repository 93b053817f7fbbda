"""Whoever keeps the tables, and what he sent."""

from typing import cast

from django.http import HttpRequest, QueryDict

from crm_portal.people.models import User


def keeper(request: HttpRequest) -> User:
    """The employee at the page; nobody else passes the door."""
    return cast("User", request.user)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when that is nothing; None when the page is only shown."""
    return request.POST if request.method == "POST" else None
