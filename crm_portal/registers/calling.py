"""Ask a register: find the configured adapter, record the question, tell a failure from an empty answer (4.7)."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from crm_portal.errors import Refused

from .errors import CardRefused, RegisterUnavailable

if TYPE_CHECKING:
    from crm_portal.people.models import User

log = structlog.get_logger()
SUBJECTLESS = frozenset({"triage"})  # their first argument is free text, which does not belong into the audit


class Recorded:
    """An adapter whose every call is an audit row, and whose every fault is `RegisterUnavailable`."""

    def __init__(self, name: str, adapter: object, *, by: "User | None", at: datetime | None) -> None:
        self._name, self._adapter, self._by, self._at = name, adapter, by, at

    def __getattr__(self, question: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._adapter, question)

        @wraps(method)
        def ask(*args: Any, **kwargs: Any) -> Any:
            subject = "" if self._name in SUBJECTLESS or not args else str(args[0])
            try:
                answer = method(*args, **kwargs)
            except (RegisterUnavailable, CardRefused) as refused:
                self._record(question, subject, refused)
                raise
            except Exception as fault:  # whatever the far side did wrong, it is no answer
                log.exception("register_failed", register=self._name, question=question)
                unavailable = RegisterUnavailable(self._name)
                self._record(question, subject, unavailable)
                raise unavailable from fault
            self._record(question, subject)
            return answer

        return ask

    def _record(self, question: str, subject: str, refused: Refused | None = None) -> None:
        from crm_portal.audit.rules.outcomes import Outcome
        from crm_portal.audit.services import recording

        recording.record(
            f"register.{self._name}",
            by=self._by,
            at=self._at or timezone.now(),
            target_type="register",
            target_id=subject[:64],
            outcome=Outcome.REFUSED if refused else Outcome.READ,
            code=refused.code if refused else "",
            after={"question": question, **({"cause": refused.cause} if isinstance(refused, CardRefused) else {})},
        )


def adapter(name: str, *, by: "User | None", at: datetime | None) -> Any:
    """
    The adapter that `settings.REGISTERS` names, ready to be asked on behalf of `by` at `at`.

    Without an instant the question is recorded at the present one.
    """
    return Recorded(name, import_string(settings.REGISTERS[name])(), by=by, at=at)
