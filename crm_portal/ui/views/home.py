"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from crm_portal.people.models import User
from crm_portal.people.permissions import public

from .. import home


@public
def front(request: HttpRequest) -> HttpResponse:
    """Lead everybody to the page their role begins with, and whoever is not signed in to the sign-in page."""
    if not isinstance(request.user, User):
        return redirect("/sign-in/")
    if target := home.home_of(request.user):
        return redirect(target)
    return render(request, "portal/home_empty.html")
