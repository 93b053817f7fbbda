"""Bring the database, the translations and the static files up to date, and load the demonstration once."""

import hashlib
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from django.utils.translation.reloader import translation_file_changed
from redis import RedisError

from crm_portal.api.pulse import broker
from crm_portal.people.models import User


class Command(BaseCommand):
    help = (
        "Migrate, compile the translations, collect the static files, and load the demonstration into an empty portal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--inquiries", type=int, default=60, help="how many inquiries to demonstrate with")

    def handle(self, *, inquiries: int, **options: object) -> None:
        self.reach_the_servers()
        self.say("Bringing the database up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        self.compile_translations()
        self.collect_static()
        if not User.objects.exists():
            self.load_demonstration(inquiries)

    def reach_the_servers(self) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached: {error}Check DATABASE_URL.") from error
        try:
            with broker() as redis_connection:
                redis_connection.ping()
        except RedisError as error:
            raise CommandError(f"Redis cannot be reached: {error} Check REDIS_URL.") from error

    @transaction.atomic  # one that is interrupted leaves nothing, and the next start makes it
    def load_demonstration(self, inquiries: int) -> None:
        self.say("Loading the reference data ...")
        call_command("load_reference")
        self.say("Loading the demonstration, a simulated year ...")
        call_command("load_demo", inquiries=inquiries)

    def compile_translations(self) -> None:
        source = Path(settings.LOCALE_PATHS[0]) / "he" / "LC_MESSAGES" / "django.po"
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            call_command("translations", compile=True)
            translation_file_changed(sender=None, file_path=compiled)  # this process has read the older one

    def collect_static(self) -> None:
        """Collect and compress, when a file changed since the last time."""
        collected = Path(settings.STATIC_ROOT)
        stamp, now = collected / "collected-from", fingerprint()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != now:
            self.say("Collecting the static files ...")
            shutil.rmtree(collected, ignore_errors=True)
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(now, encoding="ascii")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def fingerprint() -> str:
    """What the collected files depend on: our own, and the packages of this environment."""
    seen = hashlib.sha256(sys.prefix.encode())
    sources = [Path(sys.prefix) / "installed", Path(settings.BASE_DIR) / "crm_portal" / "settings.py"]
    for folder in settings.STATICFILES_DIRS:
        sources += sorted(Path(folder).rglob("*"))
    for path in sources:
        if path.exists():
            seen.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return seen.hexdigest()
