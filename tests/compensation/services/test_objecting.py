"""Objections: in time, by fresh eyes, with reasons, and what they change (clause 9)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from compensation.models import Objection
from compensation.rules.codes import ClaimState, CorrectionGround, GapReason, NoticeKind, ObjectionState
from compensation.rules.gaps import Gap
from compensation.rules.reasons import Reason
from compensation.services import correcting, deciding, examining, objecting
from compensation.tasks import deem_objections_accepted
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.messaging.rules.states import DeliveryState, MessageChannel
from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.roles import Role
from tests.compensation.conftest import AT, fresh, later
from tests.compensation.services.test_deciding import WORDS, propose
from tests.compensation.services.test_notices import settled, words_of
from tests.factories.compensation import fund

pytestmark = pytest.mark.django_db
GROUNDS = "מספר העובדים נמנה לפי טופס 102 ולא לפי הצהרתי"
FULL, PART = Decimal(218_348), Decimal(200_000)
MOBILE = "0521112223"


@pytest.fixture
def officer(db):
    return fund(Role.OBJECTION_OFFICER)


@pytest.fixture
def decided(in_review, clerk, manager):
    """Partly approved and served on 10 January 2024; the last day to object is 10 March."""
    propose(in_review, clerk, PART, [Gap(GapReason.OTHER, FULL - PART)], WORDS)
    deciding.approve(claim_id=in_review.pk, by=manager, at=AT)
    settled(in_review.notices.get().email, DeliveryState.SENT, AT)
    return fresh(in_review)


def objected(claim, at=None, **changed) -> Objection:
    given = {"grounds": GROUNDS, "amount": FULL, "mobile": MOBILE, "claims": [claim.pk], **changed}
    user = claim.claimant.customer.user
    return objecting.file(claim_id=claim.pk, by=user, at=at or later(days=5), **given)


@pytest.fixture
def taken(decided, officer) -> Objection:
    return examining.take(objection_id=objected(decided).pk, by=officer, at=later(days=6))


@pytest.mark.req("CMP-9.2-a")
def test_an_objection_is_filed_with_grounds_amount_and_files(decided):
    upload = SimpleUploadedFile("proof.txt", b"102", content_type="text/plain")

    objection = objected(decided, uploads=[upload])

    assert (objection.state, objection.decision.version) == (ObjectionState.SUBMITTED.value, 1)
    assert objection.due_on == date(2024, 9, 15)  # 8 months of 15 January
    assert objection.files.get().file.name == "proof.txt"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"grounds": "כך"}, "grounds"),
        ({"amount": PART}, "amount"),
        ({"amount": FULL + 1}, "amount"),
        ({"mobile": "123"}, "mobile"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_filed(decided, changed, field):
    with pytest.raises(Refused) as refused:
        objected(decided, **changed)

    assert refused.value.refusals[0].fields == (field,)
    assert not Objection.objects.exists()


@pytest.mark.req("CMP-9.1-a")
def test_the_last_day_is_in_time_and_the_next_too_late(decided):
    with pytest.raises(Refused) as refused:
        objected(decided, at=later(days=61))
    assert refused.value.code == Reason.OBJ_TOO_LATE

    assert objected(decided, at=later(days=60))


@pytest.mark.req("CMP-9.1-b")
def test_the_time_has_not_begun_before_the_decision_was_served(in_review, clerk, manager):
    propose(in_review, clerk, PART, [Gap(GapReason.OTHER, FULL - PART)], WORDS)
    deciding.approve(claim_id=in_review.pk, by=manager, at=AT)

    assert objected(fresh(in_review), at=later(days=200))


@pytest.mark.req("CMP-9.3-a")
def test_the_message_of_success_goes_to_the_mobile_in_the_form(decided):
    objection = objected(decided)

    assert (objection.sms.address, objection.sms.channel) == ("+972521112223", MessageChannel.SMS.value)
    assert Notification.objects.filter(pk=objection.sms_id, about=decided.number).exists()


def test_nobody_objects_for_somebody_else(decided):
    with pytest.raises(Refused) as refused:
        objected(decided, claims=[])

    assert refused.value.code == Code.OUT_OF_SCOPE


@pytest.mark.req("CMP-9.1-a")
def test_a_second_objection_to_the_same_decision_is_refused(decided):
    objected(decided)

    with pytest.raises(Refused) as refused:
        objected(decided)

    assert refused.value.code == Code.DUPLICATE


@pytest.mark.req("CMP-9.1-a")
@pytest.mark.parametrize("who", ["clerk", "manager"])
def test_whoever_took_part_in_the_decision_does_not_decide_on_the_objection(decided, clerk, manager, who):
    person = {"clerk": clerk, "manager": manager}[who]
    RoleGrant.objects.create(user=person, role="objection_officer", scope="all")
    objection = objected(decided)

    with pytest.raises(Refused) as refused:
        examining.take(objection_id=objection.pk, by=person, at=later(days=6))

    assert refused.value.code == Reason.GEN_FOUR_EYES
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(officer=person)


@pytest.mark.req("CMP-9.4-a")
def test_evidence_is_asked_for_answered_and_the_objection_goes_on(decided, taken, officer):
    request = examining.ask(
        objection_id=taken.pk, by=officer, at=later(days=7), text="טופס 102 לספטמבר", due_on=date(2024, 2, 20)
    )
    with pytest.raises(Refused):
        examining.accept_answer(request_id=request.pk, by=officer, at=later(days=8))

    objecting.answer(
        request_id=request.pk, claims=[decided.pk], by=decided.claimant.customer.user, at=later(days=9), text="מצורף"
    )
    objection = examining.accept_answer(request_id=request.pk, by=officer, at=later(days=10))

    assert objection.state == ObjectionState.IN_REVIEW.value
    assert "102" in words_of(decided.notices.filter(kind=NoticeKind.DETAILS_REQUEST.value).get())


@pytest.mark.req("CMP-9.5-a")
def test_it_is_decided_within_30_days_of_completeness_when_that_is_later(taken, officer):
    objection = examining.confirm_complete(objection_id=taken.pk, by=officer, at=later(days=240))

    assert objection.due_on == date(2024, 10, 6)  # 30 days of 6 September


@pytest.mark.req("CMP-9.5-a")
def test_the_manager_extends_up_to_a_year_and_not_beyond(taken, manager):
    reason = "נדרשת חוות דעת של שמאי מקרקעין"
    with pytest.raises(Refused) as refused:
        examining.extend(objection_id=taken.pk, by=manager, at=AT, extended_to=date(2025, 1, 16), reason=reason)
    assert refused.value.code == Reason.OBJECTION_EXTENSION_OVER_ONE_YEAR

    objection = examining.extend(objection_id=taken.pk, by=manager, at=AT, extended_to=date(2025, 1, 15), reason=reason)

    assert objection.due_on == date(2025, 1, 15)


@pytest.mark.req("CMP-9.5-a")
@pytest.mark.parametrize(
    ("amount", "state"),
    [(FULL, ObjectionState.ACCEPTED), (Decimal(210_000), ObjectionState.PARTIALLY_ACCEPTED), (PART, "DISMISSED")],
)
def test_the_outcome_follows_the_amount(taken, officer, amount, state):
    gap = FULL - amount
    gaps = [Gap(GapReason.OTHER, gap)] if gap else []

    objection = examining.decide(
        objection_id=taken.pk, by=officer, at=later(days=30), amount=amount, reasons=WORDS, gaps=gaps
    )

    claim = fresh(objection.claim)
    assert objection.state == state
    assert claim.determined_amount == amount
    assert claim.decisions.count() == (1 if amount == PART else 2)


@pytest.mark.req("CMP-9.5-a")
def test_it_is_not_decided_without_written_reasons(taken, officer):
    with pytest.raises(Refused) as refused:
        examining.decide(objection_id=taken.pk, by=officer, at=later(days=30), amount=FULL, reasons="כך")

    assert refused.value.code == Reason.GEN_REASONS_REQUIRED
    assert fresh(taken.claim).determined_amount == PART


@pytest.mark.parametrize("amount", [PART - 1, FULL + 1])
def test_an_objection_never_lowers_the_amount_or_gives_more_than_was_asked_for(taken, officer, amount):
    with pytest.raises(Refused):
        examining.decide(objection_id=taken.pk, by=officer, at=later(days=30), amount=amount, reasons=WORDS)


@pytest.mark.req("CMP-9.7-a")
def test_the_decision_states_the_right_of_appeal_and_its_last_day(taken, officer):
    objection = examining.decide(objection_id=taken.pk, by=officer, at=later(days=30), amount=FULL, reasons=WORDS)

    assert objection.appeal_until == date(2024, 4, 9)  # 60 days of 9 February
    assert "09.04.2024" in words_of(objection.notice)


@pytest.mark.req("CMP-9.8-a")
def test_the_decision_goes_by_email_and_sms(taken, officer):
    notice = examining.decide(objection_id=taken.pk, by=officer, at=later(days=30), amount=FULL, reasons=WORDS).notice

    assert notice.kind == NoticeKind.OBJECTION_DECISION.value
    assert notice.email.address == taken.claim.claimant.email
    assert notice.sms.address == taken.claim.claimant.mobile


@pytest.mark.req("CMP-9.6-a")
def test_an_objection_left_alone_is_accepted_in_the_amount_asked_for(taken):
    last = AT + timedelta(days=249)  # 15 September 2024
    deem_objections_accepted(last)
    assert Objection.objects.get().state == ObjectionState.IN_REVIEW.value

    for _ in range(2):
        deem_objections_accepted(last + timedelta(days=1))

    claim = fresh(taken.claim)
    assert Objection.objects.get().state == ObjectionState.DEEMED_ACCEPTED.value
    assert (claim.state, claim.determined_amount) == (ClaimState.APPROVED.value, FULL)
    assert claim.pay_by_on == date(2024, 9, 30)
    assert claim.decisions.count() == 2


def corrected(claim, manager, amount):
    gap = FULL - amount
    correcting.correct(
        claim_id=claim.pk, by=manager, at=later(days=7), amount=amount, ground=CorrectionGround.ERROR,
        explanation=WORDS, gaps=[Gap(GapReason.OTHER, gap)] if gap else [],
    )  # fmt: skip


@pytest.mark.req("CMP-9.5-a")
def test_an_objection_whose_amount_a_correction_gave_is_accepted_and_changes_nothing(decided, manager, officer):
    objection = objected(decided, amount=Decimal(205_000))
    examining.take(objection_id=objection.pk, by=officer, at=later(days=6))
    corrected(decided, manager, Decimal(210_000))

    with pytest.raises(Refused):
        examining.decide(
            objection_id=objection.pk, by=officer, at=later(days=8), amount=Decimal(205_000), reasons=WORDS
        )
    objection = examining.decide(
        objection_id=objection.pk, by=officer, at=later(days=8), amount=Decimal(210_000), reasons=WORDS
    )

    assert (objection.state, objection.result) == (ObjectionState.ACCEPTED.value, None)
    assert fresh(decided).determined_amount == Decimal(210_000)
    assert decided.decisions.count() == 2
    assert "210,000" in words_of(objection.notice)


@pytest.mark.req("CMP-9.6-a")
def test_lapse_of_time_never_lowers_what_a_correction_gave_meanwhile(decided, manager):
    objected(decided, amount=Decimal(205_000))
    corrected(decided, manager, Decimal(210_000))

    deem_objections_accepted(AT + timedelta(days=260))

    assert Objection.objects.get().state == ObjectionState.DEEMED_ACCEPTED.value
    assert fresh(decided).determined_amount == Decimal(210_000)


@pytest.mark.req("CMP-9.6-a")
def test_after_its_last_day_nobody_decides_or_extends_though_no_timer_came_by(taken, officer, manager):
    after = {"objection_id": taken.pk, "at": later(days=250)}  # 16 September 2024

    for late in (
        lambda: examining.decide(by=officer, amount=PART, reasons=WORDS, **after),
        lambda: examining.confirm_complete(by=officer, **after),
        lambda: examining.extend(by=manager, extended_to=date(2025, 1, 1), reason=WORDS, **after),
    ):
        with pytest.raises(Refused) as refused:
            late()
        assert refused.value.code == Reason.GEN_BAD_TRANSITION


@pytest.mark.req("CMP-9.5-a")
def test_the_objector_is_told_until_when_and_why_it_takes_longer(taken, manager):
    reason = f"{WORDS}, לפי חוות דעת 77123"
    examining.extend(objection_id=taken.pk, by=manager, at=AT, extended_to=date(2025, 1, 15), reason=reason)

    said = words_of(taken.claim.notices.get(kind=NoticeKind.EXTENSION.value))
    assert "15.01.2025" in said
    assert "77123" in said


@pytest.mark.django_db(transaction=True)
def test_two_clicks_file_one_objection(decided):
    def click(_place):
        try:
            return objected(decided).pk
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(click, range(2)))

    assert Objection.objects.count() == 1
    assert Code.DUPLICATE in outcomes
