"""What runs by itself and what is asked outside: the last run of each timer, the state of each register."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.registers import local
from crm_portal.worktime.models import TimerRun, TimerState
from crm_portal.worktime.services import timing
from crm_portal.worktime.services.sweeping import Timer

from .. import labels, registry

LOOKED_BACK = timedelta(hours=24)
COUNTED = ("calls", "failures", "last_call_at", "last_failure_at")
LATE = 2  # periods without a run


@dataclass(frozen=True, slots=True)
class TimerLine:
    """One timer: how often, when last and with what result, when next."""

    timer: Timer
    state: TimerState | None
    last_failed_at: datetime | None
    now: datetime

    @property
    def label(self) -> str:
        return registry.timer_label(self.timer.name)

    @property
    def due_at(self) -> datetime | None:
        return self.timer.next_after(self.state.ran_at) if self.state else None

    @property
    def tone(self) -> str:
        """The look of its state: it never ran, is late, failed at something, or is well."""
        if self.state is None:
            return "open"
        if self.now > self.state.ran_at + LATE * self.timer.every + timedelta(minutes=1):
            return "rejected"
        return "waiting" if self.state.failed else "done"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One external system: by which adapter it is asked, and how it answered in the last day."""

    name: str
    adapter: str
    is_local: bool
    is_marked_down: bool
    calls: int = 0
    failures: int = 0
    last_call_at: datetime | None = None
    last_failure_at: datetime | None = None

    @property
    def label(self) -> str:
        return str(labels.REGISTER.get(self.name, self.name))

    @property
    def tone(self) -> str:
        """Down by a marker, failing at the last call, idle, or well."""
        if self.is_marked_down or (self.last_failure_at and self.last_failure_at == self.last_call_at):
            return "rejected"
        if self.failures:
            return "waiting"
        return "done" if self.calls else "open"


def timer_lines(at: datetime) -> list[TimerLine]:
    """Every timer by name."""
    states = {state.name: state for state in TimerState.objects.all()}
    failed = dict(TimerRun.objects.filter(failed__gt=0).values_list("name").annotate(last=Max("started_at")))
    return [TimerLine(timer, states.get(name), failed.get(name), at) for name, timer in sorted(timing.timers().items())]


def register_lines(at: datetime) -> list[RegisterLine]:
    """Every register that `settings.REGISTERS` names, with what the audit counted in the last day."""
    refused = Q(code=Code.REGISTER_UNAVAILABLE.value)
    counted: dict[str, dict[str, Any]] = {
        row["action"].removeprefix("register."): {name: row[name] for name in COUNTED}  # type: ignore[literal-required]
        for row in AuditEvent.objects.filter(at__gt=at - LOOKED_BACK, target_type="register")
        .values("action")
        .annotate(
            calls=Count("id"), failures=Count("id", filter=refused),
            last_call_at=Max("at"), last_failure_at=Max("at", filter=refused),
        )
    }  # fmt: skip
    return [_line(name, path, counted.get(name, {})) for name, path in settings.REGISTERS.items()]


def _line(name: str, path: str, counted: dict[str, Any]) -> RegisterLine:
    is_local = path.rpartition(".")[2].startswith("Local")
    is_down = is_local and (local.folder() / f"{name}.down").exists()
    return RegisterLine(name, path.rpartition(".")[2], is_local, is_down, **counted)
