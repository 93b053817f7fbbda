"""More time to file, and eligibility checks: asked, decided, and what they open."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from compensation.models import EligibilityCheckRequest, FilingExtension
from compensation.rules.fixed_costs import AidPlanClaim
from compensation.rules.reasons import Reason
from compensation.selectors.programmes import current
from compensation.selectors.windows import is_open
from compensation.services import granting, programmes
from compensation.tasks import close_filing_window
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from tests.factories.compensation import ClaimantFactory, ClaimFactory, ProgrammeFactory
from tests.factories.files import pdf

pytestmark = pytest.mark.django_db
BEFORE = datetime(2024, 3, 10, 9, tzinfo=UTC)
AFTER = datetime(2024, 3, 25, 9, tzinfo=UTC)
WORDS = "הוכח כי מנהל העסק אושפז לכל אורך התקופה"


@pytest.fixture
def claimant():
    return ClaimantFactory(programme=ProgrammeFactory(is_current=True))


def ask(claimant, at=BEFORE, **changes) -> FilingExtension:
    given = {
        "reason": "אשפוז", "wanted_until": date(2024, 4, 30),
        "evidence": SimpleUploadedFile("a.pdf", pdf("אשפוז"), "application/pdf"), **changes,
    }  # fmt: skip
    customer = claimant.customer
    return granting.ask_for_time(customer_id=customer.pk, by=customer.user, at=at, **given)


@pytest.mark.req("CMP-8.2-a")
def test_more_time_is_asked_before_the_last_day_with_reason_and_evidence(claimant, clerk):
    with pytest.raises(Refused) as refused:
        ask(claimant, reason=" ")
    assert refused.value.refusals[0].fields == ("reason",)
    asked = ask(claimant)
    assert (asked.is_late, asked.evidence.name) == (False, "a.pdf")

    granting.grant_time(extension_id=asked.pk, until=date(2024, 4, 30), by=clerk, at=BEFORE)

    assert is_open(claimant, current(), date(2024, 4, 30))
    assert not is_open(claimant, current(), date(2024, 5, 1))
    assert Notification.objects.filter(kind="request_notice").count() == 2


@pytest.mark.req("CMP-8.2-b")
def test_after_the_last_day_only_the_manager_permits_with_reasons_and_for_one_claimant_alone(claimant, clerk, manager):
    asked = ask(claimant, at=AFTER)
    assert asked.is_late
    with pytest.raises(Refused) as refused:
        granting.grant_time(extension_id=asked.pk, until=date(2024, 4, 30), reasons=WORDS, by=clerk, at=AFTER)
    assert refused.value.code == Code.PERMISSION_DENIED
    with pytest.raises(Refused) as bare:
        granting.grant_time(extension_id=asked.pk, until=date(2024, 4, 30), by=manager, at=AFTER)
    assert bare.value.code == Reason.GEN_REASONS_REQUIRED

    granting.grant_time(extension_id=asked.pk, until=date(2024, 4, 30), reasons=WORDS, by=manager, at=AFTER)

    assert is_open(claimant, current(), date(2024, 4, 30))
    assert not is_open(ClaimantFactory(), current(), date(2024, 4, 1))


@pytest.mark.req("CMP-8.2-b")
def test_more_time_is_refused_with_reasons_and_may_be_asked_again(claimant, clerk):
    asked = ask(claimant)
    with pytest.raises(Refused) as twice:
        ask(claimant)
    assert twice.value.code == Code.DUPLICATE

    granting.refuse_time(extension_id=asked.pk, reasons=WORDS, by=clerk, at=BEFORE)

    assert ask(claimant).pk != asked.pk


@pytest.mark.req("CMP-8.1.1-a")
def test_when_the_opening_is_postponed_the_end_moves_with_it_and_the_history_stays(manager):
    from compensation.services import towns

    towns.load(overwrite=False)
    programmes.set_parameter(
        code="swords-of-iron", key="window_opens_on", value="2023-11-26", valid_from=date(2023, 10, 7),
        reason="הטופס המקוון לא היה זמין", by=manager, at=datetime(2023, 11, 18, 9, tzinfo=UTC),
    )  # fmt: skip

    assert not is_open(None, current(), date(2023, 11, 25))
    assert is_open(None, current(), date(2024, 3, 26))
    assert not is_open(None, current(), date(2024, 3, 27))
    rows = ProgrammeFactory().parameters.filter(key="window_opens_on")
    assert [row.value for row in rows] == ["2023-11-19", "2023-11-26"]


@pytest.mark.req("CMP-8.1.2-b")
def test_after_the_last_day_each_draft_is_told_once_but_not_whoever_has_more_time(claimant, clerk):
    draft, other = ClaimFactory(), ClaimFactory(claimant=claimant)
    granting.grant_time(extension_id=ask(claimant).pk, until=date(2024, 4, 30), by=clerk, at=BEFORE)
    assert close_filing_window(datetime(2024, 3, 19, 21, tzinfo=UTC)).done == 0

    for day in (20, 21):
        close_filing_window(datetime(2024, 3, day, 0, 5, tzinfo=UTC))

    assert draft.notices.count() == 1
    assert not other.notices.exists()


def check(claimant, **changes) -> EligibilityCheckRequest:
    given = {"ground": "branch", "track": "TURNOVER", "town": "אשקלון", "text": "סניף באזור המיוחד", **changes}
    return EligibilityCheckRequest.objects.create(
        claimant=claimant, requested_by=claimant.customer.user, requested_at=BEFORE, **given
    )


def top_up(claimant, **changes) -> EligibilityCheckRequest:
    return check(claimant, ground="top_up", track="WAGE", town="בארי", employee_id_number="123456782", **changes)


@pytest.mark.req("CMP-2.6-n", "CMP-2.6-k")
def test_a_clerk_opens_the_track_for_a_branch(claimant, clerk):
    asked = check(claimant)

    granting.grant_check(check_id=asked.pk, by=clerk, at=BEFORE)

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("GRANTED", clerk)
    ClaimFactory(filed=True, claimant=claimant)
    assert ClaimFactory(
        filed=True, claimant=claimant, track="TURNOVER", eligibility_check=asked
    ).pk  # not GEN_ONE_TRACK


@pytest.mark.req("CMP-2.6-n")
def test_a_check_is_refused_with_reasons_and_once(claimant, clerk):
    asked = check(claimant)
    with pytest.raises(Refused) as bare:
        granting.refuse_check(check_id=asked.pk, reasons="לא", by=clerk, at=BEFORE)
    assert bare.value.code == Reason.GEN_REASONS_REQUIRED

    granting.refuse_check(check_id=asked.pk, reasons=WORDS, by=clerk, at=BEFORE)

    with pytest.raises(Refused) as twice:
        granting.grant_check(check_id=asked.pk, by=clerk, at=BEFORE)
    assert twice.value.code == Reason.GEN_BAD_TRANSITION


@pytest.mark.req("CMP-2.6-l")
def test_a_top_up_needs_the_aid_plan_claim_and_is_one_for_an_employee_and_a_claim(claimant, clerk):
    asked, second = top_up(claimant), top_up(claimant, aid_plan_claim_no="X")
    known = {"aid_plan_claim_no": "AP-17", "aid_plan_claim": AidPlanClaim.APPROVED, "by": clerk, "at": BEFORE}
    with pytest.raises(Refused) as bare:
        granting.grant_check(check_id=asked.pk, by=clerk, at=BEFORE)
    assert bare.value.refusals[0].fields == ("aid_plan_claim_no",)

    granting.keep_aid_plan(check_id=asked.pk, drop_rate=Decimal("0.4"), **known)
    granting.grant_check(check_id=asked.pk, by=clerk, at=BEFORE)
    with pytest.raises(Refused) as twice:
        granting.keep_aid_plan(check_id=second.pk, drop_rate=Decimal("0.4"), **known)

    assert twice.value.code == Code.DUPLICATE
