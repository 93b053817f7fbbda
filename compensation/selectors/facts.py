"""The facts of a draft as the engine of its track reads them; a track is given no fact that it does not ask for."""

from collections.abc import Mapping
from typing import Any

from ..models import Claim
from ..rules.codes import ClaimantFlag, ClaimantKind, Track

OF_EVERY_TRACK = (
    "is_state", "is_budgeted_body_or_health_corporation", "is_hmo", "is_public_institution_9_2_b", "own_income_share",
    "activity_income_share", "closure_reported_on", "opened_on", "vat_reports_missing_of_last_three",
    "has_absent_employees", "wages_paid_for_absence",
)  # fmt: skip
OF_TRACK: Mapping[Track, tuple[str, ...]] = {
    Track.WAGE: ("form_102_filed_2023_10", "turnover_harmed"),
    Track.TURNOVER: (
        "is_financial_institution", "is_provident_fund", "is_mutual_fund", "is_stock_exchange_member",
        "sells_real_estate_inventory", "long_works_share_2022", "vat_s33_exempt_years", "eligibility_reported",
        "vat_on_receipt", "receipts_in_following_month", "group_claim",
    ),
    Track.AGRICULTURE: ("has_employees", "withholding_file"),
    Track.EXECUTION_CONTRACTOR: ("is_execution_contractor",),
    Track.RED: ("agriculture_in_third_schedule",),
    Track.FIXED_COSTS: (),
}  # fmt: skip


def questions_of(track: Track) -> frozenset[str]:
    """The names of everything that the questionnaire of a track may say."""
    return frozenset({*OF_EVERY_TRACK, *OF_TRACK[track], "first_report_period_end"})


def declares_wages_paid(said: Mapping[str, Any]) -> bool | None:
    """Whether wages were paid for absence; without an absent employee it passes (CMP-2.5-a); None: not answered."""
    absent, paid = said.get("has_absent_employees"), said.get("wages_paid_for_absence")
    if absent is True:
        return paid if isinstance(paid, bool) else None
    return True if absent is False else None


def facts_for(claim: Claim, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the questionnaire said, with the kind, the sector, the method of reporting and the branches."""
    track = Track(claim.track)
    facts = {name: said[name] for name in (*OF_EVERY_TRACK, *OF_TRACK[track]) if said.get(name) not in (None, "")}
    general = claim.answers.get("business", {})
    if claim.kind:
        facts["kind"] = claim.kind.lower()
    if general.get("reporting"):
        facts["reporting"] = general["reporting"].lower()
    if general.get("sector") and track is not Track.RED:
        facts["sector"] = general["sector"].lower()
    if track is Track.AGRICULTURE:
        facts["aid_plan_claim_filed"] = bool(claim.aid_plan_claim_no)
    if track is Track.TURNOVER:
        facts |= _of_turnover(claim, said)
    if track is Track.WAGE and ClaimantFlag.OUTSIDE_EMPLOYER.value in claim.flags:
        facts["outside_employer"] = True
    if claim.kind != ClaimantKind.EPI.value:
        facts.pop("own_income_share", None)
        facts.pop("activity_income_share", None)
    return facts


def _of_turnover(claim: Claim, said: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"flags": [flag.lower() for flag in claim.flags]}
    if ClaimantFlag.CASH_BASIS.value in claim.flags:
        facts["cash_basis"] = True
    if ClaimantFlag.NEW_BUSINESS.value in claim.flags and said.get("opened_on"):
        facts["new_business"] = {
            name: said[name] for name in ("opened_on", "first_report_period_end") if said.get(name)
        }
    if branches := list(claim.branches.all()):
        facts["branches"] = [{"name": branch.name, "town": branch.town} for branch in branches]
    return facts
