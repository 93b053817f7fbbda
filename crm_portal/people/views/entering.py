"""What the three ways in share: what waits in the session, the entry itself, and a failure's record."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from crm_portal.audit.services.forms import refusal_of
from crm_portal.audit.services.recording import record, record_refusal
from crm_portal.errors import Code, Refusal, Refused

from .. import lockout, middleware, pages
from ..models import User
from ..rules.roles import UserKind

PENDING = "sign_in"
PENDING_FOR = timedelta(minutes=15)
A_YEAR = 365 * 24 * 3600


def wait(request: HttpRequest, **what: Any) -> None:
    """
    Keep what the next step needs: `as` whom, `at` when, the `next` page, and more.

    Nobody is signed in by that: the session still belongs to nobody, and opens nothing but the next step.
    """
    request.session.cycle_key()
    request.session[PENDING] = what


def waiting(request: HttpRequest, kind: UserKind) -> dict[str, Any] | None:
    """What the step before kept; None when there was none, for somebody else, or too long ago."""
    kept = request.session.get(PENDING)
    if not kept or kept.get("as") != kind.value:
        return None
    return kept if timezone.now().timestamp() - kept["at"] < PENDING_FOR.total_seconds() else None


def enter(request: HttpRequest, user: User, *, name: str, at: datetime, next_page: str | None) -> HttpResponse:
    """Sign the account in, in a session of its own, and go on in the language that the person once chose."""
    auth.login(request, user)
    request.session.pop(PENDING, None)
    middleware.begin(request, at)
    lockout.forget(request, name)
    record(f"sign_in.{user.kind}", by=user, at=at, target=user)
    response = redirect(pages.next_page(request, next_page))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:  # a browser that was told no language yet
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, max_age=A_YEAR, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def failed(request: HttpRequest, kind: UserKind, *, at: datetime, user: User | None = None, whom: str = "") -> Refusal:
    """Write the failure into the audit and say why."""
    refusal = getattr(request, "sign_in_refusal", None) or Refusal(Code.SIGN_IN_REFUSED)
    target = str(user.pk) if user else whom[:64]
    record_refusal(f"sign_in.{kind.value}", Refused(refusal), by=user, at=at, target_id=target)
    return refusal


def unreadable(form: forms.BaseForm, kind: UserKind, *, at: datetime) -> None:
    """Write into the audit that what was typed could not even be tried."""
    record_refusal(f"sign_in.{kind.value}", refusal_of(form), by=None, at=at)


def locked_out(request: HttpRequest, original_response: object, credentials: dict[str, Any] | None) -> HttpResponse:
    """The answer to somebody who tried too often (AXES_LOCKOUT_CALLABLE)."""
    return pages.words(request, Refused(lockout.refusal(request, lockout.name_of(request, credentials))))
