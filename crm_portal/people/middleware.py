"""Who comes in: from Israel only, into what the roles allow only, and no longer than the session holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from rest_framework.views import APIView

from crm_portal import registers
from crm_portal.errors import Code, Refused, refuse

from . import lockout, pages, permissions
from .rules.access import PeopleAction

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ISRAEL = "IL"
PAGE_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
ADMIN = "admin"
SEEN, SIGNED_IN = "seen_at", "signed_in_at"
IDLE_EMPLOYEE, IDLE_PUBLIC = timedelta(minutes=30), timedelta(minutes=20)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # the session is written no more often


class OriginMiddleware:
    """Refuse requests from outside Israel, or from nobody knows where, except for what is open to them (CRM-7-s)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        if permissions.is_open_abroad(view) or is_israeli(lockout.address_of(request)):
            return None
        return pages.refused(request, refuse(Code.ORIGIN_ABROAD_BLOCKED, clause="7"), action="portal.enter")


def is_israeli(address: str | None) -> bool:
    """Whether the address belongs to Israel; private and listed networks do, an unknown one does not."""
    return bool(address) and _country(str(address), timezone.now().replace(minute=0, second=0, microsecond=0)) == ISRAEL


@lru_cache(maxsize=4096)
def _country(address: str, _hour: datetime) -> str | None:
    try:
        return registers.origin().country_of(address)
    except registers.RegisterUnavailable:
        return None


class AccessMiddleware:
    """
    Let nobody into a view whose action the roles do not allow; a view that names no action lets nobody in.

    What somebody with a session was shown is kept nowhere, unless the view says how it may be.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        try:
            action = self.action_of(request, view)
        except permissions.Undeclared:
            return pages.refused(request, refuse(Code.PERMISSION_DENIED), action="undeclared")
        background = permissions.is_in_background(view)
        if request.user.is_authenticated and has_run_out(request, is_used=not background):
            auth.logout(request)
        if action is None or is_rest(view):  # a REST view asks `people.api.RoleMayDo` when it knows who calls
            return None
        if not request.user.is_authenticated:
            return HttpResponse(status=401) if background else pages.to_sign_in(request)
        if not request.user.may(action):
            # No page answers these methods: who may not even open it is told the same as who may (CRM-2-d).
            is_of_pages = request.method in PAGE_METHODS
            code = permissions.refusal(request.user.roles, action) if is_of_pages else Code.READ_ONLY
            return pages.refused(request, refuse(code), action=action)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say a refusal that a view did not say itself; what is unforeseen stays an error."""
        return pages.words(request, error) if isinstance(error, Refused) else None

    @staticmethod
    def action_of(request: HttpRequest, view: Callable[..., Any]) -> Any:
        match = request.resolver_match
        if match is not None and match.app_name == ADMIN:
            return PeopleAction.ENTER_ADMIN_SITE  # what is allowed inside is asked model by model
        return permissions.required_action(view, request.method or "GET")


def is_rest(view: Callable[..., Any]) -> bool:
    """Whether the view is one of REST framework's."""
    made_by = getattr(view, "cls", None)
    return isinstance(made_by, type) and issubclass(made_by, APIView)


def begin(request: HttpRequest, at: datetime) -> None:
    """Start the clocks of a session that just signed in."""
    request.session[SIGNED_IN] = request.session[SEEN] = at.timestamp()


def has_run_out(request: HttpRequest, *, is_used: bool = True) -> bool:
    """Whether the session was left alone, or kept, for too long; otherwise note that it is in use, when it is."""
    now = timezone.now().timestamp()
    idle = IDLE_EMPLOYEE if request.user.is_employee else IDLE_PUBLIC  # type: ignore[union-attr]
    seen, signed_in = request.session.get(SEEN, now), request.session.get(SIGNED_IN, now)
    if now - seen > idle.total_seconds() or now - signed_in > LONGEST.total_seconds():
        return True
    if is_used and (SEEN not in request.session or now - seen > SEEN_EVERY.total_seconds()):
        request.session[SEEN] = now
        request.session.setdefault(SIGNED_IN, now)
    return False
