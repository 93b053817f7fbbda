"""Run the timer of the same name."""

from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Delete the blobs of uploads that were rolled back."
    timer_name = "sweep_orphan_files"
