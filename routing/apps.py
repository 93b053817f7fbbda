from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from crm_portal.people.models import User


class RoutingConfig(AppConfig):
    name = "routing"
    verbose_name = _("Routing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal.people.permissions import register
        from crm_portal.ui import navigation
        from crm_portal.ui.navigation import NavItem, Section

        from . import kept
        from .rules import access
        from .services import reference, shipped

        register(access.ALLOWED)
        kept.register()
        what_if = NavItem(
            Section.TOOLS, _("Where would it go?"), "routing:what_if", icon="route", action=access.Action.WHAT_IF
        )
        navigation.register(what_if)
        navigation.describe_users_by(_place)
        reference.register_loader("routing", shipped.load)


def _place(user: "User") -> str:
    from .models import Team

    team = Team.objects.filter(members__user=user, is_active=True).select_related("unit").order_by("pk").first()
    return f"{team.name} · {team.unit.name}" if team is not None else ""
