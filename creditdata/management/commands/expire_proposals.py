from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "End proposals that nobody decided within 24 hours (CRD-77-a)."
    timer_name = "expire_proposals"
