from datetime import date, datetime
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal.administration import diagrams
        from crm_portal.files.signals import file_settled
        from crm_portal.messaging import recipients
        from crm_portal.people import permissions
        from crm_portal.ui import home
        from crm_portal.worktime.signals import calendar_changed
        from routing.services.reference import register_loader

        from . import kept, shell, shell_coordination
        from .rules import diagram
        from .rules.access import INQUIRERS, ONLY_VIEW, TABLE
        from .services import activities, feedback, reference, sending

        permissions.register(TABLE, viewers=ONLY_VIEW)
        diagrams.register(diagram.page)
        home.register(INQUIRERS, "personal:inquiries", rank=10)
        kept.register()
        shell.register()
        shell_coordination.register()
        register_loader(self.name, reference.load)
        recipients.register(activities.SCHEME, sending.destination)
        recipients.register(feedback.SCHEME, sending.notice_destination)
        file_settled.connect(_file_settled, dispatch_uid="inquiries")
        calendar_changed.connect(_calendar_changed, dispatch_uid="inquiries")


def _file_settled(*, file: Any, at: datetime, **_later: object) -> None:
    from .services import settling

    settling.file_settled(file=file, at=at)


def _calendar_changed(*, calendar: Any, day: date, **_later: object) -> None:
    from .services import adding_up

    adding_up.note_calendar_change(calendar=calendar, day=day)
