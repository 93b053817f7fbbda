"""The words people read for the codes of administration."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules.days import Problem, Wrong

WRONG: dict[Wrong, Promise] = {
    Wrong.NO_HEADING: _("The first line must name the columns: date, name, and working if some days are worked."),
    Wrong.NO_DATE: _('"{value}" is not a date. Write it as 2026-04-02 or 02.04.2026.'),
    Wrong.NO_NAME: _("The name is missing, or longer than 120 letters."),
    Wrong.NOT_YES_OR_NO: _('"{value}" says neither yes nor no. Write yes for a day that is worked.'),
    Wrong.TWICE: _("{value} is there twice. Leave one of the two lines."),
    Wrong.TOO_MANY: _("The file has more than {value} lines. Split it."),
    Wrong.OUT_OF_RANGE: _("{value} is outside the calendar, which knows 1995 to 2060."),
}
TIMER: dict[str, Promise] = {
    "scan_pending_files": _("Checks files that were uploaded"),
    "sweep_orphan_files": _("Deletes what broken uploads left behind"),
    "send_outbox": _("Sends the messages that are due"),
    "seal_audit": _("Seals the audit"),
    "forget_sign_ins": _("Forgets codes and sessions that ended"),
}
REGISTER: dict[str, Promise] = {
    "population": _("Population register"),
    "shaam": _("Shaam registers"),
    "representatives_register": _("Representatives register"),
    "matzpen": _("Matzpen (real estate)"),
    "identity": _("Customer verification"),
    "smart_cards": _("Certification authority (smart cards)"),
    "vat_key": _("File-opening key"),
    "computerised_file": _("Computerised file"),
    "recordings": _("Recordings"),
    "origin": _("Origin of network addresses"),
    "triage": _("Suggestion of triplets"),
}


def problem_sentence(problem: Problem) -> str:
    """Say what is wrong with a line of a file."""
    said = str(WRONG[problem.wrong]).format(value=problem.value)
    return str(_("Line {line}: {said}")).format(line=problem.line, said=said)
