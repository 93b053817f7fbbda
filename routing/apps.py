from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoutingConfig(AppConfig):
    name = "routing"
    verbose_name = _("Routing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal.people.permissions import register
        from crm_portal.ui import navigation
        from crm_portal.ui.navigation import NavItem, Section

        from .rules import access
        from .services import reference, shipped

        register(access.ALLOWED)
        what_if = NavItem(
            Section.TOOLS, _("Where would it go?"), "routing:what_if", icon="route", action=access.Action.WHAT_IF
        )
        navigation.register(what_if)
        reference.register_loader("routing", shipped.load)
