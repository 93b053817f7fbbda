from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    name = "administration"
    verbose_name = _("Administration")

    def ready(self) -> None:
        from crm_portal.people.rules.roles import Role
        from crm_portal.ui import home, navigation
        from crm_portal.ui.navigation import NavItem, Section

        from .rules.access import KEEP, READ

        home.register({Role.CRM_ADMIN}, "administration:home", rank=25)
        navigation.register(
            NavItem(Section.ADMINISTRATION, _("Overview"), "administration:home", "grid", action=READ, position=10),
            *(
                NavItem(Section.ADMINISTRATION, label, route, icon, url_args=args, action=action, position=position)
                for position, (label, route, args, icon, action) in enumerate(
                    (
                        (_("Topics and teams"), "administration:rows", ("triplets",), "layers", KEEP),
                        (_("Units and employees"), "administration:rows", ("employees",), "users", KEEP),
                        (_("Routing tables"), "administration:rows", ("localities",), "route", READ),
                        (_("Business calendar"), "administration:calendar", (), "calendar", KEEP),
                        (_("Reasons and settings"), "administration:settings", (), "settings", KEEP),
                        (_("Timers and systems"), "administration:timers", (), "clock", KEEP),
                    ),
                    start=11,
                )
            ),
        )
