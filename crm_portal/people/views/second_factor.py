"""The second step of an employee: the code of the authenticator app, or setting one up."""

import base64
from typing import Any, cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import Refused

from .. import lockout
from ..forms import CodeForm, explain
from ..models import User
from ..permissions import may, public
from ..rules.access import PeopleAction
from ..rules.roles import UserKind
from ..services import second_factor as service
from . import entering


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code and enter with it."""
    kept, user = _employee(request)
    if kept is None or user is None:
        return redirect("people:sign_in")
    if not service.is_enrolled(user):
        return redirect("people:enrol")
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if request.method == "POST" and form.is_valid():
        if entered := _enter(request, user, form.cleaned_data["code"], kept):
            return entered
        explain(form, [entering.failed(request, UserKind.EMPLOYEE, at=timezone.now(), user=user)])
    elif request.method == "POST":
        entering.unreadable(form, UserKind.EMPLOYEE, at=timezone.now())
    shown = service.current_code(user=user, at=timezone.now()) if settings.DEMONSTRATION else ""
    context = {"form": form, "demonstration_code": shown}
    return render(request, "people/second_factor.html", context, status=422 if form.is_bound else 200)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the secret of a new authenticator app, and enter when the app shows the right code."""
    kept, user = _employee(request)
    if kept is None or user is None:
        return redirect("people:sign_in")
    if service.is_enrolled(user):
        return redirect("people:second_factor")
    secret = kept.get("secret")
    if not secret:
        secret = generate_totp_secret()
        request.session[entering.PENDING] = {**kept, "secret": secret}
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            service.enrol(user=user, secret=secret, typed=form.cleaned_data["code"], by=user, at=at)
        except Refused as refused:
            explain(form, refused.refusals)
        else:
            user.backend = "crm_portal.people.backends.SecondFactorBackend"
            entering.enter(request, user, name=user.username, at=at, next_page=kept["next"])
            request.session["after_recovery_codes"] = kept["next"]
            return redirect("people:recovery_codes")
    elif request.method == "POST":
        entering.unreadable(form, UserKind.EMPLOYEE, at=timezone.now())
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    context = {"form": form, "secret": secret, "picture": base64.b64encode(picture.encode()).decode()}
    return render(request, "people/enrol.html", context, status=422 if form.is_bound else 200)


@may(PeopleAction.SEE_RECOVERY_CODES)
@never_cache
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes, once."""
    following = request.session.get("after_recovery_codes", "/")
    codes = service.unseen_recovery_codes(cast("User", request.user))
    if not codes:
        return redirect(following)
    return render(request, "people/recovery_codes.html", {"codes": codes, "following": following})


def _employee(request: HttpRequest) -> tuple[dict[str, Any] | None, User | None]:
    kept = entering.waiting(request, UserKind.EMPLOYEE)
    user = User.objects.filter(pk=kept["user"], is_active=True).first() if kept else None
    return kept, user


def _enter(request: HttpRequest, user: User, code: str, kept: dict[str, Any]) -> HttpResponse | None:
    at, name = timezone.now(), f"second-factor:{user.username}"
    entered: Any = auth.authenticate(request, username=name, employee=user, second_factor_code=code, at=at)
    if entered is None:
        return None
    response = entering.enter(request, entered, name=name, at=at, next_page=kept["next"])
    lockout.forget(request, user.username)
    return response
