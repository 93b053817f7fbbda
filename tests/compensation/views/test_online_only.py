"""Every track is filed online, by the claimant: there is no desk at which the fund types a claim in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from compensation.models import Claim
from compensation.rules.access import FUND
from compensation.rules.codes import ClaimState, Regime, Track
from compensation.rules.wizard import WizardStep
from compensation.selectors import drafts
from compensation.selectors.programmes import current
from compensation.services import details, documents, programmes, reviewing
from crm_portal.files.services.settling import settle
from tests.compensation.claimants import FILED_AT, begun, choose, located, owner, said_on, save
from tests.factories.compensation import fund
from tests.factories.employees import EmployeeFactory
from tests.factories.files import pdf

pytestmark = pytest.mark.django_db
FIELDS = {"fields": [{"town": "נתיבות", "dunams": "350.5"}], "workers": [{"id": "123456782"}]}


def draft(track: Track, town: str = "נתיבות", regime=Regime.TEMPORARY_ORDER, *, said=None, **figures) -> Claim:
    """A complete draft of the track."""
    claim = located(begun(), town)
    choose(claim, track, regime)
    save(
        claim, WizardStep.FACTS, answers={"said": said_on(track, **(said or {}))}, columns={"declares_wages_paid": True}
    )
    save(claim, WizardStep.FIGURES, answers={"figures": figures})
    save(claim, WizardStep.BANK, claimant={"bank": "12", "bank_branch": "600", "bank_account": "123456"})
    save(claim, WizardStep.DECLARATIONS, columns={"declares_causation": True}, answers={"declares_truth": True})
    return Claim.objects.get(pk=claim.pk)


def file_online(client, claim: Claim, manager) -> Claim:
    """Nobody of the fund can file it; the claimant can, on the page."""
    programmes.set_parameter(
        code=current().code, key="window_opens_on", value=timezone.localdate().isoformat(),
        valid_from=date(2023, 10, 7), reason="הפתיחה נדחתה", by=manager, at=timezone.now(),
    )  # fmt: skip
    address = reverse("compensation:submit", args=[claim.number])
    typed = {"version": claim.version, "submission_key": "k" * 32}
    for role in sorted(FUND):
        client.force_login(fund(role))
        assert client.post(address, typed).status_code == 403
        assert client.get(reverse("compensation:new")).status_code == 403
    claim.refresh_from_db()
    assert claim.submitted_at is None
    client.force_login(owner(claim))
    answer = client.post(address, typed)
    assert answer.status_code == 302, drafts.refusals(claim, owner(claim), timezone.now())
    filed = Claim.objects.get(pk=claim.pk)
    assert filed.submitted_by == owner(claim)
    return filed


@pytest.mark.req("CMP-3.4.1-a")
def test_a_wage_claim_is_filed_online_by_the_claimant_alone(client, manager):
    claim = draft(Track.WAGE, said={"form_102_filed_2023_10": True})
    EmployeeFactory(claim=claim, town="נתיבות")

    assert file_online(client, claim, manager).state == ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value


@pytest.mark.req("CMP-5.4.1-a")
def test_an_agriculture_claim_is_filed_online_and_further_documents_come_on_demand(client, manager, clerk):
    claim = draft(Track.AGRICULTURE, said={"has_employees": True, "withholding_file": True}, **FIELDS)

    assert file_online(client, claim, manager).state == ClaimState.SUBMITTED.value

    now = timezone.now()
    reviewing.take(claim_id=claim.pk, by=clerk, at=now)
    asked = details.request_details(
        claim_id=claim.pk, by=clerk, at=now, text="טופס 102 של ספטמבר 2023", due_on=date(2099, 1, 1)
    )
    paper = SimpleUploadedFile("102.pdf", pdf("102"), "application/pdf")
    sent = client.post(
        reverse("compensation:answer", args=[claim.number, asked.pk]), {"text": "מצורף", "files": [paper]}
    )
    assert sent.status_code == 302
    asked.refresh_from_db()
    assert asked.answered_by == owner(claim)
    assert asked.documents.count() == 1


@pytest.mark.req("CMP-7.4.1-a")
def test_a_red_claim_is_filed_online_by_the_claimant_alone(client, manager):
    claim = draft(Track.RED, "שדרות", Regime.MAIN_REGULATIONS, manager_determined="400000")
    for item in drafts.checklist_of(claim, drafts.programme_of_claim(claim, FILED_AT.date())):
        document = documents.upload(
            claim_id=claim.pk, requirement=item.document.value, year=item.year, is_certified=True,
            upload=SimpleUploadedFile("a.pdf", pdf(str(item.key)), "application/pdf"), by=owner(claim), at=FILED_AT,
        )  # fmt: skip
        settle(file_id=document.file_id, at=FILED_AT)

    assert file_online(client, Claim.objects.get(pk=claim.pk), manager).state == ClaimState.SUBMITTED.value
