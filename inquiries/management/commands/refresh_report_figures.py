"""Run the timer of the same name."""

from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Bring the figures of the reports up to date."
    timer_name = "refresh_report_figures"
