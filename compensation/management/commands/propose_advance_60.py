from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Propose 60 percent of claims without a decision after 21 days (CMP-8.4.3-e)."
    timer_name = "propose_advance_60"
