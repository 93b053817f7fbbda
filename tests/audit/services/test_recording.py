"""What is written into the audit, and what survives a refusal."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from crm_portal.audit.context import Origin, coming_from
from crm_portal.audit.models import AuditEvent
from crm_portal.audit.services.recording import command, record, record_read
from crm_portal.errors import Code, Refused, refuse
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.services.sweeping import SweepResult, sweep
from tests.factories.people import RepresentativeEmployeeFactory, UserFactory

AT = timezone.now()


def put(key):
    outbox.put("note", channel=MessageChannel.EMAIL, address="a@example.org", body="-", dedupe_key=key, at=AT)


def kept():
    return set(Notification.objects.values_list("dedupe_key", flat=True))


def told():
    return list(AuditEvent.objects.order_by("id").values_list("action", "outcome", "code", "target_id"))


@command("inquiry.inner", target="inquiry_id")
def inner(*, inquiry_id, by, at, refused=True):
    put(f"inner {inquiry_id}")
    record("inquiry.inner", by=by, at=at, target_type="inquiry", target_id=str(inquiry_id))
    if refused:
        raise refuse(Code.INQUIRY_CLOSED, "status")


@command("inquiry.outer", target="inquiry_id")
def outer(*, inquiry_id, by, at, catches=False, crashes=False):
    put(f"outer {inquiry_id}")
    try:
        inner(inquiry_id=inquiry_id, by=by, at=at)
    except Refused:
        if not catches:
            raise
    if crashes:
        raise ZeroDivisionError


@pytest.mark.req("CRM-2-b")
@pytest.mark.django_db(transaction=True)
def test_a_refused_command_changes_nothing_but_leaves_its_refusal():
    user = UserFactory(roles=[Role.HANDLER])

    with coming_from(Origin("203.0.113.5", "request-1")), pytest.raises(Refused):
        inner(inquiry_id=7, by=user, at=AT)

    event = AuditEvent.objects.get()
    assert kept() == set()
    assert (event.outcome, event.code, event.after) == (
        "refused",
        "INQUIRY_CLOSED",
        {"refused": [{"code": "INQUIRY_CLOSED", "fields": ["status"]}]},
    )
    assert (event.actor, event.actor_name, event.actor_roles) == (user, str(user), "handler")
    assert (event.target_type, event.target_id) == ("inquiry", "7")
    assert (event.origin, event.request_id) == ("203.0.113.5", "request-1")


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_goes_through_two_commands_is_told_once_as_the_outer_ones():
    with pytest.raises(Refused):
        outer(inquiry_id=7, by=None, at=AT)

    assert kept() == set()
    assert told() == [("inquiry.outer", "refused", "INQUIRY_CLOSED", "7")]


@pytest.mark.django_db(transaction=True)
def test_an_inner_refusal_that_the_outer_command_catches_is_rolled_back_and_told():
    outer(inquiry_id=7, by=None, at=AT, catches=True)

    assert kept() == {"outer 7"}
    assert told() == [("inquiry.inner", "refused", "INQUIRY_CLOSED", "7")]


@pytest.mark.req("CRM-2-b")
@pytest.mark.django_db(transaction=True)
def test_the_refusal_of_a_command_in_a_sweep_outlives_the_sweep_s_roll_back():
    row = UserFactory()

    result = sweep(
        lambda at: type(row).objects.filter(pk=row.pk), lambda user, at: inner(inquiry_id=9, by=None, at=at), at=AT
    )

    assert result == SweepResult(failed=1)
    assert told() == [("inquiry.inner", "refused", "INQUIRY_CLOSED", "9")]


@pytest.mark.django_db(transaction=True)
def test_a_crash_leaves_no_event_and_no_memory_of_the_command():
    with pytest.raises(ZeroDivisionError):
        outer(inquiry_id=7, by=None, at=AT, catches=True, crashes=True)
    inner(inquiry_id=8, by=None, at=AT, refused=False)

    assert kept() == {"inner 8"}
    assert told() == [("inquiry.inner", "done", "", "8")]


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_the_transaction_it_tells_of():
    with transaction.atomic():
        record("inquiry.open", by=None, at=AT)
        transaction.set_rollback(True)

    assert told() == []


@pytest.mark.req("CRM-2-b")
def test_a_read_is_told_with_what_was_read(db):
    user = UserFactory()

    record_read("attachment.open", by=user, at=AT, target=user, what={"attachment": 5, "name": "טופס.pdf"})

    event = AuditEvent.objects.get()
    assert (event.outcome, event.target_type, event.target_id) == ("read", "user", str(user.pk))
    assert event.after == {"attachment": 5, "name": "טופס.pdf"}


@pytest.mark.req("CRM-2.2.1-d")
def test_an_employee_of_a_representative_is_named_with_the_representative(db):
    card = RepresentativeEmployeeFactory(is_the_representative=False)

    event = record("inquiry.open", by=card.user, at=AT)

    assert event.actor_name == f"{card.user} ({card.representative.name})"
    assert event.actor_roles == "representative_employee"


@pytest.mark.parametrize(("by", "name"), [(None, "system"), (AnonymousUser(), "anonymous")])
def test_the_system_and_a_stranger_are_told_apart(db, by, name):
    event = record("sign_in.try", by=by, at=AT)

    assert (event.actor, event.actor_name, event.actor_roles) == (None, name, "")
