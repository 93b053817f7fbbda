from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Warn of claims whose time ends, and accept those whose time ended (CMP-8.4.1-e)."
    timer_name = "deem_claims_accepted"
