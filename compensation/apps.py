from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompensationConfig(AppConfig):
    name = "compensation"
    verbose_name = _("Compensation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal import errors, sentences
        from crm_portal.administration import diagrams, registry
        from crm_portal.api.assessing import register_assessor
        from crm_portal.messaging.signals import message_reported, message_settled
        from crm_portal.people import permissions
        from crm_portal.people.services import demonstration as plays
        from routing.services.reference import register_loader

        from . import demonstration, shell
        from .labels import REASON, TIMER
        from .rules import diagram
        from .rules.access import TABLE
        from .rules.reasons import CONFLICTS, FORBIDDEN, Reason
        from .selectors.assessing import answer
        from .services import towns

        errors.register(dict.fromkeys(Reason, 400) | dict.fromkeys(CONFLICTS, 409) | dict.fromkeys(FORBIDDEN, 403))
        sentences.register(REASON)
        permissions.register(TABLE)
        register_assessor(self.name, answer)
        diagrams.register(diagram.page)
        registry.name_timers(TIMER)
        register_loader(self.name, towns.load)
        plays.register_play(self.name, demonstration.play)
        shell.register()
        message_settled.connect(_message_settled, dispatch_uid="compensation.notices")
        message_reported.connect(_message_reported, dispatch_uid="compensation.notices")


def _message_settled(message: Any, at: datetime, **_more: Any) -> None:
    from .services import notices, overpaying

    notices.hear(message, at)
    overpaying.hear(message)


def _message_reported(message: Any, outcome: Any, at: datetime, **_more: Any) -> None:
    from .services import notices

    notices.hear_report(message, outcome, at)
