"""Appeals to the committee and the court: deadlines, the record, and what they change (clause 10)."""

# ruff: noqa: F401, F811 - fixtures of another module

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from compensation.models import Appeal
from compensation.rules.codes import AppealState, DecisionKind, NoticeKind
from compensation.rules.reasons import Reason
from compensation.services import appealing, examining
from crm_portal.errors import Code, Refused
from crm_portal.messaging.rules.states import DeliveryState
from tests.compensation.conftest import fresh, later
from tests.compensation.services.test_deciding import WORDS
from tests.compensation.services.test_notices import settled
from tests.compensation.services.test_objecting import (
    FULL,
    GROUNDS,
    PART,
    decided,
    officer,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dismissed(taken, officer):
    """Dismissed and served on 9 February 2024; the last day to appeal is 9 April."""
    objection = examining.decide(objection_id=taken.pk, by=officer, at=later(days=30), amount=PART, reasons=WORDS)
    settled(objection.notice.email, DeliveryState.SENT, later(days=30))
    return objection


def filed_appeal(objection, days=60, **changed) -> Appeal:
    given = {"grounds": GROUNDS, "copies": 4, "has_all_attachments": True, "claims": [objection.claim_id], **changed}
    user = objection.claim.claimant.customer.user
    return appealing.file(objection_id=objection.pk, by=user, at=later(days=days), **given)


@pytest.fixture
def decided_appeal(dismissed, officer) -> Appeal:
    appeal = filed_appeal(dismissed)
    return appealing.decide(
        appeal_id=appeal.pk, by=officer, at=later(days=240), decided_on=date(2024, 9, 1),
        served_on=date(2024, 9, 5), amount=Decimal(210_000), text=WORDS,
    )  # fmt: skip


@pytest.mark.req("CMP-9.7-b")
def test_the_last_day_to_appeal_is_in_time_and_the_next_too_late(dismissed):
    with pytest.raises(Refused) as refused:
        filed_appeal(dismissed, days=91)
    assert refused.value.code == Reason.APPEAL_TOO_LATE

    assert filed_appeal(dismissed, days=90).filed_on == date(2024, 4, 9)


@pytest.mark.req("CMP-10.2-a")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"copies": 3}, "record"),
        ({"has_all_attachments": False}, "record"),
        ({"lawyer": "עו״ד לוי"}, "power_of_attorney"),
    ],
    ids=["three copies", "an attachment is missing", "a lawyer without a power of attorney"],
)
def test_an_incomplete_record_is_no_appeal(dismissed, changed, field):
    with pytest.raises(Refused) as refused:
        filed_appeal(dismissed, **changed)

    assert (refused.value.code, refused.value.refusals[0].fields) == (Code.FIELD_REQUIRED, (field,))
    assert not Appeal.objects.exists()


@pytest.mark.req("CMP-10.2-a")
def test_a_lawyer_files_with_his_power_of_attorney(dismissed):
    power = SimpleUploadedFile("power.txt", b"power", content_type="text/plain")

    appeal = filed_appeal(dismissed, lawyer="עו״ד לוי", power_of_attorney=power)

    assert appeal.files.get().is_power_of_attorney


@pytest.mark.req("CMP-10.1-a")
def test_filing_hearings_and_decision_of_the_committee_are_recorded(dismissed, officer):
    appeal = filed_appeal(dismissed)
    appealing.set_hearing(appeal_id=appeal.pk, by=officer, at=later(days=70), on=date(2024, 6, 2), place="ירושלים")
    with pytest.raises(Refused):
        appealing.set_hearing(appeal_id=appeal.pk, by=officer, at=later(days=70), on=date(2024, 6, 2), place="אילת")
    with pytest.raises(Refused) as refused:
        appealing.decide(
            appeal_id=appeal.pk, by=officer, at=later(days=240), decided_on=date(2024, 9, 1), served_on=None,
            amount=PART, text=WORDS,
        )  # fmt: skip

    assert refused.value.refusals[0].fields == ("served_on",)
    assert appeal.hearings.get().place == "ירושלים"


@pytest.mark.req("CMP-10.3-b")
def test_the_committees_outcome_is_a_new_version_of_the_determination(decided_appeal):
    claim = fresh(decided_appeal.claim)

    assert claim.determined_amount == Decimal(210_000)
    assert decided_appeal.result.kind == DecisionKind.APPEAL.value
    assert sum(decided_appeal.result.gaps.values_list("amount", flat=True)) == FULL - Decimal(210_000)
    assert claim.notices.filter(decision=decided_appeal.result, kind=NoticeKind.DECISION.value).count() == 1


def to_court(appeal, officer, **changed):
    given = {
        "filed_on": date(2024, 10, 6), "legal_question": "האם מניין העובדים נקבע לפי טופס או לפי הצהרה",
        "attorney_copy_on": date(2024, 10, 6), **changed,
    }  # fmt: skip
    return appealing.appeal_to_court(appeal_id=appeal.pk, by=officer, at=later(days=300), **given)


@pytest.mark.req("CMP-10.3-c")
def test_the_court_is_appealed_to_within_30_days_of_service(decided_appeal, officer):
    assert decided_appeal.court_until == date(2024, 10, 6)  # 5 October is a Saturday
    late = date(2024, 10, 7)

    with pytest.raises(Refused) as refused:
        to_court(decided_appeal, officer, filed_on=late, attorney_copy_on=late)

    assert refused.value.code == Reason.COURT_APPEAL_TOO_LATE


@pytest.mark.req("CMP-10.3-a")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"legal_question": ""}, "legal_question"),
        ({"attorney_copy_on": None}, "copied_to_attorney"),
        ({"attorney_copy_on": date(2024, 10, 7)}, "copied_to_attorney"),
    ],
)
def test_only_a_question_of_law_copied_to_the_attorney_with_the_filing(
    decided_appeal,
    officer,
    changed,
    field,
):
    with pytest.raises(Refused) as refused:
        to_court(decided_appeal, officer, **changed)

    assert refused.value.refusals[0].fields == (field,)


@pytest.mark.req("CMP-10.3-b")
def test_the_courts_outcome_changes_the_amount_again(decided_appeal, officer):
    to_court(decided_appeal, officer)

    appeal = appealing.decide_in_court(
        appeal_id=decided_appeal.pk,
        by=officer,
        at=later(days=500),
        decided_on=date(2025, 3, 2),
        amount=FULL,
        text=WORDS,
    )

    assert appeal.state == AppealState.COURT_DECIDED.value
    assert fresh(appeal.claim).determined_amount == FULL
    assert appeal.court_result.version == 3


def test_nobody_appeals_for_somebody_else(dismissed):
    with pytest.raises(Refused) as refused:
        filed_appeal(dismissed, claims=[])

    assert refused.value.code == Code.OUT_OF_SCOPE
