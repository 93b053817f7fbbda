"""What the outbox asks when an activity's message leaves: where it goes now, and with which files (CRM-2.2.7-b)."""

from crm_portal.errors import Refused
from crm_portal.files.models import StoredFile
from crm_portal.files.storages import clean
from crm_portal.messaging.adapters.failures import Fault, NotDelivered
from crm_portal.messaging.recipients import Destination, Enclosure
from crm_portal.messaging.rules.states import MessageChannel

from ..models import Activity
from . import activities

_WITH = ("inquiry__customer", "inquiry__representative", "inquiry__triplet", "inquiry__customer_triplet")


def destination(key: str, channel: MessageChannel) -> Destination:
    """
    Where the message of an activity goes at this moment.

    :raises NotDelivered: for good, with the code of what forbids it now
    """
    number, _, party = key.partition(":")
    activity = Activity.objects.select_related(*_WITH).get(pk=number)
    try:
        address = activities.address_now(activity, party, channel)
    except Refused as refused:
        raise NotDelivered(Fault.MESSAGE, refused.code.value) from refused
    files = activity.files.select_related("file") if channel is MessageChannel.EMAIL else ()
    return Destination(address, [_enclosure(attachment.file) for attachment in files])


def _enclosure(file: StoredFile) -> Enclosure:
    def read() -> bytes:
        with clean().open(file.clean_copy) as copy:
            return bytes(copy.read())

    return Enclosure(file.name, file.content_type, read)
