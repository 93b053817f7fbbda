"""Order a timer's run of the worker, now."""

from datetime import timedelta

import structlog
from kombu.exceptions import OperationalError

from crm_portal.worktime.services import timing
from crm_portal.worktime.tasks import queue_of, run_timer

from ..registry import timers_of_clocks

log = structlog.get_logger()
PATIENCE = timedelta(minutes=5)  # an order that no worker took by then is forgotten


def order_run(name: str) -> bool:
    """Send the order; False when the broker cannot be reached, and then the timer runs at its own pace."""
    try:
        run_timer.apply_async(
            kwargs={"name": name},
            queue=queue_of(timing.timers()[name]),
            expires=PATIENCE.total_seconds(),
            retry=False,
        )
    except OperationalError:
        log.warning("timer_not_ordered", timer=name)
        return False
    return True


def order_refresh() -> None:
    """Have what is cached of the clocks worked out anew, as after a change of the calendar (CRM-2.1.7-e)."""
    for name in timers_of_clocks():
        order_run(name)
