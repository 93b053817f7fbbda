from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Seal the new events of the audit into the chain."
    timer_name = "seal_audit"
