"""The auditor's search (screen E20): by object, person, period, action and outcome; itself in the audit (CRM-2-b)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.audit.services.recording import record, record_read
from crm_portal.people.rules.roles import Role
from inquiries.models import Attachment
from inquiries.services import assigning, attaching
from tests.factories.files import StoredFileFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
WHERE = "/audit/"


@pytest.fixture
def auditor():
    return UserFactory(roles=[Role.AUDITOR], last_name="זכאי", first_name="אביגיל")


@pytest.fixture
def desk(sign_in, auditor):
    return sign_in(auditor)


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


def actions(response):
    return [event.row.action for event in response.context["page"].rows]


@pytest.mark.req("CRM-2-b")
def test_the_events_of_an_inquiry_are_found_with_its_opened_files(desk, inquiry):
    attachment = Attachment.objects.create(
        inquiry=inquiry, file=StoredFileFactory(clean=True), direction="inbound", attached_by_name="לוי דנה",
        attached_at=timezone.now(),
    )  # fmt: skip
    attaching.open_attachment(attachment_id=attachment.pk, by=inquiry.clerk, at=timezone.now())
    InquiryFactory(in_treatment=True)

    found = desk.get(WHERE, {"about": inquiry.number})

    assert actions(found).count("attachment.open") == 1
    assert "inquiry.assign" in actions(found)
    objects = {(event.row.target_type, event.row.target_id) for event in found.context["page"].rows}
    assert objects == {("inquiry", str(inquiry.pk))}
    assert attachment.file.name in found.text


@pytest.mark.req("CRM-2-b")
def test_what_one_person_did_is_found_by_name_and_by_username(desk, inquiry):
    by_username = desk.get(WHERE, {"who": inquiry.clerk.username})
    by_name = desk.get(WHERE, {"who": str(inquiry.clerk)})

    assert actions(by_username) == actions(by_name)
    assert {event.row.actor_id for event in by_name.context["page"].rows} == {inquiry.clerk.pk}


@pytest.mark.req("CRM-2-b")
def test_a_period_includes_both_of_its_days(desk, auditor):
    for day in (1, 2, 3, 4):
        record("test.event", by=auditor, at=datetime(2026, 3, day, 12, tzinfo=UTC))

    found = desk.get(WHERE, {"since": "2026-03-02", "until": "2026-03-03"})

    assert [event.row.at.day for event in found.context["page"].rows] == [3, 2]


@pytest.mark.req("CRM-2-b")
def test_action_and_outcome_narrow(desk, inquiry):
    record_read("inquiry.print", by=inquiry.clerk, at=timezone.now(), target=inquiry)

    found = desk.get(WHERE, {"about": inquiry.number, "outcome": "read"})
    printed = desk.get(WHERE, {"action": "inquiry.print"})

    assert set(actions(found)) == {"inquiry.print"}
    assert actions(printed) == ["inquiry.print"]


@pytest.mark.req("CRM-2-b")
def test_each_search_is_itself_in_the_audit(desk, auditor, inquiry):
    desk.get(WHERE)
    assert not AuditEvent.objects.filter(action="audit.search").exists()

    desk.get(WHERE, {"about": inquiry.number})

    event = AuditEvent.objects.get(action="audit.search")
    assert (event.actor, event.outcome, event.after) == (auditor, "read", {"about": inquiry.number})


@pytest.mark.req("CRM-2-b")
def test_before_and_after_are_read_in_words(desk, inquiry):
    colleague = UserFactory(roles=[Role.HANDLER])
    inquiry.handling_team.members.create(user=colleague)
    inquiry.handling_unit.members.create(user=colleague)
    assigning.assign_to_employee(
        inquiry_id=inquiry.pk, employee_id=colleague.pk, by=inquiry.clerk, at=timezone.now(), note="חופשה"
    )

    event = desk.get(WHERE, {"about": inquiry.number}).context["page"].rows[0]

    assert ("עובד", str(inquiry.clerk), str(colleague)) in event.changes


@pytest.mark.req("CRM-2-b")
def test_pages_follow_each_other_without_a_gap_or_a_repetition(desk, auditor):
    at = timezone.now() - timedelta(hours=1)
    for number in range(120):
        record("test.event", by=auditor, at=at, target_type="test", target_id=str(number))

    asked = {"who": auditor.username, "until": timezone.localdate(at).isoformat()}
    first = desk.get(WHERE, asked).context["page"]
    second = desk.get(WHERE, {**asked, "after": first.older}).context["page"]
    back = desk.get(WHERE, {**asked, "before": second.newer}).context["page"]

    ids = [event.row.pk for event in [*first.rows, *second.rows]]
    assert len(ids) == len(set(ids)) == 100
    assert ids == sorted(ids, reverse=True)
    assert [event.row.pk for event in back.rows] == ids[:50]


def test_a_long_page_costs_as_many_queries_as_a_short_one(desk, inquiry):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(WHERE, {"about": inquiry.number}).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for _ in range(40):
        record(
            "inquiry.assign", by=inquiry.clerk, at=timezone.now(), target=inquiry, after={"owner_id": inquiry.owner_id}
        )

    assert queries() == few


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"since": "2026-02-31"}, "since"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "until"),
        ({"action": "no.such"}, "action"),
    ],
)
def test_what_cannot_be_searched_is_said_at_its_field(desk, asked, field):
    response = desk.get(WHERE, asked)

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not AuditEvent.objects.filter(action="audit.search").exists()


def test_an_unreadable_cursor_gives_the_first_page(desk, auditor, inquiry):
    found = desk.get(WHERE, {"about": inquiry.number, "after": "x'--"})

    assert "inquiry.assign" in actions(found)


@pytest.mark.req("CRM-2-b")
@pytest.mark.parametrize("role", [Role.HANDLER, Role.OFFICE_MANAGER, Role.CRM_ADMIN, Role.VIEWER])
def test_nobody_but_the_auditor_searches(sign_in, role):
    assert sign_in(UserFactory(roles=[role])).get(reverse("inquiries:audit")).status_code == 403
