"""The demonstration gives every report something to show."""

from datetime import UTC, datetime

from django.core.management import call_command

from crm_portal.people.rules.roles import Role, Scope
from inquiries.demonstration import supervising, templates, year
from inquiries.demonstration.cast import assemble
from inquiries.models import DailyFollowUp
from inquiries.selectors.moments import Moment
from inquiries.selectors.reports import REPORTS, Question
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ONLY_BY_CHANCE = {"R12"}  # a fallback needs a customer without an address


def test_every_report_has_something_to_show_after_a_year(db, settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)
    cast = assemble(at=NOW - 365 * year.DAY)
    templates.write(at=NOW - 365 * year.DAY)
    refused = year.play(cast, inquiries=45, until=NOW)
    analyst = UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL, roles__level=3)

    empty = set()
    for report in REPORTS:
        by = next(iter(report.breakdowns), "")
        question = Question(user=analyst, since=(NOW - 400 * year.DAY).date(), until=NOW.date(), by=by)
        if not report.answer(question, Moment.of(NOW)).table.rows:
            empty.add(report.key.value)

    assert empty <= ONLY_BY_CHANCE
    assert refused < 10


def test_a_second_year_makes_no_second_follow_up(db, settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)
    assemble(at=NOW - 365 * year.DAY)

    for _ in range(2):
        supervising.follow_up(until=NOW)

    assert DailyFollowUp.objects.filter(confirmed_at__isnull=False).exists()
    assert DailyFollowUp.objects.values("day").distinct().count() == supervising.FOLLOWED_UP
