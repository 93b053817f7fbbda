from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditDataConfig(AppConfig):
    name = "creditdata"
    verbose_name = _("Credit data")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal import errors, sentences
        from crm_portal.administration import diagrams, registry
        from crm_portal.api.assessing import register_document_assessor
        from crm_portal.people import permissions
        from crm_portal.people.services import demonstration as plays
        from routing.services.reference import register_loader

        from . import demonstration, shell
        from .labels import REASON, TIMER
        from .rules import states
        from .rules.access import TABLE
        from .rules.reasons import CONFLICTS, FORBIDDEN, Reason
        from .selectors.assessing import answers
        from .services import reference, vital_operations

        errors.register(dict.fromkeys(Reason, 400) | dict.fromkeys(CONFLICTS, 409) | dict.fromkeys(FORBIDDEN, 403))
        sentences.register(REASON)
        permissions.register(TABLE)
        diagrams.register(states.page)
        register_loader(self.name, reference.load)
        register_document_assessor(self.name, answers)
        registry.name_timers(TIMER)
        vital_operations.register()
        shell.register()
        plays.register_play(self.name, demonstration.play)
