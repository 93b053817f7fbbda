from django.core.management.base import BaseCommand, CommandParser

from crm_portal.api.assessing import ASSESSORS, DOCUMENT_ASSESSORS
from crm_portal.api.cases import read_cases, read_document, write


class Command(BaseCommand):
    help = (
        "Assess the cases of a JSON file by an app's rules, and print what comes out"
        " (docs/compensation.md, docs/creditdata.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("app", choices=sorted({*ASSESSORS, *DOCUMENT_ASSESSORS}), help="whose rules")
        parser.add_argument("file", metavar="FILE.json", help="the cases; - reads the standard input")

    def handle(self, *, app: str, file: str, **options: object) -> None:
        if app in DOCUMENT_ASSESSORS:
            self.stdout.write(write(DOCUMENT_ASSESSORS[app](read_document(file))))
            return
        cases = read_cases(file, shape='{"id": …, "track": …, "inputs": {…}}', exact=True)
        self.stdout.write(write({"results": [ASSESSORS[app](case) for case in cases]}))
