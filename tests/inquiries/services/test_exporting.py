"""Exports by a worker: lost workers, lost rights, and the sweep."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role, Scope
from crm_portal.worktime.services import timing
from inquiries.models import ReportExport
from inquiries.rules.figures import ExportFormat, ReportKey
from inquiries.selectors.reports import Question
from inquiries.services import adding_up, exporting
from routing.models import UnitMember
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def manager():
    team, triplet = TeamFactory(), TripletFactory()
    for number in range(3):
        StockFactory(team=team, triplet=triplet, number=f"2026-00000{number}")
    StockFactory(team=TeamFactory(), triplet=triplet, number="2026-000009")
    adding_up.refresh_report_figures(at=NOW)
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    UnitMember.objects.create(unit=team.unit, user=user)
    return user


def asked(user: User, **about: object) -> ReportExport:
    today = timezone.localdate(NOW)
    question = Question(user=user, since=today - timedelta(days=3), until=today, **about)
    return exporting.ask_for_records(by=user, at=NOW, report=ReportKey.VOLUME, question=question, form=ExportFormat.CSV)


def content(export: ReportExport) -> str:
    export.refresh_from_db()
    with exporting.exports().open(export.file) as file:
        return file.read().decode("utf-8-sig")


@pytest.mark.req("CRM-3.1-d")
def test_the_file_has_the_rows_in_reach_and_no_other(manager):
    export = asked(manager)

    assert exporting.write_next(at=NOW) is True

    assert [line.split(",")[0] for line in content(export).splitlines()[1:]] == [
        "2026-000000", "2026-000001", "2026-000002",
    ]  # fmt: skip
    assert exporting.write_next(at=NOW) is None


def test_the_reach_is_the_askers_when_it_is_written_and_not_when_he_asked(manager):
    export = asked(manager)
    UnitMember.objects.filter(user=manager).delete()

    exporting.write_next(at=NOW)

    assert len(content(export).splitlines()) == 1


def test_who_lost_the_right_meanwhile_gets_no_file(manager):
    export = asked(manager)
    RoleGrant.objects.all().delete()

    assert exporting.write_next(at=NOW) is False

    export.refresh_from_db()
    assert (export.state, export.file) == ("failed", "")


@pytest.mark.req("CRM-3.1-d")
def test_who_may_not_see_inquiries_one_by_one_is_refused_their_list(refusing):
    analyst = UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL)

    with refusing(Code.PERMISSION_DENIED):
        asked(analyst)

    assert AuditEvent.objects.get(outcome="refused").action == "report.export"


def test_a_handler_exports_nothing_whatever_he_calls():
    user = UserFactory(roles=[Role.HANDLER])
    question = Question(user=user, since=NOW.date(), until=NOW.date(), by="triplet")

    with pytest.raises(Refused) as caught:
        exporting.export_figures(
            by=user, at=NOW, report=ReportKey.VOLUME, question=question, form=ExportFormat.CSV, out=BytesIO()
        )

    assert caught.value.code == Code.PERMISSION_DENIED


def test_an_export_whose_worker_fell_silent_is_begun_anew_and_one_at_work_is_left_alone(manager):
    export = asked(manager)
    ReportExport.objects.update(state="writing", beat_at=timezone.now() - timedelta(minutes=1))
    assert exporting.write_next(at=NOW) is None

    ReportExport.objects.update(beat_at=timezone.now() - timedelta(minutes=6), rows_done=2)
    assert exporting.write_next(at=NOW) is True

    assert len(content(export).splitlines()) == 1 + 3


def test_exports_are_deleted_after_three_days_with_their_files(manager):
    export = asked(manager)
    exporting.write_next(at=NOW)
    export.refresh_from_db()
    sweep = timing.timers()["sweep_report_exports"]

    assert timing.run(sweep, at=NOW + timedelta(days=3)).done == 0
    assert exporting.exports().exists(export.file)
    assert timing.run(sweep, at=NOW + timedelta(days=3, seconds=1)).done == 1

    assert not ReportExport.objects.exists()
    assert not exporting.exports().exists(export.file)
    assert AuditEvent.objects.filter(action="report.export", outcome="read").count() == 1
