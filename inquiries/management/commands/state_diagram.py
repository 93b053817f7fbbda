from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from inquiries.rules import diagram

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"


class Command(BaseCommand):
    help = "Write docs/states.md from the transition table; with --check, fail when it says something else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check: bool, **options: object) -> None:
        if not check:
            PAGE.write_text(diagram.page(), encoding="utf-8")
            self.stdout.write(f"{PAGE.name} written")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != diagram.page():
            raise CommandError("docs/states.md is not what the table says. Run manage.py state_diagram.")
        else:
            self.stdout.write(f"{PAGE.name} is what the table says")
