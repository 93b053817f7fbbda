"""A claim of each track is filed online from its draft, with the documents that the track asks for."""

from decimal import Decimal

import pytest

from compensation.models import Claim, ClaimDocument
from compensation.rules.codes import ClaimState, Regime, Track
from compensation.rules.reasons import Reason
from compensation.rules.wizard import WizardStep
from compensation.selectors import drafts
from compensation.services import employees, filing
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from tests.compensation.claimants import FILED_AT, begun, choose, located, owner, save
from tests.factories.files import StoredFileFactory
from tests.factories.people import valid_id

pytestmark = pytest.mark.django_db
COMMON = {"has_absent_employees": False, "vat_reports_missing_of_last_three": 0}


def draft(track: Track, said: dict, figures: dict, *, town: str = "נתיבות", regime=Regime.TEMPORARY_ORDER) -> Claim:
    """A claim of this track that lacks its documents alone."""
    claim = located(begun(), town)
    choose(claim, track, regime)
    save(claim, WizardStep.FACTS, columns={"declares_wages_paid": True}, answers={"said": {**COMMON, **said}})
    save(claim, WizardStep.FIGURES, answers={"figures": figures})
    save(claim, WizardStep.BANK, claimant={"bank": "12", "bank_branch": "600", "bank_account": "123456"})
    save(claim, WizardStep.DECLARATIONS, columns={"declares_causation": True}, answers={"declares_truth": True})
    return Claim.objects.get(pk=claim.pk)


def attach(claim: Claim) -> int:
    """A file for each line of the checklist."""
    items = drafts.checklist_of(claim, drafts.programme_of_claim(claim, FILED_AT.date()))
    for item in items:
        ClaimDocument.objects.create(
            claim=claim, requirement=item.document, year=item.year, is_certified=True,
            file=StoredFileFactory(clean=True), uploaded_by=owner(claim), uploaded_at=FILED_AT,
        )  # fmt: skip
    return len(items)


def submit(claim: Claim) -> Claim:
    return filing.submit(claim_id=claim.pk, by=owner(claim), at=FILED_AT, submission_key="k")


@pytest.mark.req("CMP-5.4.1-a")
def test_a_farm_files_by_its_fields_and_the_people_in_them():
    workers = [{"id": valid_id(20_000_000 + n)} for n in range(17)]
    figures = {"fields": [{"town": "נתיבות", "dunams": "350.5"}], "workers": workers}
    claim = draft(Track.AGRICULTURE, {"has_employees": True, "withholding_file": True}, figures)
    attach(claim)

    assert (submit(claim).state, claim.computations.get().amount) == (ClaimState.SUBMITTED.value, Decimal(218_348))


def test_an_execution_contractor_files_with_costs_wage_and_rate():
    figures = {"fixed_costs": "180000", "eligible_wage": "400000", "drop_rate": "0.55"}
    claim = draft(Track.EXECUTION_CONTRACTOR, {"is_execution_contractor": True}, figures)
    attach(claim)

    filed = submit(claim)
    assert filed.state == ClaimState.SUBMITTED.value
    assert filed.claimed_amount == claim.computations.get().amount > 0


@pytest.mark.req("CMP-7.4.1-a")
def test_a_red_claim_is_filed_online_with_its_sheet_once_every_document_is_there():
    claim = draft(
        Track.RED, {"agriculture_in_third_schedule": False}, {"manager_determined": "450000"}, town="שדרות",
        regime=Regime.MAIN_REGULATIONS,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        submit(claim)
    assert {one.code for one in refused.value.refusals} == {Reason.GEN_DOC_MISSING}
    assert len(refused.value.refusals) == attach(claim)

    filed = submit(claim)
    assert (filed.state, filed.claimed_amount) == (ClaimState.SUBMITTED.value, Decimal(450_000))
    assert filed.regime == Regime.MAIN_REGULATIONS.value


@pytest.mark.req("CMP-2.3-d")
def test_a_wage_claim_waits_for_its_employees_who_are_told_at_once():
    claim = draft(Track.WAGE, {"form_102_filed_2023_10": True}, {})
    attach(claim)
    with pytest.raises(Refused) as refused:
        submit(claim)
    assert [(one.code, one.fields) for one in refused.value.refusals] == [(Code.FIELD_REQUIRED, ("employees",))]

    typed = {"id_number": valid_id(30_000_001), "name": "נועה ביטון", "mobile": "0505550100", "town": "שדרות",
             "wage_paid": "5200"}  # fmt: skip
    row = employees.save_employee(claim_id=claim.pk, by=owner(claim), at=FILED_AT, typed=typed)
    days = {"ground": "EVACUATED_RESIDENCE", "from_on": "2023-10-08", "until_on": "2023-10-12"}
    employees.add_days(employee_id=row.pk, by=owner(claim), at=FILED_AT, typed=days)
    filed = submit(claim)

    assert (filed.state, filed.filed_on) == (ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value, None)
    assert filed.decision_due_on is None
    assert filed.claimed_amount > 0
    assert Notification.objects.filter(address__endswith="505550100").exists()
