"""Every pair of statuses and every role, through the service (CRM-2.1.3-b)."""

import pytest
from django.db import transaction

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role, Scope
from inquiries.models import ClosingReason, Inquiry, StatusHistory
from inquiries.rules.codes import ACTIVE, CLOSED, Status
from inquiries.services import changing, reading, triplets
from tests.factories.inquiries import InquiryFactory, another_team, fresh, later
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from tests.inquiries.rules.test_states import BY_HAND

pytestmark = pytest.mark.django_db

FIELDS = {"proposed_solution": "בדקתי", "reply": "תשובה"}


def ready(source: Status) -> tuple[Inquiry, User]:
    """An inquiry in this status that its clerk holds wherever somebody can hold it, its triplet judged."""
    inquiry = InquiryFactory.in_status(source)
    if source in (Status.INFO_ARRIVED, Status.WAITING_CUSTOMER, Status.IN_TREATMENT):
        if inquiry.owner is None:  # a customer's message on one in treatment leaves its owner
            inquiry = InquiryFactory(steps=("assign", "answer", "customer"))
        triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
        reading.mark_messages_read(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))
    return fresh(inquiry), inquiry.clerk


def attempt(inquiry: Inquiry, to: Status, by: User, **fields: object) -> Code | None:
    """Try the move and take it back; the code it was refused with."""
    extra = {}
    if to is Status.FORWARDED:
        extra["team_id"] = fields.pop("team_id", None)
    if to is Status.CLOSED_NO_TREATMENT:
        extra["closing_reason"] = "identical_inquiry"
    code = None
    with transaction.atomic():
        mark = transaction.savepoint()
        try:
            changing.change_status(inquiry_id=inquiry.pk, to=to, by=by, at=later(inquiry), **{**FIELDS, **extra})
        except Refused as refused:
            code = refused.code
        if code is None:
            assert Inquiry.objects.get(pk=inquiry.pk).status == to
        else:
            assert fresh(inquiry).version == inquiry.version
            assert StatusHistory.objects.filter(inquiry=inquiry, at__gte=later(inquiry)).count() == 0
        transaction.savepoint_rollback(mark)
    return code


@pytest.mark.req("CRM-2.1.3-b")
@pytest.mark.parametrize("source", list(Status))
def test_the_owner_reaches_exactly_the_statuses_of_the_table(source):
    inquiry, clerk = ready(source)
    target = another_team(inquiry.triplet) if inquiry.triplet else None

    reached = {to for to in Status if attempt(inquiry, to, clerk, **({"team_id": target.pk} if target else {})) is None}

    held = {Status.OPEN_TEAM, Status.FORWARDED, Status.OPEN}  # nobody holds these, so nobody moves them by hand
    assert reached == ({Status(to) for s, to in BY_HAND if s == source} if source not in held else set())


@pytest.mark.req("CRM-2.1.3-b")
@pytest.mark.req("CRM-3.4-a")
@pytest.mark.parametrize("source", list(Status))
def test_no_role_but_the_owner_moves_an_inquiry_by_hand(source):
    inquiry, _ = ready(source)
    others = [
        UserFactory(roles=[role], roles__scope=Scope.ALL, roles__level=3)
        for role in Role
        if role not in (Role.CUSTOMER, Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE)
    ]
    others += [CustomerFactory().user, RepresentativeEmployeeFactory().user]
    others += [inquiry.opened_by] if inquiry.opened_by != inquiry.clerk else []
    turn = list(Status).index(source)

    # each role tries one target of each source; over the sources every role tries every target
    codes = {attempt(inquiry, list(Status)[(turn + place) % 11], by) for place, by in enumerate(others)}

    assert codes <= {Code.NOT_ASSIGNED_TO_YOU, Code.VIEW_ONLY, Code.OUT_OF_SCOPE, Code.INQUIRY_CLOSED}


@pytest.mark.req("CRM-2.2.2-a")
def test_who_may_only_view_is_told_so(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope=Scope.ALL)

    with refusing(Code.VIEW_ONLY):
        changing.change_status(inquiry_id=inquiry.pk, to="closed_success", by=viewer, at=later(inquiry), **FIELDS)


def test_a_coordinator_assigns_to_himself_first(refusing):
    inquiry = InquiryFactory(in_treatment=True)
    coordinator = UserFactory(roles=[Role.COORDINATOR], roles__scope=Scope.TEAM)
    inquiry.handling_team.members.create(user=coordinator, is_coordinator=True)

    with refusing(Code.NOT_ASSIGNED_TO_YOU):
        changing.change_status(inquiry_id=inquiry.pk, to="closed_success", by=coordinator, at=later(inquiry), **FIELDS)


@pytest.mark.req("CRM-5.2-e")
def test_a_former_proposed_solution_is_never_reused(refusing):
    inquiry, clerk = ready(Status.WAITING_CUSTOMER)
    assert inquiry.proposed_solution

    with refusing(Code.FIELD_REQUIRED, "proposed_solution"):
        changing.change_status(inquiry_id=inquiry.pk, to="in_treatment", by=clerk, at=later(inquiry), reply="תשובה")


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_whitespace_alone_does_not_fill_a_field(refusing, blank):
    inquiry, clerk = ready(Status.IN_TREATMENT)

    with refusing(Code.FIELD_REQUIRED, "reply"):
        changing.change_status(inquiry_id=inquiry.pk, to="closed_success", by=clerk, at=later(inquiry), reply=blank)


def test_a_stale_page_is_refused_and_says_what_changed(refusing):
    inquiry, clerk = ready(Status.IN_TREATMENT)

    with refusing(Code.STALE_VERSION) as caught:
        changing.change_status(
            inquiry_id=inquiry.pk,
            to="closed_success",
            by=clerk,
            at=later(inquiry),
            version=inquiry.version - 1,
            **FIELDS,
        )
    assert caught.value.refusals[0].details == {"version": inquiry.version, "status": "in_treatment"}


@pytest.mark.req("CRM-5.2.8-a")
def test_a_closing_reason_is_asked_for_from_the_active_list(refusing):
    inquiry, clerk = ready(Status.IN_TREATMENT)
    change = {"inquiry_id": inquiry.pk, "to": "closed_no_treatment", "by": clerk, "at": later(inquiry), **FIELDS}
    ClosingReason.objects.create(code="retired", name="לא בשימוש", is_active=False)

    with refusing(Code.FIELD_REQUIRED, "closing_reason"):
        changing.change_status(**change)
    for reason in ("failed_sanitisation", "retired", "no such"):
        with refusing(Code.INVALID_VALUE, "closing_reason"):
            changing.change_status(**change, closing_reason=reason)
    with refusing(Code.INVALID_VALUE, "closing_reason"):
        changing.change_status(**{**change, "to": "closed_success"}, closing_reason="identical_inquiry")


def test_each_move_raises_the_version_and_leaves_one_audit_row():
    inquiry, clerk = ready(Status.IN_TREATMENT)
    events = AuditEvent.objects.filter(action="inquiry.wait_for_customer")

    changing.change_status(inquiry_id=inquiry.pk, to="waiting_customer", by=clerk, at=later(inquiry), **FIELDS)

    assert fresh(inquiry).version == inquiry.version + 1
    assert [(event.before, event.after) for event in events] == [
        ({"status": "in_treatment"}, {"status": "waiting_customer"})
    ]


def test_active_and_closed_are_all_but_the_draft():
    assert set(Status) - {Status.OPEN} == ACTIVE | CLOSED
