"""The two clocks of a licensee that ceases (regulation 81); they start at the moment its activity stops."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crm_portal.worktime.rules.calendars import JERUSALEM, BusinessCalendar

from .deadlines import add_bd
from .parameters import DEFAULTS, Parameters

DOCUMENTS_BUSINESS_DAYS = 7


@dataclass(frozen=True, slots=True)
class Handover:
    """Until when the Registrar must have what."""

    database_due: datetime  # in Israeli time
    documents_due: date


def handover(cessation: datetime, calendar: BusinessCalendar, parameters: Parameters = DEFAULTS) -> Handover:
    """
    The database within 72 hours that pass on a clock, rest days and a change of summer time included (CRD-81-c); the
    documents within seven business days (CRD-81-d).
    """
    due = cessation.astimezone(UTC) + timedelta(hours=parameters.wind_down_hours)
    return Handover(due.astimezone(JERUSALEM), add_bd(cessation, DOCUMENTS_BUSINESS_DAYS, calendar))
