"""Ask the business calendars a question from the shell."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import MAXYEAR, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...rules.calendars import BusinessCalendar, CalendarName
from ...selectors import FIRST_YEAR, LAST_YEAR, calendar
from ..base import instant


class Command(BaseCommand):
    help = "Print the business time between two instants in whole seconds, or the Nth business day after a date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--calendar", choices=[name.value for name in CalendarName], required=True)
        questions = parser.add_subparsers(dest="question", required=True)
        elapsed = questions.add_parser("elapsed", help="business time between two instants, in whole seconds")
        elapsed.add_argument("start", type=instant)
        elapsed.add_argument("end", type=instant)
        add = questions.add_parser("add", help="the Nth business day after a date (N negative: before)")
        add.add_argument("date", type=_date)
        add.add_argument("n", type=int, metavar="N")

    def handle(self, *, calendar: str, question: str, **options: Any) -> None:
        answer = self.elapsed if question == "elapsed" else self.add
        try:
            self.stdout.write(answer(calendar, **options))
        except (ValueError, OverflowError) as error:
            raise CommandError(str(error)) from None

    def elapsed(self, name: str, *, start: datetime, end: datetime, **options: object) -> str:
        business = _covering(name, start.year, end.year).elapsed(start, end)
        return str(int(business.total_seconds()))

    def add(self, name: str, *, date: date, n: int, **options: object) -> str:
        years = abs(n) // 200 + 2  # every calendar has more business days a year than that
        if years > MAXYEAR:
            raise ValueError(f"{n} business days lead beyond the calendar.")
        return _covering(name, date.year - years, date.year + years).add(date, n).isoformat()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not an ISO date such as 2026-03-01") from None


def _covering(name: str, *years: int) -> BusinessCalendar:
    return calendar(
        name,
        first_year=max(2, min(FIRST_YEAR, min(years) - 1)),
        last_year=min(9997, max(LAST_YEAR, max(years) + 1)),
    )
