"""The reader's own choices: language, theme, single-letter shortcuts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from crm_portal.people.models import User
from crm_portal.people.permissions import public

from .. import pages
from ..shortcuts import SHORTCUTS
from ..themes import COOKIE, Theme

A_YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return redirect(address)
    return redirect("/")


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages and, for somebody signed in, of the messages sent to him."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Force the light or the dark theme, or leave it to the system again."""
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in set(Theme):
        _remember(response, COOKIE, chosen)
    else:
        response.delete_cookie(COOKIE)
    return response


@public
@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch the single-letter shortcuts off or on (WCAG 2.1.4)."""
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(shortcuts_enabled=request.POST.get("enabled") == "1")
    return _back(request)


@public
def keyboard_help(request: HttpRequest) -> HttpResponse:
    """List the shortcuts; HTMX shows the same list in a dialog."""
    return pages.show(
        request, "portal/keyboard.html", {"shortcuts": SHORTCUTS}, fragment="portal/components/_keyboard_dialog.html"
    )
