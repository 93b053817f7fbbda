from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Send coordinators and trustees the list of this working day (CRM-3.4-g)."
    timer_name = "send_daily_follow_up"
