"""A month of a business calendar, day by day, with the reason why each is worked or not."""

from calendar import SUNDAY, Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from crm_portal.worktime.holidays import closing
from crm_portal.worktime.labels import HOLIDAY
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import weekend_of


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month's page."""

    day: date
    is_of_month: bool
    is_weekend: bool
    holiday: str
    declared: CalendarDay | None

    @property
    def computed_working(self) -> bool:
        """What the calendar says by itself."""
        return not (self.is_weekend or self.holiday)

    @property
    def is_working(self) -> bool:
        return self.declared.is_working if self.declared else self.computed_working


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month, Sunday first."""

    calendar: CalendarName
    first: date
    weeks: list[list[DayCell]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def working_days(self) -> int:
        return sum(cell.is_working for week in self.weeks for cell in week if cell.is_of_month)

    @property
    def declared(self) -> list[CalendarDay]:
        return [cell.declared for week in self.weeks for cell in week if cell.is_of_month and cell.declared]


def month_of(name: CalendarName, first: date) -> Month:
    """The month's page."""
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    span = (weeks[0][0], weeks[-1][-1])
    rows = CalendarDay.objects.filter(calendar=name.value, day__range=span).select_related("declared_by")
    declared = {row.day: row for row in rows}
    return Month(name, first, [[_cell(name, day, first.month, declared.get(day)) for day in week] for week in weeks])


def day_cell(name: CalendarName, day: date) -> DayCell:
    """One day by itself."""
    row = CalendarDay.objects.filter(calendar=name.value, day=day).select_related("declared_by").first()
    return _cell(name, day, day.month, row)


def _cell(name: CalendarName, day: date, month: int, declared: CalendarDay | None) -> DayCell:
    holiday = closing(day, name)
    return DayCell(
        day,
        is_of_month=day.month == month,
        is_weekend=day.weekday() in weekend_of(name),
        holiday=str(HOLIDAY[holiday.key]) if holiday else "",
        declared=declared,
    )
