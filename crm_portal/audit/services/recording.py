"""Write what was done, read or refused."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import models, transaction

from crm_portal.errors import Refused

from ..context import origin
from ..models import AuditEvent
from ..rules.outcomes import Outcome

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from crm_portal.people.models import User

P = ParamSpec("P")
R = TypeVar("R")
SYSTEM, ANONYMOUS = "system", "anonymous"


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A refusal that waits to be written until the transaction it belongs to is over."""

    action: str
    refused: Refused
    by: "User | None"
    at: datetime
    target_type: str
    target_id: str


# The refusals within the outermost command that runs now; None when no command runs.
_refusals: ContextVar[list[_Refusal] | None] = ContextVar("refusals", default=None)


def record(
    action: str,
    *,
    by: "User | AnonymousUser | None",
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
    what changed. What concerns a part of an inquiry (a file, a message) names the inquiry as its target and the
    part in `after`, so that the inquiry's events tell all of it (CRM-2-b).
    """
    known = by if by is not None and by.is_authenticated else None
    return AuditEvent.objects.create(
        at=at,
        action=action,
        outcome=outcome.value,
        code=code,
        actor=known,
        actor_name=_name(by)[:200],
        actor_roles=",".join(sorted(role.value for role in known.roles))[:200] if known is not None else "",
        target_type=target._meta.model_name or "" if target is not None else target_type,
        target_id=str(target.pk) if target is not None else target_id,
        target_label=str(target)[:200] if target is not None else "",
        before=before,
        after=after,
        origin=origin().address,
        request_id=origin().request_id,
    )


def record_read(
    action: str,
    *,
    by: "User | AnonymousUser | None",
    at: datetime,
    target: models.Model | None = None,
    target_type: str = "",
    target_id: str = "",
    what: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write that personal data were read: a file opened, a search made; `what` tells e.g. the search words."""
    return record(
        action,
        by=by,
        at=at,
        target=target,
        target_type=target_type,
        target_id=target_id,
        outcome=Outcome.READ,
        after=what,
    )


def record_refusal(
    action: str,
    refused: Refused,
    *,
    by: "User | AnonymousUser | None",
    at: datetime,
    target_type: str = "",
    target_id: str = "",
) -> None:
    """Write that something was refused; call it when the refused transaction was rolled back."""
    record(
        action,
        by=by,
        at=at,
        target_type=target_type or action.partition(".")[0],
        target_id=target_id,
        outcome=Outcome.REFUSED,
        code=refused.code,
        after={"refused": [{"code": one.code, "fields": list(one.fields)} for one in refused.refusals]},
    )


def command(action: str, *, target: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """
    Make a service one command: one transaction, and when it is refused one audit row that outlives the roll-back.

    `target` names the keyword argument that holds the id of what the command changes ("inquiry_id" gives the target
    type "inquiry"). A command called by another is part of it, in a savepoint: the outer one may catch its refusal
    and go on, and then the row tells of the inner command; a refusal that goes through is told of once, as the outer
    command's. The service takes `by` and `at` as keywords.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            outer = _refusals.get()
            refusals = [] if outer is None else outer
            token = _refusals.set(refusals)
            try:
                with transaction.atomic():
                    result = service(*args, **kwargs)
                    if outer is None:
                        _write(refusals)
                return result
            except Refused as refused:
                refusals[:] = [inner for inner in refusals if inner.refused is not refused]
                refusals.append(_refusal(action, refused, target, kwargs))
                if outer is None:
                    told = partial(_tell_again, refusals, refused.after_roll_back)
                    told()
                    refused.after_roll_back = told
                raise
            finally:
                _refusals.reset(token)

        return run

    return decorate


def _tell_again(refusals: list[_Refusal], beside: Callable[[], None] | None) -> None:
    """Write what went with the transaction: the audit's rows, and what another log had written of the refusal."""
    _write(refusals)
    if beside is not None:
        beside()


def _write(refusals: list[_Refusal]) -> None:
    for one in refusals:
        record_refusal(
            one.action, one.refused, by=one.by, at=one.at, target_type=one.target_type, target_id=one.target_id
        )


def _refusal(action: str, refused: Refused, target: str | None, kwargs: Mapping[str, Any]) -> _Refusal:
    return _Refusal(
        action,
        refused,
        by=kwargs.get("by"),
        at=kwargs["at"],
        target_type=target.removesuffix("_id") if target else "",
        target_id=str(kwargs.get(target) or "") if target else "",
    )


def _name(by: "User | AnonymousUser | None") -> str:
    """Name who acts as he is called today; an employee of a representative with the representative (CRM-2.2.1-d)."""
    if by is None:
        return SYSTEM
    if not by.is_authenticated:
        return ANONYMOUS
    card = getattr(by, "representative_card", None) if by.kind == "representative" else None
    return f"{by} ({card.representative.name})" if card is not None and not card.is_the_representative else str(by)
