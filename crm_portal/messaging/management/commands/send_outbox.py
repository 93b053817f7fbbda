from crm_portal.worktime.management.base import TimerCommand


class Command(TimerCommand):
    help = "Send the messages that are due."
    timer_name = "send_outbox"
