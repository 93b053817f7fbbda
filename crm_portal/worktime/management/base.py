"""What the commands about time share."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from ..rules.calendars import JERUSALEM
from ..services import timing


def instant(text: str) -> datetime:
    """Read an ISO instant; one without an offset is in Jerusalem."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not an ISO instant such as 2026-03-01T09:30+02:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=JERUSALEM)


class TimerCommand(BaseCommand):
    """Run one timer now, or as at another instant; the subclass names it."""

    timer_name: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=instant, metavar="ISO-INSTANT", help="judge what is due by this instant")

    def handle(self, *, at: datetime | None, **options: object) -> None:
        result = timing.run(timing.timers()[self.timer_name], at=at or timezone.now())
        self.stdout.write(f"{self.timer_name} {result.done} {result.failed}")
