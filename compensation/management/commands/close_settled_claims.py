from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Close claims that are settled and whose time to object is over (CMP-8.7-c)."
    timer_name = "close_settled_claims"
