"""Write what was done, read or refused."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import models, transaction

from crm_portal.errors import Refused

from ..context import origin
from ..models import AuditEvent
from ..rules.outcomes import Outcome

if TYPE_CHECKING:
    from crm_portal.people.models import User

P = ParamSpec("P")
R = TypeVar("R")
SYSTEM = "system"
_inside: ContextVar[bool] = ContextVar("inside_command", default=False)


def record(
    action: str,
    *,
    by: "User | None",
    at: datetime,
    target: models.Model | None = None,
    target_type: str = "",
    target_id: str = "",
    outcome: Outcome = Outcome.DONE,
    code: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """
    Write one event in the transaction that is open. `by` is None for the system.

    Give `target` (a saved row) or `target_type` and `target_id`. `before` and `after` are JSON-able and hold only
    what changed.
    """
    return AuditEvent.objects.create(
        at=at,
        action=action,
        outcome=outcome.value,
        code=code,
        actor=by,
        actor_name=str(by) if by is not None else SYSTEM,
        actor_roles=",".join(sorted(role.value for role in by.roles)) if by is not None else "",
        target_type=target._meta.model_name or "" if target is not None else target_type,
        target_id=str(target.pk) if target is not None else target_id,
        target_label=str(target)[:200] if target is not None else "",
        before=before,
        after=after,
        origin=origin().address,
        request_id=origin().request_id,
    )


def command(action: str, *, target: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """
    Make a service one command: one transaction, and when it is refused one audit row that outlives the roll-back.

    `target` names the keyword argument that holds the id of what the command changes; the audit's target type is
    the part of `action` before the dot. A command called by another is part of it: only the outermost opens the
    transaction and records the refusal. The service takes `by` and `at` as keywords.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if _inside.get():
                return service(*args, **kwargs)
            token = _inside.set(True)
            try:
                with transaction.atomic():
                    return service(*args, **kwargs)
            except Refused as refused:
                record_refusal(action, refused, target_id=str(kwargs.get(target or "", "")), **_who(kwargs))
                raise
            finally:
                _inside.reset(token)

        return run

    return decorate


def _who(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"by": kwargs.get("by"), "at": kwargs["at"]}


def record_refusal(action: str, refused: Refused, *, by: "User | None", at: datetime, target_id: str = "") -> None:
    """Write that something was refused; call it when the refused transaction was rolled back."""
    record(
        action,
        by=by,
        at=at,
        target_type=action.partition(".")[0],
        target_id=target_id,
        outcome=Outcome.REFUSED,
        code=refused.code,
        after={"codes": [refusal.code for refusal in refused.refusals]},
    )
