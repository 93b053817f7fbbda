from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Close the form of advances before a claim (CMP-7.3.8-b)."
    timer_name = "close_advance_campaigns"
