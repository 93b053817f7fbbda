"""What `manage.py check --deploy` says of the settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from .adapters import ADAPTERS
from .rules.states import MessageChannel


@register(deploy=True)
def messages_leave(**_: Any) -> list[CheckMessage]:
    """Warn when a channel of a real portal keeps its messages to itself."""
    chosen = {"EMAIL_ADAPTER": settings.EMAIL_ADAPTER, "SMS_ADAPTER": settings.SMS_ADAPTER}
    return [
        Caution(f"{name} is local: messages are kept in the outbox page and not sent.", id="messaging.W001")
        for name, adapter in chosen.items()
        if adapter == "local" and not settings.DEMONSTRATION
    ]


@register()
def adapters_exist(**_: Any) -> list[CheckMessage]:
    """Refuse an adapter that does not exist, and a gateway without an address."""
    found: list[CheckMessage] = []
    for name, channel in (("EMAIL_ADAPTER", MessageChannel.EMAIL), ("SMS_ADAPTER", MessageChannel.SMS)):
        known = ADAPTERS[channel]
        if getattr(settings, name) not in known:
            found.append(Error(f"{name} must be one of {', '.join(known)}.", id="messaging.E001"))
    if settings.SMS_ADAPTER == "http" and not settings.SMS_GATEWAY_URL.startswith(("https://", "http://")):
        found.append(Error("SMS_GATEWAY_URL must be the gateway's http(s) address.", id="messaging.E002"))
    return found
