from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Report determinations that were not paid within 14 days (CMP-8.4.3-f)."
    timer_name = "check_payment_due"
