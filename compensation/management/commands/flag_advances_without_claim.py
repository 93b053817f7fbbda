from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Find the advances that no claim followed (CMP-7.3.6-b)."
    timer_name = "flag_advances_without_claim"
