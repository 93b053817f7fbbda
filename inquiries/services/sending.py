"""What the outbox asks when a message leaves: where it goes now, and with which files (CRM-2.2.7-b)."""

from crm_portal.errors import Code, Refused
from crm_portal.files.models import StoredFile
from crm_portal.files.storages import clean
from crm_portal.messaging.adapters.failures import Fault, NotDelivered
from crm_portal.messaging.recipients import Destination, Enclosure
from crm_portal.messaging.rules.states import MessageChannel

from ..models import Activity, Inquiry
from . import activities, feedback

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


def notice_destination(key: str, channel: MessageChannel) -> Destination:
    """
    Where an automatic notice goes at this moment: only to an address that is verified now (CRM-2.1.3-c).

    :raises NotDelivered: for good, when the inquirer has no such address any more
    """
    inquiry = Inquiry.objects.select_related("customer", "representative").get(pk=key)
    if not (address := feedback.addresses(inquiry)[channel]):
        raise NotDelivered(Fault.MESSAGE, Code.ADDRESS_NOT_REGISTERED.value)
    return Destination(address)


def _enclosure(file: StoredFile) -> Enclosure:
    def read() -> bytes:
        with clean().open(file.clean_copy) as copy:
            return bytes(copy.read())

    return Enclosure(file.name, file.content_type, read)
