"""Run the timer of the same name."""

from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Work the cached times out anew after a change of the calendar."
    timer_name = "rebuild_sla_cache"
