from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Accept objections that were not decided in time (CMP-9.5-b)."
    timer_name = "deem_objections_accepted"
