"""Run the timer of the same name."""

from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Check the files that wait: each becomes clean or failed."
    timer_name = "scan_pending_files"
