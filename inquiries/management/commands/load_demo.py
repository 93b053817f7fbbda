"""Fill the portal with a demonstration."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from crm_portal.people.services import demonstration
from inquiries.demonstration import coordination, desk, representation, tables, templates, year
from inquiries.demonstration.cast import assemble
from inquiries.services import triage


class Command(BaseCommand):
    help = "Bring in invented people of every role, and play a year of inquiries with the services that pages call."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--inquiries", type=int, default=150, metavar="N", help="how many inquiries (150)")

    def handle(self, *, inquiries: int, **options: object) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration: set DEMONSTRATION=1 to fill it with invented people.")
        if inquiries < 0:
            raise CommandError("The number of inquiries cannot be negative.")
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")  # what a power cut loses is loaded again
        cast = assemble(at=now - 365 * year.DAY)
        templates.write(at=now - 365 * year.DAY)
        tables.furnish(at=now)
        with tqdm(total=inquiries, unit=" inquiries", disable=None) as bar:
            refused = year.play(cast, inquiries=inquiries, until=now, begun=bar.update)
        representation.play(until=now)
        triage.train(at=now)
        desk.play(until=now)
        coordination.play(until=now)
        for play in demonstration.PLAYS.values():
            play(now)
        self.stdout.write(f"{inquiries} inquiries over a year; {refused} steps were refused by the rules")
