from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Remind managers of advances that wait for three days (CMP-8.4.3-c)."
    timer_name = "escalate_advance_proposals"
