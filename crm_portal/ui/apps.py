from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UIConfig(AppConfig):
    name = "crm_portal.ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal.messaging.rules.access import AnnouncementAction
        from crm_portal.people import permissions
        from crm_portal.people.rules.access import PeopleAction
        from crm_portal.people.rules.roles import Role

        from . import announcing, home, navigation
        from .rules import access

        permissions.register(access.TABLE)
        home.register({Role.CRM_ADMIN, Role.AUDITOR}, "admin:index", rank=90)  # who has no earlier page
        navigation.register(
            navigation.NavItem(
                navigation.Section.BELL,
                _("Announcements"),
                "ui:announcements",
                icon="bell",
                action=AnnouncementAction.READ,
                count=lambda user: len(announcing.unread_announcements(user)) or None,
            ),
            navigation.NavItem(
                navigation.Section.TOOLS,
                _("Announcements"),
                "ui:announcements",
                icon="bell",
                action=AnnouncementAction.READ,
                position=40,
            ),
        )
        navigation.register(
            navigation.NavItem(
                navigation.Section.ADMINISTRATION,
                _("Tables to look up"),
                "admin:index",
                icon="eye",
                action=PeopleAction.ENTER_ADMIN_SITE,
                position=70,
            )
        )
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
