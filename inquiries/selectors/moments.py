"""Now, with the calendar that counts by it; asked once for a request."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from crm_portal.worktime.rules.calendars import BusinessCalendar, CalendarName
from crm_portal.worktime.selectors import calendar


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and the authority's calendar as it stands."""

    at: datetime
    authority: BusinessCalendar

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        return cls(at, calendar(CalendarName.AUTHORITY))

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def days_ago(self, days: int) -> datetime:
        """The start of the day that was so many business days ago, today counted as the first."""
        latest = self.today if self.authority.is_business_day(self.today) else self.authority.add(self.today, -1)
        return midnight(latest if days == 1 else self.authority.add(latest, 1 - days))


def midnight(day: date) -> datetime:
    """When this day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
