import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from crm_portal.sentences import sentence
from inquiries.labels import IMPORT_REMARK, UNREADABLE
from inquiries.rules.legacy import LegacySystem
from inquiries.services.importing_files import LegacyFile, Line, Outcome, UnreadableFileError, record_run


class Command(BaseCommand):
    help = "Import the inquiries of a replaced system from its CSV file; what is here already stays (docs/legacy.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(system.value for system in LegacySystem)
        parser.add_argument("system", metavar="SYSTEM", help=f"one of {names}")
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV with a heading, in UTF-8 or Windows-1255")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="where the errors by line are written (FILE.report.csv)"
        )

    def handle(self, *, system: str, file: Path, report: Path | None, **options: object) -> None:
        chosen = LegacySystem.named(system)
        if chosen is None:
            known = ", ".join(one.value for one in LegacySystem)
            raise CommandError(
                _("There is no system %(name)s. Choose one of %(known)s.") % {"name": system, "known": known}
            )
        report = report or file.with_name(f"{file.name}.report.csv")
        try:
            legacy_file = LegacyFile(chosen, file)
        except UnreadableFileError as error:
            code, what = error.args
            raise CommandError(str(UNREADABLE[code]) % {"file": file, "what": what}) from None
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")  # a line lost to a power cut is imported by the next run
        outcome, now = Outcome(), timezone.now()
        try:
            with report.open("w", encoding="utf-8-sig", newline="") as lines, translation.override("he"):
                writer = csv.writer(lines)
                writer.writerow(["line", "number", "field", "code", "message"])
                for line in tqdm(legacy_file.lines(at=now), total=len(legacy_file), unit=" lines", disable=None):
                    outcome.add(line)
                    writer.writerows(_report(line))
        except OSError as error:
            what = {"file": report, "why": error.strerror}
            raise CommandError(_("The report %(file)s cannot be written: %(why)s.") % what) from None
        record_run(chosen, file, outcome, at=now)
        counts = outcome.counts
        self.stdout.write(
            f"{counts['imported']} imported, {counts['already_there']} already there, "
            f"{counts['refused']} refused; report: {report}"
        )


def _report(line: Line) -> list[list[object]]:
    """The rows of the report on one line: each refusal at its field, and the remarks on what was imported."""
    refused: list[list[object]] = [
        [line.place, line.number, ", ".join(refusal.fields), refusal.code.value, sentence(refusal)]
        for refusal in line.refusals
    ]
    return [*refused, *([line.place, line.number, "", "REMARK", str(IMPORT_REMARK[code])] for code in line.remarks)]
