"""The figures of a dashboard are made of one reading of what was opened, day by day."""

from datetime import timedelta

import pytest

from inquiries.models import Inquiry
from inquiries.selectors.figures import HANDLED, Board
from inquiries.selectors.moments import Moment
from inquiries.selectors.trends import weekly
from tests.factories.inquiries import OPENED_AT
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db


@pytest.mark.req("CRM-3.1-c")
def test_arrivals_of_days_add_up_to_the_weeks_and_periods_on_every_day_of_the_week():
    team = TeamFactory()
    for days in range(0, 98, 3):
        status = "closed_success" if days % 2 else "open_team"
        StockFactory(team=team, opened_at=OPENED_AT + timedelta(days=days), status=status)
    rows, user = Inquiry.objects.all(), UserFactory()

    for day in range(7):
        now = Moment.of(OPENED_AT + timedelta(days=95 + day, hours=1))
        board = Board(user, "", rows, {}, now)
        month, before = board.since(30), board.since(60)
        assert board.opened == weekly(rows.filter(opened_at__lte=now.at), "opened_at", now)
        assert board.came(30) == rows.filter(opened_at__gte=month, opened_at__lte=now.at).count()
        assert board.came(60, 30) == rows.filter(opened_at__gte=before, opened_at__lt=month).count()
        handled = rows.filter(opened_at__gte=month, status__in=HANDLED)
        assert board.came(30, 0, HANDLED) == handled.count()
