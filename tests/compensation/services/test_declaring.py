"""Employees are asked, open their link, and declare; the last one completes the claim (3.4.2)."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from compensation.models import Claim, EmployeeDeclaration, EmployeeRow, Invitation
from compensation.rules.codes import Answer, ClaimState, InvitationKind
from compensation.rules.reasons import Reason
from compensation.services import amending, declaring, inviting, reminding
from compensation.tasks import remind_employee_declarations
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import OPENED_AT, fund
from tests.factories.employees import DAYS, EmployeeFactory, awaiting, wage_draft

pytestmark = pytest.mark.django_db
LATER = OPENED_AT + timedelta(days=10)


def sms_of(row: EmployeeRow) -> Notification:
    return Notification.objects.filter(kind="employee_declaration", address=row.mobile).latest("pk")


def code_and_token(row: EmployeeRow) -> tuple[str, str]:
    body = sms_of(row).body
    return re.search(r"\b(\d{6})\b", body)[1], re.search(r"/declare/([^/]+)/", body)[1]


def declare(row: EmployeeRow, at=LATER, *, disputed=(), remark=""):
    confirmed = [day.pk for day in row.days.all() if day.on not in disputed]
    latest = row.invitations.latest("sent_at", "pk")
    return declaring.declare(invitation_id=latest.pk, by=None, at=at, confirmed=confirmed, text="הצהרה", remark=remark)


def rows(claim: Claim) -> list[EmployeeRow]:
    return list(claim.employees.order_by("pk"))


def code_of(call, **kwargs) -> object:
    with pytest.raises(Refused) as refused:
        call(**kwargs)
    return refused.value.refusals[0].code


@pytest.mark.req("CMP-3.4.2-b")
def test_on_submission_each_employee_gets_one_message_with_a_link_and_a_code_kept_as_hashes():
    claim = awaiting()

    for row in rows(claim):
        code, token = code_and_token(row)
        kept = row.invitations.get()
        assert len(token) * 6 >= 128
        assert kept.token_hash == Invitation.token_hashed(token)
        assert token not in kept.token_hash
        assert kept.opens_with(row.id_number, code)
        assert sms_of(row).is_secret
    assert Notification.objects.filter(kind="employee_declaration").count() == 2


@pytest.mark.req("CMP-3.4.2-b")
def test_a_code_opens_only_with_the_number_that_the_employer_gave():
    claim = awaiting()
    first, second = rows(claim)
    code, _token = code_and_token(first)
    invitation = first.invitations.get()

    wrong = declaring.open_with(invitation_id=invitation.pk, id_number=second.id_number, code=code, at=LATER)
    right = declaring.open_with(invitation_id=invitation.pk, id_number=first.id_number, code=f" {code} ", at=LATER)

    assert wrong.code == Code.CODE_WRONG
    assert right is None


@pytest.mark.req("CMP-3.4.2-b")
def test_five_wrong_tries_lock_a_link_for_thirty_minutes():
    row = rows(awaiting())[0]
    code, _token = code_and_token(row)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    tried = {"invitation_id": row.invitations.get().pk, "id_number": row.id_number}

    codes = [declaring.open_with(**tried, code=wrong, at=LATER).code for _ in range(5)]
    within = declaring.open_with(**tried, code=code, at=LATER + timedelta(minutes=29))
    after = declaring.open_with(**tried, code=code, at=LATER + timedelta(minutes=30))

    assert codes == [Code.CODE_WRONG] * 4 + [Code.TOO_MANY_ATTEMPTS]
    assert within.code == Code.TOO_MANY_ATTEMPTS
    assert within.details == {"minutes": 1}
    assert after is None
    assert AuditEvent.objects.filter(action="declaration.open", outcome="refused").count() == 6


@pytest.mark.req("CMP-3.4.2-b")
@pytest.mark.parametrize("who", ["employer", "clerk", "both"])
def test_a_message_is_sent_again_at_most_five_times_by_employer_and_clerk_together(who):
    claim = awaiting()
    row = rows(claim)[0]
    clerk = fund(Role.COMPENSATION_CLERK)
    senders = {"employer": [claim.created_by], "clerk": [clerk], "both": [claim.created_by, clerk]}[who]

    for number in range(5):
        inviting.resend(employee_id=row.pk, by=senders[number % len(senders)], at=LATER)

    assert code_of(inviting.resend, employee_id=row.pk, by=senders[0], at=LATER) == Code.TOO_MANY_ATTEMPTS
    assert row.invitations.filter(kind=InvitationKind.RESENT).count() == 5


def test_somebody_elses_employee_is_not_asked_again():
    row, stranger = rows(awaiting())[0], wage_draft().created_by

    assert code_of(inviting.resend, employee_id=row.pk, by=stranger, at=LATER) == Code.OUT_OF_SCOPE
    assert code_of(inviting.resend, employee_id=row.pk, by=fund(Role.COMPENSATION_PAYMENTS), at=LATER) == (
        Code.OUT_OF_SCOPE
    )


@pytest.mark.req("CMP-3.4.2-c")
def test_a_declaration_is_kept_with_its_time_its_text_and_the_answer_to_each_day():
    row = rows(awaiting())[0]

    kept = declare(row, disputed=[DAYS[1]], remark="עבדתי בבוקר")

    assert (kept.at, kept.text, kept.remark) == (LATER, "הצהרה", "עבדתי בבוקר")
    assert {on: one["answer"] for on, one in kept.answers.items()} == {
        "2023-10-08": Answer.CONFIRMED,
        "2023-10-09": Answer.DISPUTED,
    }


@pytest.mark.req("CMP-3.4.2-c")
def test_a_disputed_day_returns_the_row_to_the_employer_and_holds_the_claim_until_both_agree():
    claim = awaiting()
    first, second = rows(claim)
    declare(first)
    declare(second, disputed=[DAYS[1]], remark="עבדתי")
    day = second.days.get(on=DAYS[1])

    claim.refresh_from_db()
    assert claim.state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS
    amending.correct(employee_id=second.pk, by=claim.created_by, at=LATER, hours={day.pk: "4.2"})
    claim.refresh_from_db()
    assert claim.claimed_amount == 1040 + 520 + 260
    declare(second, at=LATER + timedelta(days=1))

    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED


@pytest.mark.req("CMP-3.4.2-c")
def test_a_disputed_day_needs_a_remark():
    row = rows(awaiting())[0]

    assert code_of(declare, row=row, disputed=[DAYS[0]]) == Code.FIELD_REQUIRED
    assert not row.declarations.exists()


@pytest.mark.req("CMP-3.4.2-e")
def test_nobody_can_change_or_take_away_a_declaration():
    kept = declare(rows(awaiting())[0])

    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        EmployeeDeclaration.objects.filter(pk=kept.pk).update(text="אחר")
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        EmployeeDeclaration.objects.filter(pk=kept.pk).delete()


def test_a_row_that_was_declared_is_declared_no_second_time():
    row = rows(awaiting())[0]
    declare(row)

    assert code_of(declare, row=row) == Reason.GEN_BAD_TRANSITION


@pytest.mark.req("CMP-3.4.2-d")
def test_the_claim_is_filed_on_the_day_of_the_last_declaration_and_no_clock_runs_before():
    claim = awaiting(employees=3)
    first, second, third = rows(claim)
    declare(first)
    declare(second)
    claim.refresh_from_db()
    before = (claim.state, claim.filed_on, claim.decision_due_on, claim.advance_60_due_on)

    declare(third, at=LATER + timedelta(days=2))

    claim.refresh_from_db()
    assert before == (ClaimState.AWAITING_EMPLOYEE_DECLARATIONS, None, None, None)
    assert (claim.filed_on, claim.decision_due_on) == (date(2023, 12, 2), date(2024, 8, 2))
    assert claim.submitted_at == OPENED_AT  # the window is tested on it


@pytest.mark.req("CMP-3.4.2-g")
def test_the_system_alone_moves_the_claim_on_when_all_have_declared():
    claim = awaiting()

    for row in rows(claim):
        declare(row)

    line = claim.history.latest("pk")
    assert (line.event, line.by, line.to_state) == ("complete", None, ClaimState.SUBMITTED)


@pytest.mark.req("CMP-3.4.2-e")
def test_an_employee_who_will_not_declare_is_removed_with_a_reason_and_the_amount_is_computed_anew():
    claim = awaiting()
    first, second = rows(claim)
    declare(first)
    assert code_of(amending.remove, employee_id=second.pk, by=claim.created_by, at=LATER, reason=" ") == (
        Code.FIELD_REQUIRED
    )

    amending.remove(employee_id=second.pk, by=claim.created_by, at=LATER, reason="אינו משיב")

    claim.refresh_from_db()
    assert claim.claimed_amount == 1040
    assert claim.state == ClaimState.SUBMITTED  # nobody is waited for any more


def test_the_only_employee_is_not_removed():
    claim = awaiting(employees=1)

    code = code_of(amending.remove, employee_id=rows(claim)[0].pk, by=claim.created_by, at=LATER, reason="אינו משיב")

    assert code == Code.INVALID_VALUE
    assert not claim.employees.exclude(removed_at=None).exists()


def test_bad_hours_of_a_correction_change_nothing():
    claim = awaiting()
    row = rows(claim)[0]
    declare(row, disputed=DAYS, remark="לא נעדרתי")
    days = list(row.days.all())

    bad = {days[0].pk: "25", days[1].pk: ""}
    code = code_of(amending.correct, employee_id=row.pk, by=claim.created_by, at=LATER, hours=bad)
    none_left = dict.fromkeys([day.pk for day in days], "")
    last = code_of(amending.correct, employee_id=row.pk, by=claim.created_by, at=LATER, hours=none_left)

    assert (code, last) == (Reason.WAG_BAD_HOURS, Code.INVALID_VALUE)
    assert row.days.count() == 2


@pytest.mark.req("CMP-3.4.2-h")
@pytest.mark.parametrize(
    ("days", "reminders"), [(2, 0), (3, 1), (6, 1), (7, 1)], ids=["day 2", "day 3", "day 6", "day 7, late"]
)
def test_employees_are_reminded_three_and_seven_days_after_the_message(days, reminders):
    claim = awaiting()
    declare(rows(claim)[0], at=OPENED_AT)

    for _ in range(2):  # a second run changes nothing
        remind_employee_declarations(OPENED_AT + timedelta(days=days))

    sent = Invitation.objects.filter(kind=InvitationKind.REMINDER)
    assert [one.row for one in sent] == [rows(claim)[1]] * reminders


@pytest.mark.req("CMP-3.4.2-h")
def test_both_reminders_are_sent_and_the_employer_is_told_each_time():
    claim = awaiting()

    for days in range(12):
        remind_employee_declarations(OPENED_AT + timedelta(days=days))

    assert Invitation.objects.filter(kind=InvitationKind.REMINDER).count() == 4
    assert claim.notices.count() == 2
    assert not reminding.due(OPENED_AT + timedelta(days=30)).exists()


def test_a_reminder_opens_and_the_message_before_it_no_longer_declares():
    row = rows(awaiting())[0]
    old = row.invitations.get()
    remind_employee_declarations(OPENED_AT + timedelta(days=3))
    sent = {"by": None, "at": LATER, "confirmed": [day.pk for day in row.days.all()], "text": "הצהרה"}

    code = code_of(declaring.declare, invitation_id=old.pk, **sent)
    declare(row)

    assert code == Reason.GEN_BAD_TRANSITION
    assert EmployeeRow.objects.get(pk=row.pk).declared_at == LATER


@pytest.mark.req("CMP-3.2.1-e")
def test_an_employee_stands_once_in_a_claim_and_a_date_once_by_an_employee():

    claim = wage_draft(employees=1)
    row = rows(claim)[0]

    with pytest.raises(IntegrityError, match="employee_once_in_a_claim"), transaction.atomic():
        EmployeeFactory(claim=claim, id_number=row.id_number)
    with pytest.raises(IntegrityError, match="day_once_an_employee"), transaction.atomic():
        row.days.create(on=DAYS[0], absent_hours=1)
