"""What the CRM department should look at today."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import DeliveryState

from ..registry import Concern, concerns
from .machines import register_lines, timer_lines


def attention(at: datetime) -> list[Concern]:
    """What the apps miss in their tables, and the machines that do not work."""
    return [*concerns(at), *_machines(at)]


def _machines(at: datetime) -> Iterator[Concern]:
    if count := Notification.objects.filter(state=DeliveryState.FAILED.value).count():
        said = ngettext("One message could not be sent", "%(count)d messages could not be sent", count)
        yield Concern(said % {"count": count}, f"{reverse('messaging-outbox')}?state=failed")
    if late := [line.label for line in timer_lines(at) if line.tone == "rejected"]:
        said = _("Timers that are late: %(names)s") % {"names": ", ".join(late)}
        yield Concern(said, reverse("administration:timers"))
    if down := [line.label for line in register_lines(at) if line.tone == "rejected"]:
        said = _("External systems out of reach: %(names)s") % {"names": ", ".join(down)}
        yield Concern(said, reverse("administration:registers"), "bad")
