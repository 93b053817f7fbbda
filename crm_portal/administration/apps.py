from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    name = "crm_portal.administration"
    verbose_name = _("Administration")

    def ready(self) -> None:
        from crm_portal.people import permissions
        from crm_portal.people.rules.roles import Role
        from crm_portal.ui import home, navigation
        from crm_portal.ui.navigation import NavItem, Section

        from . import kept, labels, registry
        from .rules import access
        from .screens import menu_item
        from .tables import Screen

        permissions.register(access.TABLE)
        kept.register()
        registry.name_timers(labels.TIMER)
        registry.register_pages(
            registry.Page(Screen.CALENDAR, _("Month"), "administration:calendar"),
            registry.Page(Screen.CALENDAR, _("Import"), "administration:calendar_import"),
            registry.Page(Screen.CODES, _("Settings"), "administration:settings", is_first=True),
            registry.Page(Screen.MACHINES, _("Timers"), "administration:timers"),
            registry.Page(Screen.MACHINES, _("External systems"), "administration:registers"),
            registry.Page(Screen.MACHINES, _("Outgoing messages"), "messaging-outbox"),
        )
        home.register({Role.CRM_ADMIN}, "administration:home", rank=25)
        overview = NavItem(
            Section.ADMINISTRATION,
            _("Overview"),
            "administration:home",
            "grid",
            action=access.Action.READ,
            position=-10,
        )
        navigation.register(
            overview,
            menu_item(Screen.PEOPLE, "administration:rows", "employees"),
            menu_item(Screen.CALENDAR, "administration:calendar"),
            menu_item(Screen.CODES, "administration:settings"),
            menu_item(Screen.MACHINES, "administration:timers"),
        )
