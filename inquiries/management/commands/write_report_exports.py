"""Run the timer of the same name."""

from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Write the long exports that wait."
    timer_name = "write_report_exports"
