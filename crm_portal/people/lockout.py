"""
How many failed sign-ins are allowed, counted by django-axes for all three doors and the second factor.

Counted are the failures of one name from one address, of one name from anywhere, and of one address whatever the
name; each has its own limit, and each is forgotten when `COOL_OFF` has passed since the last failure.
"""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from crm_portal.audit.context import origin
from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services.recording import record
from crm_portal.errors import Code, Refusal

COOL_OFF = timedelta(minutes=15)
FAILURES = 5  # of one name from one address
FAILURES_OF_NAME = 20  # from anywhere: more, so that a stranger does not easily lock a person out
FAILURES_FROM_ADDRESS = 50  # a whole office may share one


class LockoutHandler(AxesDatabaseHandler):
    """Axes with three limits instead of one."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures in steps of the first limit: it is reached when any of the three is."""
        pair, name, address = (_count(rows) for rows in _counted(request, credentials))
        return max(pair, name * FAILURES // FAILURES_OF_NAME, address * FAILURES // FAILURES_FROM_ADDRESS)


def connect() -> None:
    """Write every lockout into the audit."""
    user_locked_out.connect(_record_lockout, dispatch_uid="audit_of_lockouts")


def name_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name under which failures are counted (AXES_USERNAME_CALLABLE)."""
    return str((credentials or {}).get("username") or "").lower()[:255]


def address_of(request: HttpRequest) -> str | None:
    """The address the request came from (AXES_CLIENT_IP_CALLABLE); the audit's middleware knows the proxies."""
    return origin().address or request.META.get("REMOTE_ADDR")


def is_locked(request: HttpRequest, name: str) -> bool:
    """Whether this name may not be tried from here now."""
    return not AxesProxyHandler.is_allowed(request, {"username": name})


def count_failure(request: HttpRequest, name: str) -> None:
    """Count a failed attempt that is no sign-in but can be guessed just as well."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)


def forget(request: HttpRequest, name: str) -> None:
    """Forget the failures of this name from this address, as it signed in now."""
    AccessAttempt.objects.filter(username=name.lower(), ip_address=address_of(request)).delete()


def refusal(request: HttpRequest, name: str) -> Refusal:
    """The refusal of somebody who is locked out, with the minutes that are left."""
    last = max(
        (rows.aggregate(last=Max("attempt_time"))["last"] for rows in _counted(request, {"username": name})),
        key=lambda instant: instant.timestamp() if instant else 0,
    )
    left = (last + COOL_OFF - timezone.now()) if last else COOL_OFF
    return Refusal(Code.TOO_MANY_ATTEMPTS, (), {"minutes": max(1, -int(-left.total_seconds() // 60))})


def _counted(request: HttpRequest, credentials: dict[str, Any] | None) -> list[QuerySet[Any]]:
    name, address = name_of(request, credentials), address_of(request)
    rows = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - COOL_OFF)
    return [
        rows.filter(username=name, ip_address=address),
        rows.filter(username=name),
        rows.filter(ip_address=address),
    ]


def _count(rows: QuerySet[Any]) -> int:
    return rows.aggregate(failures=Sum("failures_since_start"))["failures"] or 0


def _record_lockout(sender: object, *, request: HttpRequest, username: str | None, **_more: object) -> None:
    record(
        "sign_in.lock_out",
        by=None,
        at=timezone.now(),
        target_type="sign_in",
        target_id=(username or "")[:64],
        outcome=Outcome.REFUSED,
        code=Code.TOO_MANY_ATTEMPTS,
    )
