"""Workers and clicks at once: nothing is counted twice, forgotten or written twice."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from crm_portal.people.rules.roles import Role
from inquiries.models import DailyFigure, FiguresDay, Inquiry, InquiryMeasures, ReportExport
from inquiries.rules.figures import ExportFormat, ReportKey
from inquiries.selectors.reports import Question
from inquiries.services import adding_up, assigning, exporting
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, office
from tests.factories.people import UserFactory
from tests.inquiries.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def opened() -> int:
    return DailyFigure.objects.filter(figure="opened").aggregate(n=Sum("count"))["n"] or 0


def test_two_workers_and_a_clerk_at_once_leave_figures_that_the_next_run_makes_whole():
    team, now = office(), timezone.now()
    made = [InquiryFactory(team=team, at=now - timedelta(days=days)) for days in range(1, 6)]

    results = at_once(
        lambda: adding_up.refresh_report_figures(at=now),
        lambda: adding_up.refresh_report_figures(at=now),
        lambda: assigning.assign_to_me(inquiry_id=made[0].pk, by=made[0].clerk, at=now),
    )
    adding_up.refresh_report_figures(at=now)

    assert not [result for result in results if isinstance(result, Exception)]
    assert opened() == Inquiry.objects.count() == 5
    assert DailyFigure.objects.get(figure="opened", key="in_treatment").count == 1
    assert not FiguresDay.objects.exists()
    versions = dict(Inquiry.objects.values_list("pk", "version"))
    assert dict(InquiryMeasures.objects.values_list("pk", "version")) == versions


@pytest.mark.req("CRM-3.1-d")
def test_two_clicks_ask_for_one_export_and_two_workers_write_it_once():
    team, now = office(), timezone.now()
    InquiryFactory(team=team, at=now - timedelta(days=1))
    adding_up.refresh_report_figures(at=now)
    manager = UserFactory(roles=[Role.OFFICE_MANAGER])
    UnitMember.objects.create(unit=team.unit, user=manager)
    today = timezone.localdate(now)

    def ask() -> int:
        question = Question(user=manager, since=today - timedelta(days=5), until=today)
        return exporting.ask_for_records(
            by=manager, at=now, report=ReportKey.VOLUME, question=question, form=ExportFormat.XLSX
        ).pk

    first, second = at_once(ask, ask)
    written = at_once(lambda: exporting.write_next(at=now), lambda: exporting.write_next(at=now))

    assert first == second == ReportExport.objects.get().pk
    assert sorted(written, key=str) == [None, True]
