"""The reports there are: what each is called, counts, and may be broken down by (section 5.9)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...rules.figures import ReportKey
from ..moments import Moment
from . import movement, quality, times, volume
from .question import Question
from .shapes import Answer

PLACES = ("team", "unit", "triplet", "tax_system", "channel")


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `breakdowns` are what the rows of its table may be, the first unless told."""

    key: ReportKey
    subject: Promise  # the heading it stands under
    title: Promise
    about: Promise
    clause: str
    icon: str
    answer: Callable[[Question, Moment], Answer]
    breakdowns: Sequence[str] = ()
    is_about_subjects: bool = True  # so that a triplet or a channel may narrow it
    has_records: bool = False  # what it counts are the inquiries opened in the period, which can be listed


def _of(answer: Callable[[Question], Answer]) -> Callable[[Question, Moment], Answer]:
    return lambda question, _now: answer(question)


_VOLUME, _TIME, _FLOW, _QUALITY = (
    _("Volume and population"),
    _("Net times and dwell"),
    _("Movement"),
    _("Quality and supervision"),
)

REPORTS: Sequence[Report] = (
    Report(
        ReportKey.VOLUME, _VOLUME, _("Volume of inquiries"),
        _("What was opened, by status, triplet and channel; what came in and what was closed; when people turn to us."),
        "CRM-3.1-d, CRM-3.1-b", "inbox", _of(volume.volume), ("triplet", "channel", "tax_system", "unit", "team"),
        has_records=True,
    ),
    Report(
        ReportKey.OFFICES, _VOLUME, _("Office statistics"),
        _("How much of what was opened is handled. Waiting for the customer counts as handled."),
        "CRM-6.3-b", "building", _of(volume.offices), ("unit", "team", "triplet", "tax_system", "channel"),
        has_records=True,
    ),
    Report(
        ReportKey.POPULATION, _VOLUME, _("Who turns to us"),
        _("By kind of customer, by who opened the inquiry, and by type of file."),
        "CRM-3.1-b", "users", _of(volume.population),
        has_records=True,
    ),
    Report(
        ReportKey.SLA, _TIME, _("Net times and SLA"),
        _("Average net time, how many keep their target, and the list of those past it."),
        "CRM-2.1.7-f", "clock", _of(times.targets), ("triplet", "team", "unit", "tax_system", "channel"),
        has_records=True,
    ),
    Report(
        ReportKey.DWELL, _TIME, _("Dwell with teams and employees"),
        _("How long each team and employee had the inquiries, all periods added up."),
        "CRM-2.1.7-d", "history", _of(times.dwell),
    ),
    Report(
        ReportKey.TRANSFERS, _FLOW, _("Transfers and triplet corrections"),
        _("Transfers, returns without correction, corrected triplets, and closings with a triplet left wrong."),
        "CRM-5.1.1-c, CRM-6.1-a", "convert", _of(movement.transfers), PLACES,
    ),
    Report(
        ReportKey.SYSTEM_CLOSURES, _FLOW, _("Closings by the system"),
        _("Three months without a response, and files that failed their check."),
        "CRM-5.2.11-a, CRM-5.2.11-b", "settings", _of(movement.system_closures),
    ),
    Report(
        ReportKey.FALLBACKS, _FLOW, _("Routing fallbacks"),
        _("What no rule could give to a team and so came to the head team, by cause."),
        "CRM-7-p", "route", _of(movement.fallbacks),
    ),
    Report(
        ReportKey.QUALITY, _QUALITY, _("Quality and time to answer"),
        _("Time to the first answer and to each, and the grades that managers gave."),
        "CRM-2-c", "shield", _of(quality.answers), PLACES,
    ),
    Report(
        ReportKey.FOLLOW_UP, _QUALITY, _("Daily follow-up performed"),
        _("The working days on which coordinators confirmed their follow-up, and those on which they did not."),
        "CRM-3.4-g", "okc", quality.follow_up, is_about_subjects=False,
    ),
    Report(
        ReportKey.CORRESPONDENCE, _QUALITY, _("Many correspondences"),
        _("Inquiries on which the customer wrote many times: call him."),
        "CRM-6.7-a", "chat", _of(quality.correspondence), ("triplet", "team", "unit", "tax_system", "channel"),
        has_records=True,
    ),
    Report(
        ReportKey.TEMPLATES, _QUALITY, _("Use of response templates"),
        _("How many replies began from each template."),
        "CRM-2.2.5-c", "tmpl", _of(quality.templates),
    ),
)  # fmt: skip


def report_of(key: str) -> Report | None:
    """The report of this key."""
    return next((report for report in REPORTS if report.key == key), None)


def reports_by_subject() -> list[tuple[Promise, list[Report]]]:
    """The reports under their headings, in order."""
    found: dict[Promise, list[Report]] = {}
    for report in REPORTS:
        found.setdefault(report.subject, []).append(report)
    return list(found.items())
