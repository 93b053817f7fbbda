"""What the CRM department keeps of routing: its tables, the check of them, and what they miss (CRM-9-b)."""

from django.utils.translation import gettext_lazy as _

from crm_portal.administration import registry
from crm_portal.administration.rules.access import Action as Administration
from crm_portal.administration.screens import menu_item
from crm_portal.administration.tables import Screen
from crm_portal.ui import navigation

from ..labels import TIMER
from ..rules.access import Action
from . import attention, presets, topics, units


def register() -> None:
    """Give it all to the screens of administration."""
    registry.register(*topics.TABLES, *units.TABLES, *presets.TABLES)
    units.extend_people()
    registry.register_pages(
        registry.Page(Screen.TOPICS, _("Completeness check"), "routing:completeness"),
        registry.Page(Screen.ROUTING, _("Where would it go?"), "routing:what_if", action=Action.WHAT_IF),
    )
    registry.watch(attention.gaps)
    registry.name_timers(TIMER)
    navigation.register(
        menu_item(Screen.TOPICS, "administration:rows", "triplets"),
        menu_item(Screen.ROUTING, "administration:rows", "localities", action=Administration.READ),
    )
