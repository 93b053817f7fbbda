from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UIConfig(AppConfig):
    name = "crm_portal.ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal.people import permissions

        from . import navigation
        from .rules import access

        permissions.register(access.TABLE)
        navigation.register(
            navigation.NavItem(
                navigation.Section.ADMINISTRATION,
                _("Outgoing messages"),
                "messaging-outbox",
                icon="mail",
                action=access.OutboxAction.READ,
                position=80,
            )
        )
