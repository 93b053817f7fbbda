"""How activities look: their icon, their state, why one was not sent. Presenting only."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm_portal.errors import Code, Refusal
from crm_portal.messaging.labels import DELIVERY_STATE
from crm_portal.messaging.rules.states import DeliveryState, MessageChannel
from crm_portal.sentences import sentence

from ..models import Activity
from ..rules.codes import ActivityKind
from ..selectors.recipients import Recipient

register = template.Library()

_ICONS = {ActivityKind.EMAIL: "mail", ActivityKind.SMS: "chat", ActivityKind.PHONE_CALL: "phone"}
_TONES = {DeliveryState.SENT: "tag--ok", DeliveryState.FAILED: "tag--bad", DeliveryState.QUEUED: ""}
_STATES = dict(DELIVERY_STATE)


@register.filter
def activity_icon(kind: str) -> str:
    """The icon of an e-mail, an SMS or a call."""
    return _ICONS[ActivityKind(kind)]


@register.simple_tag
def activity_state(activity: Activity) -> SafeString | str:
    """Where a message stands; a call has no state."""
    if activity.notification is None:
        return ""
    state = DeliveryState(activity.notification.state)
    return format_html('<span class="tag {}">{}</span>', _TONES[state], _STATES[state.value])


@register.filter
def why_not_sent(error: str) -> str:
    """The reason in words: what the portal itself forbids, or that the provider did not take it."""
    if error == Code.ADDRESS_NOT_REGISTERED:
        return _("It was not sent: the address is not registered and verified any more.")
    if error in set(Code):
        return _("It was not sent: %(reason)s") % {"reason": sentence(Refusal(Code(error)))}
    return _("It was not sent: the address or the message was refused by the mail or SMS service.")


@register.filter
def address_by(recipient: Recipient, channel: MessageChannel) -> str:
    """The address of somebody by a channel."""
    return recipient.by(channel)
