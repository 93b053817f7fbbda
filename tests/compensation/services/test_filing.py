"""Filing: every finding at once, the amount of the rules, one track, and a double click that files once."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pypdf
import pytest
from django.db import connection

from compensation.models import Claim, EligibilityCheckRequest
from compensation.rules.codes import ClaimState, Regime, Track
from compensation.rules.reasons import Reason
from compensation.rules.wizard import WizardStep
from compensation.services import drafting, filing, withdrawing
from crm_portal.errors import Code, Refused
from crm_portal.files.storages import clean
from crm_portal.messaging.models import Notification
from tests.compensation.claimants import FILED_AT, SAID, SEED, begun, choose, complete, located, owner, save
from tests.factories.compensation import ClaimFactory
from tests.factories.people import PowerOfAttorneyFactory, RepresentativeEmployeeFactory

pytestmark = pytest.mark.django_db


def submit(claim: Claim, *, key: str = "k1", at: datetime = FILED_AT, **more) -> Claim:
    return filing.submit(claim_id=claim.pk, by=owner(claim), at=at, submission_key=key, **more)


def codes_of(claim: Claim, **more) -> set:
    with pytest.raises(Refused) as refused:
        submit(claim, **more)
    return {reason.code for reason in refused.value.refusals}


@pytest.mark.req("CMP-2.3-d")
def test_a_complete_claim_is_submitted_and_its_clocks_start():
    claim = submit(complete(begun()))

    assert (claim.state, claim.filed_on) == (ClaimState.SUBMITTED.value, date(2023, 12, 3))
    assert claim.decision_due_on == date(2024, 8, 3)
    assert claim.advance_60_due_on == date(2023, 12, 24)


@pytest.mark.req("CMP-1.8-a")
def test_the_claimed_amount_is_the_rules_result_on_the_claimants_own_figures():
    claim = submit(complete(begun()))

    assert claim.claimed_amount == Decimal(329_308)


@pytest.mark.req("CMP-4.6-ag")
def test_the_filed_computation_is_kept_with_every_input_and_step():
    claim = submit(complete(begun()))
    [kept] = claim.computations.all()

    assert kept.is_claimants
    assert kept.version == 1
    assert kept.rule_version.startswith("swords-of-iron")
    assert kept.inputs["base"] == {"gross": "1120000"}
    assert kept.result["steps"][-1]["value"] == "329308"


@pytest.mark.req("CMP-2.3-a")
def test_everything_that_is_missing_is_told_at_once_and_nothing_is_filed():
    claim = begun(email="", email_verified_at=None, registered_at=None)

    with pytest.raises(Refused) as refused:
        submit(claim)

    fields = {field for reason in refused.value.refusals for field in reason.fields}
    assert {"email", "business_town", "has_branches", "track", "bank_account", "declares_causation"} <= fields
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.DRAFT.value


@pytest.mark.req("CMP-2.3-a")
def test_wrong_figures_and_an_exclusion_are_told_together_with_their_codes():
    claim = complete(begun())
    save(claim, WizardStep.FACTS, answers={"said": {**SAID, "is_hmo": True}})
    save(claim, WizardStep.FIGURES, answers={"figures": {**SEED, "base": {"gross": "-1"}}})
    assert codes_of(claim) == {Reason.TUR_BAD_AMOUNT}  # what cannot be read is told before what excludes

    save(claim, WizardStep.FIGURES, answers={"figures": SEED})
    assert codes_of(claim) == {Reason.TUR_HMO}


@pytest.mark.req("CMP-1.8-b")
def test_without_a_declared_causal_connection_nothing_is_filed():
    claim = complete(begun())
    save(claim, WizardStep.DECLARATIONS, columns={"declares_causation": False})

    assert codes_of(claim) == {Reason.GEN_CAUSATION_NOT_DECLARED}


@pytest.mark.req("CMP-2.5-a")
def test_wages_that_were_not_paid_to_absent_employees_exclude_by_the_tracks_own_code():
    claim = complete(begun())
    said = {**SAID, "has_absent_employees": True, "wages_paid_for_absence": False}
    save(claim, WizardStep.FACTS, answers={"said": said}, columns={"declares_wages_paid": False})

    assert codes_of(claim) == {Reason.TUR_WAGES_NOT_PAID}


@pytest.mark.req("CMP-1.7-a")
def test_a_business_registered_elsewhere_is_filed_for_examination_by_hand():
    claim = complete(begun())
    save(claim, WizardStep.BUSINESS, columns={"registered_town": "תל אביב-יפו"})

    assert submit(Claim.objects.get(pk=claim.pk)).needs_manual_review is True


@pytest.mark.req("CMP-8.1.2-a")
@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2023, 11, 18, 12, tzinfo=UTC), False),
        (datetime(2023, 11, 19, 12, tzinfo=UTC), True),
        (datetime(2024, 3, 19, 20, tzinfo=UTC), True),
        (datetime(2024, 3, 20, 8, tzinfo=UTC), False),
    ],
)
def test_a_claim_is_filed_within_four_months_of_the_opening(at, is_open):
    claim = complete(begun())

    if is_open:
        assert submit(claim, at=at).submitted_at == at
    else:
        assert codes_of(claim, at=at) == {Reason.GEN_WINDOW_CLOSED}


@pytest.mark.req("CMP-2.1-a")
@pytest.mark.parametrize(
    ("track", "code"),
    [(Track.AGRICULTURE, Reason.GEN_ONE_TRACK), (Track.TURNOVER, Reason.GEN_CLAIM_EXISTS)],
)
def test_a_second_claim_is_refused_by_its_track(track, code):
    claim = complete(begun())
    ClaimFactory(filed=True, claimant=claim.claimant, track=track.value)

    assert codes_of(claim) == {code}


@pytest.mark.req("CMP-2.1-b")
def test_a_granted_check_opens_one_further_claim_on_its_track():
    first = submit(complete(begun()))
    user = owner(first)
    check = EligibilityCheckRequest.objects.create(
        claimant=first.claimant, ground="branch", track=Track.TURNOVER.value, town="נתיבות", text="סניף",
        state=EligibilityCheckRequest.GRANTED, requested_by=user, requested_at=FILED_AT, decided_by=user,
        decided_at=FILED_AT,
    )  # fmt: skip
    second = drafting.start(customer_id=first.claimant.customer_id, by=user, at=FILED_AT, check_id=check.pk)
    assert second.pk != first.pk

    assert submit(complete(second), key="k2").state == ClaimState.SUBMITTED.value


@pytest.mark.req("CMP-3.4.2-f")
def test_somebody_elses_claim_is_not_there():
    claim, other = complete(begun()), begun()

    with pytest.raises(Refused) as refused:
        filing.submit(claim_id=claim.pk, by=owner(other), at=FILED_AT, submission_key="k")

    assert refused.value.code is Code.OUT_OF_SCOPE


@pytest.mark.req("CMP-8.1.3-b")
def test_the_filing_is_told_by_mail_and_sms_with_a_copy_that_has_the_number_of_the_receipt():
    claim = submit(complete(begun()))
    [notice] = claim.notices.all()

    assert notice.letter is not None
    with clean().open(notice.letter.clean_copy) as content:
        words = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content.read())).pages)
    assert claim.number in words
    assert "329,308" in words
    about = Notification.objects.filter(about=claim.number)
    assert sorted(about.values_list("channel", flat=True)) == ["email", "sms"]


def test_the_same_click_again_is_the_first_filing():
    claim = submit(complete(begun()))
    again = submit(claim)

    assert again.pk == claim.pk
    assert claim.notices.count() == 1


@pytest.mark.req("CMP-2.2-a")
def test_the_choice_of_the_regulations_is_kept_with_who_when_and_the_words():
    claim = complete(begun())
    employee = RepresentativeEmployeeFactory()
    PowerOfAttorneyFactory(representative=employee.representative, customer=claim.claimant.customer)
    later = FILED_AT + timedelta(days=1)
    filing.submit(claim_id=claim.pk, by=employee.user, at=later, submission_key="k")

    line = claim.history.get(event="choose_track")
    assert (line.by, line.by_name, line.at) == (owner(claim), str(owner(claim)), FILED_AT)
    assert line.reason == "אני מצהיר"


@pytest.mark.req("CMP-8.1.3-a")
def test_an_incomplete_claim_stays_a_draft_without_a_day_of_filing():
    claim = located(begun())

    assert codes_of(claim)
    kept = Claim.objects.get(pk=claim.pk)
    assert (kept.state, kept.filed_on, kept.submitted_at) == (ClaimState.DRAFT.value, None, None)


@pytest.mark.req("CMP-4.7.2-g")
def test_a_missing_document_blocks_the_submission_and_is_named():
    claim = complete(begun())
    save(claim, WizardStep.BUSINESS, columns={"kind": "EXEMPT_DEALER"})

    with pytest.raises(Refused) as refused:
        submit(Claim.objects.get(pk=claim.pk))

    missing = [one.details["item"] for one in refused.value.refusals if one.code is Reason.GEN_DOC_MISSING]
    assert {"profit_and_loss", "income_of_year"} <= set(missing)


@pytest.mark.req("CMP-2.6-h")
def test_where_an_advance_is_open_a_green_track_is_chosen_with_the_warning_confirmed():
    claim = located(begun(), "שדרות")

    with pytest.raises(Refused) as refused:
        drafting.choose_track(
            claim_id=claim.pk, regime=Regime.TEMPORARY_ORDER, track=Track.TURNOVER, declaration="-", by=owner(claim),
            at=FILED_AT,
        )  # fmt: skip

    assert refused.value.code is Code.CONFIRMATION_REQUIRED


@pytest.mark.req("CMP-2.6-a")
def test_a_track_that_the_matrix_closes_cannot_be_chosen():
    claim = located(begun(), "תל אביב-יפו")

    with pytest.raises(Refused) as refused:
        choose(claim)

    assert refused.value.code is Reason.TUR_NOT_SPECIAL_AREA


@pytest.mark.req("CMP-8.1.5-a")
def test_a_withdrawal_is_final():
    claim = submit(complete(begun()))
    user = owner(claim)
    with pytest.raises(Refused) as refused:
        withdrawing.withdraw(claim_id=claim.pk, by=user, at=FILED_AT, confirmed=False)
    assert refused.value.code is Code.CONFIRMATION_REQUIRED

    withdrawing.withdraw(claim_id=claim.pk, by=user, at=FILED_AT + timedelta(days=1), confirmed=True)

    with pytest.raises(Refused) as refused:
        drafting.start(customer_id=claim.claimant.customer_id, by=user, at=FILED_AT + timedelta(days=2))
    assert refused.value.code is Reason.GEN_WITHDRAWN_FINAL


@pytest.mark.req("CMP-8.1.5-b")
def test_after_the_decision_nothing_is_withdrawn():
    claim = ClaimFactory(filed=True)
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.APPROVED.value)

    with pytest.raises(Refused) as refused:
        withdrawing.withdraw(claim_id=claim.pk, by=owner(claim), at=FILED_AT, confirmed=True)

    assert refused.value.code is Reason.GEN_BAD_TRANSITION


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_file_once():
    claim = complete(begun())

    def click(_one: int) -> str:
        try:
            return submit(claim).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(click, range(2))) == [ClaimState.SUBMITTED.value] * 2
    assert claim.notices.count() == 1
    assert claim.computations.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-2.1-a")
def test_of_two_claims_filed_at_once_only_one_is():
    first = complete(begun())
    second = ClaimFactory(
        claimant=first.claimant, track=first.track, regime=first.regime, regime_declaration="-", kind=first.kind,
        business_town=first.business_town, registered_town=first.registered_town, has_branches=False,
        answers=first.answers, declares_causation=True, declares_wages_paid=True, step="summary",
    )  # fmt: skip

    def try_to(claim: Claim) -> str:
        try:
            return submit(claim, key=f"k{claim.pk}").state
        except Refused as refused:
            return str(refused.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(try_to, [first, second]))

    assert ends == [Reason.GEN_CLAIM_EXISTS.value, ClaimState.SUBMITTED.value]
    assert Claim.objects.filter(submitted_at__isnull=False).count() == 1
