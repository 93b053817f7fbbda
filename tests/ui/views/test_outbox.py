"""The page of outgoing messages."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.messaging.selectors import Filters, page
from crm_portal.messaging.selectors import pages as outbox_pages
from crm_portal.people.permissions import roles_allowed
from crm_portal.people.rules.roles import Role
from crm_portal.ui.rules.access import OutboxAction
from crm_portal.ui.views import outbox
from tests.factories.messaging import NotificationFactory
from tests.factories.people import UserFactory

AT = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def crm_admin():
    return UserFactory(roles=[Role.CRM_ADMIN])


@pytest.fixture
def shown(client, crm_admin):
    client.force_login(crm_admin)

    def get(**query):
        response = client.get("/outbox/", query)
        assert response.status_code == 200
        return response.content.decode()

    return get


def messages(count, **given):
    return [NotificationFactory(created_at=AT + timedelta(seconds=n), **given) for n in range(count)]


def test_only_the_crm_department_reads_and_retries():
    assert roles_allowed(OutboxAction.READ) == roles_allowed(OutboxAction.RETRY) == {Role.CRM_ADMIN}
    assert outbox.outbox.required_action is OutboxAction.READ
    assert outbox.retry.required_action is OutboxAction.RETRY


def test_in_a_demonstration_everybody_reads_the_codes(settings):
    settings.DEMONSTRATION = True
    NotificationFactory(code=True)
    request = RequestFactory().get("/outbox/")
    request.user = AnonymousUser()

    html = outbox.outbox(request).content.decode()

    assert outbox.for_readers(lambda request: None).required_action is None
    assert "482913" in html
    assert 'data-tone="info"' in html
    assert "/retry/" not in html


def test_outside_a_demonstration_no_code_is_shown_even_while_it_waits(shown):
    NotificationFactory(code=True)

    html = shown()

    assert "482913" not in html
    assert 'data-tone="info"' not in html


def test_a_message_is_shown_whole_with_its_state_and_its_last_error(shown):
    row = NotificationFactory(failed=True, body="שורה <b>\nhttps://portal.example/my/")

    html = shown()

    assert row.address in html
    assert "שורה &lt;b&gt;<br>" in html
    assert '<a href="https://portal.example/my/"' in html
    assert "SMTP 451 busy" in html
    assert f"/outbox/{row.pk}/retry/" in html


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), "abc"),
        (Filters(state="failed"), "c"),
        (Filters(channel="sms"), "b"),
        (Filters(kind="employee_message"), "b"),
        (Filters(search=" a@example.org "), "a"),
        (Filters(search="2026-000777"), "c"),
        (Filters(search="a@example"), ""),
    ],
    ids=str,
)
def test_the_list_is_narrowed_by_state_channel_kind_address_and_inquiry(filters, found):
    NotificationFactory(dedupe_key="a", address="a@example.org")
    NotificationFactory(dedupe_key="b", sms=True, kind="employee_message")
    NotificationFactory(dedupe_key="c", failed=True, about="2026-000777")

    assert {row.dedupe_key for row in page(filters).messages} == set(found)


def test_pages_lead_down_and_up_again_without_losing_a_message_of_the_same_instant(monkeypatch):
    monkeypatch.setattr(outbox_pages, "PAGE_SIZE", 3)
    rows = [NotificationFactory(created_at=AT) for _ in range(4)] + messages(4)
    newest_first = [row.pk for row in sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)]

    seen, one = [], page(Filters())
    assert one.newer is None
    while True:
        seen.append(one)
        if one.older is None:
            break
        one = page(Filters(), older_than=one.older)

    assert [row.pk for shown in seen for row in shown.messages] == newest_first
    for above, below in pairwise(seen):
        assert page(Filters(), newer_than=below.newer).messages == above.messages
    assert page(Filters(), newer_than=seen[1].newer).newer is None


def test_a_cursor_that_cannot_be_read_gives_the_first_page(shown):
    row = NotificationFactory()

    assert row.address in shown(after="nonsense", before="20260101T000000000000.x", state="no such state")


def test_the_page_asks_the_same_number_of_questions_for_one_message_and_for_fifty(client, crm_admin):
    client.force_login(crm_admin)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get("/outbox/")
        return len(asked)

    messages(1, failed=True)
    questions()
    one = questions()
    messages(60, failed=True)

    assert questions() == one <= 10


def test_a_page_stays_under_150_kilobytes(client, crm_admin):
    messages(60, failed=True)
    client.force_login(crm_admin)

    assert len(client.get("/outbox/").content) < 150_000


def test_a_dead_letter_is_sent_again_by_a_button(client, crm_admin):
    row = NotificationFactory(failed=True)
    client.force_login(crm_admin)

    response = client.post(f"/outbox/{row.pk}/retry/")

    row.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/outbox/")
    assert (row.state, row.attempts) == ("queued", 0)


def test_a_refused_retry_says_why(client, crm_admin):
    row = NotificationFactory(sent=True)
    client.force_login(crm_admin)

    response = client.post(f"/outbox/{row.pk}/retry/")

    assert response.status_code == 409
    assert 'data-tone="bad"' in response.content.decode()
    assert AuditEvent.objects.get(action="notification.retry").outcome == "refused"


def test_retrying_what_is_not_there_is_not_found(client, crm_admin):
    client.force_login(crm_admin)

    assert client.post("/outbox/00000000-0000-0000-0000-000000000000/retry/").status_code == 404


@pytest.mark.req("CRM-2-b")
def test_searching_for_an_address_is_told_in_the_audit(shown, crm_admin):
    shown()
    shown(search="a@example.org")

    event = AuditEvent.objects.get(action="notification.search")
    assert (event.actor, event.outcome, event.after) == (crm_admin, "read", {"search": "a@example.org"})


def test_what_came_back_is_told_from_what_arrived_and_from_what_only_left(shown):
    NotificationFactory(sent=True, bounced_at=AT, last_error="550 no such user")
    NotificationFactory(sent=True, delivered_at=AT)
    NotificationFactory(sent=True)

    page = shown()

    assert (page.count("</svg>חזרה<"), page.count("</svg>נמסרה<"), page.count("550 no such user")) == (1, 1, 1)
