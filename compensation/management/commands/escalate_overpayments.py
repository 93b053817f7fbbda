from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Hand over to be collected as tax what was not returned within 90 days (CMP-8.6.1-b)."
    timer_name = "escalate_overpayments"
