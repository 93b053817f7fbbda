from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm_portal.api.cases import read_cases, write
from crm_portal.audit.services.recording import record_refusal
from crm_portal.errors import Code, Refusal, Refused
from routing import labels
from routing.models import BusinessUnit, Team
from routing.rules.engine import Decision
from routing.services import simulating

NOTED = 100  # refusals of one file that the audit tells of


class Command(BaseCommand):
    help = "Print where the inquiries of a JSON file would be routed, and why (docs/routing.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the cases; - reads the standard input")

    def handle(self, *, file: str, **options: object) -> None:
        try:
            cases = read_cases(file, shape='{"id": …, "facts": {…}}')
        except CommandError:
            _note([Refusal(Code.INVALID_VALUE, ("cases",))], file)
            raise
        answers = simulating.decide_cases(cases, on=timezone.localdate())
        _note([answer for _case_id, answer in answers if isinstance(answer, Refusal)], file)
        units = dict(BusinessUnit.objects.values_list("code", "name"))
        teams = dict(Team.objects.values_list("code", "name"))
        results = [{"id": case_id, **_answer(answer, units, teams)} for case_id, answer in answers]
        self.stdout.write(write({"results": results}))


def _note(refusals: list[Refusal], file: str) -> None:
    """Write into the audit what could not be read: one row for the file, however many cases are wrong."""
    written = [Refusal(one.code, tuple(map(_storable, one.fields))) for one in refusals[:NOTED]]
    if written:
        name = _storable(file)[-64:]
        record_refusal(
            "routing.route", Refused(*written), by=None, at=timezone.now(), target_type="file", target_id=name
        )


def _storable(text: str) -> str:
    """The text without what PostgreSQL does not store: NUL characters and halves of characters."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


def _answer(answer: Decision | Refusal, units: dict[str, str], teams: dict[str, str]) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        message = labels.problem_sentence(answer)
        return {"error": {"code": answer.code, "field": answer.fields[0], "message": message}}
    return {
        "rule": answer.rule,
        "unit": answer.unit,
        "unit_name": units.get(answer.unit or ""),
        "team": answer.team,
        "team_name": teams.get(answer.team or ""),
        "fallback": answer.is_fallback,
        "cause": answer.cause,
        "reasons": [
            {
                "rule": reason.rule,
                "outcome": reason.outcome,
                "because": reason.because,
                "clause": reason.clause,
                "text": labels.reason_sentence(reason),
            }
            for reason in answer.reasons
        ],
    }
