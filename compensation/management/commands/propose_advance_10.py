from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Propose 10 percent more after 150 days (CMP-8.4.4-b)."
    timer_name = "propose_advance_10"
