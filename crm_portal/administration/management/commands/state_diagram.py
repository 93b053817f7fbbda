from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import diagrams

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"


class Command(BaseCommand):
    help = "Write docs/states.md from the transition tables; with --check, fail when it says something else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check: bool, **options: object) -> None:
        if not check:
            PAGE.write_text(diagrams.page(), encoding="utf-8")
            self.stdout.write(f"{PAGE.name} written")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != diagrams.page():
            raise CommandError("docs/states.md is not what the tables say. Run manage.py state_diagram.")
        else:
            self.stdout.write(f"{PAGE.name} is what the tables say")
