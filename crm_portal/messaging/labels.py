"""The words people read for the codes of `messaging.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.states import DeliveryState, MessageChannel

MESSAGE_CHANNEL = [
    (MessageChannel.EMAIL.value, _("E-mail")),
    (MessageChannel.SMS.value, _("SMS")),
]
DELIVERY_STATE = [
    (DeliveryState.QUEUED.value, _("Waiting to be sent")),
    (DeliveryState.SENT.value, _("Sent")),
    (DeliveryState.FAILED.value, _("Failed")),
]
