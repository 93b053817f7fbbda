"""Drafts: begun for somebody one may file for, saved step by step on any device, deleted freely."""

from datetime import UTC, date, datetime, timedelta

import pytest

from compensation.models import Claim, EligibilityCheckRequest, FilingExtension, Signatory
from compensation.rules.codes import ClaimState, Regime, Track
from compensation.rules.reasons import Reason
from compensation.rules.wizard import ORDER, WizardStep
from compensation.selectors import drafts
from compensation.services import drafting, filing
from compensation.services.drafting import Saved
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from tests.compensation.claimants import (
    FILED_AT,
    SAID,
    SEED,
    begun,
    choose,
    complete,
    located,
    owner,
    programme,
    save,
)
from tests.factories.compensation import ClaimantFactory, ClaimFactory
from tests.factories.files import StoredFileFactory
from tests.factories.people import CustomerFactory, PowerOfAttorneyFactory, RepresentativeEmployeeFactory

pytestmark = pytest.mark.django_db
AFTER = datetime(2024, 3, 25, 9, 0, tzinfo=UTC)  # the last day to file was the 19th


def refused_with(code, call, **given) -> None:
    with pytest.raises(Refused) as refused:
        call(**given)
    assert refused.value.code is code


def signatory_of(corporation, **dates):
    person = CustomerFactory()
    Signatory.objects.create(corporation=corporation, person=person, **{"valid_from": date(2023, 1, 1), **dates})
    return person.user


def representative_of(customer, **power):
    employee = RepresentativeEmployeeFactory()
    PowerOfAttorneyFactory(representative=employee.representative, customer=customer, **power)
    return employee.user


@pytest.mark.req("CMP-8.1.3-c")
def test_a_draft_is_gone_on_with_on_another_device_where_it_was_left():
    claim = located(begun())
    again = drafting.start(customer_id=claim.claimant.customer_id, by=owner(claim), at=FILED_AT + timedelta(days=2))

    assert (again.pk, again.step) == (claim.pk, WizardStep.TRACK.value)
    assert again.business_town == "נתיבות"


@pytest.mark.req("CMP-3.4.2-f")
@pytest.mark.parametrize("who", ["signatory", "representative"])
def test_a_signatory_and_a_registered_representative_file_for_a_claimant(who):
    claim = complete(begun())
    customer = claim.claimant.customer
    by = signatory_of(customer) if who == "signatory" else representative_of(customer)

    filed = filing.submit(claim_id=claim.pk, by=by, at=FILED_AT, submission_key="k")

    assert filed.submitted_by == by


@pytest.mark.req("CMP-3.4.2-f")
@pytest.mark.parametrize("who", ["stranger", "former_signatory", "former_representative", "limited_power"])
def test_nobody_else_begins_or_files(who):
    claim = complete(begun())
    customer = claim.claimant.customer
    by = {
        "stranger": lambda: CustomerFactory().user,
        "former_signatory": lambda: signatory_of(customer, valid_until=date(2023, 11, 30)),
        "former_representative": lambda: representative_of(customer, valid_until="2023-11-30"),
        "limited_power": lambda: representative_of(customer, limited_topic="severance"),
    }[who]()

    refused_with(Reason.GEN_NOT_AUTHORISED, drafting.start, customer_id=customer.pk, by=by, at=FILED_AT)
    refused_with(Code.OUT_OF_SCOPE, filing.submit, claim_id=claim.pk, by=by, at=FILED_AT, submission_key="k")
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.DRAFT.value


@pytest.mark.req("CMP-8.1.2-a")
def test_after_the_last_day_no_claim_is_begun_but_by_whom_more_time_was_granted():
    programme()
    late, granted = CustomerFactory(), CustomerFactory()
    refused_with(Reason.GEN_WINDOW_CLOSED, drafting.start, customer_id=late.pk, by=late.user, at=AFTER)

    claimant = ClaimantFactory(customer=granted)
    FilingExtension.objects.create(
        claimant=claimant, reason="-", evidence=StoredFileFactory(), wanted_until=date(2024, 3, 31), is_late=False,
        requested_by=granted.user, requested_at=FILED_AT, state="GRANTED", granted_until=date(2024, 3, 25),
        decided_by=granted.user, decided_at=FILED_AT,
    )  # fmt: skip
    claim = drafting.start(customer_id=granted.pk, by=granted.user, at=AFTER)
    assert drafts.window_refusal(claim.claimant, date(2024, 3, 25)) is None
    assert drafts.window_refusal(claim.claimant, date(2024, 3, 26)).code is Reason.GEN_WINDOW_CLOSED


def test_a_page_that_is_out_of_date_writes_nothing_unless_it_wrote_last_itself():
    claim = begun()
    first = {"claim_id": claim.pk, "step": WizardStep.IDENTITY, "by": owner(claim), "at": FILED_AT}
    drafting.save_step(**first, saved=Saved(claimant={"email": "one@example.org"}), version=claim.version, tab="a")

    other = Saved(claimant={"email": "two@example.org"})
    refused_with(Code.STALE_VERSION, drafting.save_step, **first, saved=other, version=claim.version, tab="b")
    claim.claimant.refresh_from_db()
    assert claim.claimant.email == "one@example.org"

    drafting.save_step(**first, saved=other, version=claim.version, tab="a")
    claim.claimant.refresh_from_db()
    assert claim.claimant.email == "two@example.org"


@pytest.mark.req("CMP-8.1.3-c")
def test_no_step_opens_before_the_one_before_it_was_saved():
    claim = begun()
    assert [step for step in ORDER if drafts.may_open(step, claim)] == [WizardStep.IDENTITY, WizardStep.BUSINESS]

    located(claim)
    claim.refresh_from_db()
    assert drafts.may_open(WizardStep.TRACK, claim)
    assert not drafts.may_open(WizardStep.FACTS, claim)


@pytest.mark.req("CMP-2.1-c")
def test_an_excluded_claimant_is_held_before_the_figures():
    claim = located(begun())
    choose(claim)
    save(claim, WizardStep.FACTS, answers={"said": {**SAID, "is_hmo": True}}, columns={"declares_wages_paid": True})
    held = drafting.hold_at(claim_id=claim.pk, step=WizardStep.FACTS, by=owner(claim), at=FILED_AT)

    assert not drafts.may_open(WizardStep.FIGURES, held)
    found = drafts.assessed(held, drafts.programme_of_claim(held, FILED_AT.date()))
    assert found.assessment is None or Reason.TUR_HMO in {one.code for one in drafts.finals(found)}


def test_another_track_drops_the_figures_of_the_first_and_opens_its_questions_again():
    claim = complete(begun())
    chosen = choose(claim, Track.AGRICULTURE)

    assert "figures" not in chosen.answers
    assert chosen.step == WizardStep.FACTS.value


@pytest.mark.req("CMP-2.2-a")
def test_a_track_of_the_other_regulations_is_refused():
    claim = located(begun(), "שדרות")
    refused_with(Code.INVALID_VALUE, choose, claim=claim, track=Track.TURNOVER, regime=Regime.MAIN_REGULATIONS)

    chosen = choose(claim, Track.RED, Regime.MAIN_REGULATIONS)
    assert (chosen.regime, chosen.regime_chosen_at) == (Regime.MAIN_REGULATIONS.value, FILED_AT)
    told = AuditEvent.objects.exclude(outcome="refused").get(action="claim.choose_track")
    assert (told.actor, told.after["declaration"]) == (owner(claim), "אני מצהיר")


@pytest.mark.req("CMP-2.6-i")
def test_whether_there_are_branches_has_no_default_and_their_list_is_required():
    claim = complete(begun())
    save(claim, WizardStep.BUSINESS, columns={"has_branches": None})
    asked = {one.fields[0]: one.code for one in drafts.refusals(_fresh(claim), owner(claim), FILED_AT) if one.fields}
    assert asked["has_branches"] is Code.FIELD_REQUIRED

    save(claim, WizardStep.BUSINESS, columns={"has_branches": True})
    assert "branches" in {one.fields[0] for one in drafts.refusals(_fresh(claim), owner(claim), FILED_AT)}

    save(claim, WizardStep.BUSINESS, columns={"has_branches": True}, branches=[("סניף", "נתיבות")])
    assert "branches" not in {one.fields[0] for one in drafts.refusals(_fresh(claim), owner(claim), FILED_AT)}


def test_every_figure_that_is_missing_is_named_at_once():
    claim = complete(begun())
    save(claim, WizardStep.FIGURES, answers={"figures": {"base": SEED["base"]}})
    places = {one.fields[0] for one in drafts.refusals(_fresh(claim), owner(claim), FILED_AT)}

    assert {"eligibility.gross", "complement.denominator", "wages.wage_base"} <= places


@pytest.mark.req("CMP-8.1.5-a")
def test_a_draft_is_deleted_freely_and_another_begun():
    claim = located(begun())
    customer, user = claim.claimant.customer_id, owner(claim)
    drafting.delete_draft(claim_id=claim.pk, by=user, at=FILED_AT)

    assert not Claim.objects.filter(pk=claim.pk).exists()
    assert AuditEvent.objects.filter(action="claim.delete_draft", actor=user).exists()
    assert drafting.start(customer_id=customer, by=user, at=FILED_AT).step == WizardStep.IDENTITY.value


def test_what_was_filed_is_neither_changed_nor_deleted():
    claim = ClaimFactory(filed=True)
    refused_with(Reason.GEN_BAD_TRANSITION, drafting.delete_draft, claim_id=claim.pk, by=owner(claim), at=FILED_AT)
    refused_with(Reason.GEN_BAD_TRANSITION, save, claim=claim, step=WizardStep.BANK)


@pytest.mark.req("CMP-2.1-b")
@pytest.mark.parametrize("state", ["PENDING", "REFUSED"])
def test_a_check_that_was_not_granted_opens_no_claim(state):
    claim = begun()
    user = owner(claim)
    decided = {"decided_by": user, "decided_at": FILED_AT, "reasons": "-"} if state == "REFUSED" else {}
    check = EligibilityCheckRequest.objects.create(
        claimant=claim.claimant, ground="branch", track=Track.TURNOVER.value, town="נתיבות", text="סניף", state=state,
        requested_by=user, requested_at=FILED_AT, **decided,
    )  # fmt: skip

    customer = claim.claimant.customer_id
    refused_with(Code.OUT_OF_SCOPE, drafting.start, customer_id=customer, by=user, at=FILED_AT, check_id=check.pk)


def _fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)
