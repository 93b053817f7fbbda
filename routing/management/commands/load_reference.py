from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from routing.services.reference import load_reference


class Command(BaseCommand):
    help = "Load the reference data of every app; what is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--overwrite", action="store_true", help="set existing rows back to the shipped values")

    def handle(self, *, overwrite: bool, **options: object) -> None:
        for app, loaded in load_reference(by=None, at=timezone.now(), overwrite=overwrite).items():
            self.stdout.write(f"{app}: {loaded.created} created, {loaded.updated} updated, {loaded.kept} kept")
