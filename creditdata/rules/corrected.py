"""Who receives a corrected report, and until when (regulation 59)."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from crm_portal.worktime.rules.calendars import BusinessCalendar

from .deadlines import add_bd, recipients_since

BUSINESS_DAYS = 7


@dataclass(frozen=True, slots=True)
class Delivery:
    """A report on the subject that was delivered; the subject's own report has the subject as its recipient."""

    recipient: Hashable
    delivered_on: date


def recipients(deliveries: Iterable[Delivery], last_action: date) -> tuple[Hashable, ...]:
    """
    Each of those who received a report in the six months that end with the last action, once; both days included.

    In the order in which they first appear, so that the register of requests reads like the deliveries (CRD-59-b).
    """
    since = recipients_since(last_action)
    served: dict[Hashable, bool] = {}
    for one in deliveries:
        served[one.recipient] = served.get(one.recipient, False) or since <= one.delivered_on <= last_action
    return tuple(recipient for recipient, is_in_time in served.items() if is_in_time)


def due_on(last_action: date, calendar: BusinessCalendar) -> date:
    """The last day for the corrected reports: seven business days from the licensee's last action (CRD-59-a)."""
    return add_bd(last_action, BUSINESS_DAYS, calendar)
