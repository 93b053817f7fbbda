"""Run every timer once."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...services import timing
from ..base import instant


class Command(BaseCommand):
    help = "Run what is due, once, and print a line for each timer: name, rows done, rows failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=instant, metavar="ISO-INSTANT", help="judge what is due by this instant")
        parser.add_argument("--only", metavar="NAME", help="run this timer alone")

    def handle(self, *, at: datetime | None, only: str | None, **options: object) -> None:
        timers = timing.timers()
        if only is not None and only not in timers:
            raise CommandError(f"There is no timer {only!r}. There are: {', '.join(timers)}.")
        at = at or timezone.now()
        for name, timer in timers.items():
            if only in (None, name):
                result = timing.run(timer, at=at)
                self.stdout.write(f"{name} {result.done} {result.failed}")
