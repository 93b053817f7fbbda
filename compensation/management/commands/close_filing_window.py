from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Tell who has a draft that the time to file is over (CMP-8.1.2-b)."
    timer_name = "close_filing_window"
