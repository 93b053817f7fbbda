"""What the registers hold beside a turnover claim, in the periods of the claimant's row of the table (4.6)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from compensation.models import ReportedFact
from compensation.selectors import registers
from crm_portal.worktime.rules.periods import add_months
from tests.factories.compensation import ClaimFactory

pytestmark = pytest.mark.django_db


def claim_of(**facts):
    flags = facts.pop("columns", [])
    return ClaimFactory(track="TURNOVER", flags=flags, answers={"figures": facts})


def periods(claim):
    """Of each input: the first month, and how many."""
    return {one.path: (f"{one.period_from:%Y-%m}", one.months) for one in registers.sought(claim)}


def report(claim, kind, since, amount, *, months=1, received="2023-01-15"):
    since = date.fromisoformat(f"{since}-01")
    ReportedFact.objects.create(
        customer=claim.claimant.customer, kind=kind, period_from=since,
        period_until=add_months(since, months) - timedelta(days=1), amount=amount, received_on=received, source="shaam",
    )  # fmt: skip


@pytest.mark.req("CMP-2.3-k")
@pytest.mark.parametrize(
    ("facts", "base", "eligibility"),
    [
        ({}, ("2022-10", 1), ("2023-10", 1)),
        ({"reporting": "bi_monthly"}, ("2022-09", 2), ("2023-09", 2)),
        ({"cash_basis": True}, ("2022-11", 1), ("2023-11", 1)),
        ({"cash_basis": True, "reporting": "bi_monthly"}, ("2022-11", 2), ("2023-11", 2)),
        ({"new_business": {"opened_on": "2023-03-10"}}, ("2023-04", 6), ("2023-10", 1)),
        ({"new_business": {"opened_on": "2023-03-10"}, "reporting": "bi_monthly"}, ("2023-05", 4), ("2023-09", 2)),
        ({"new_business": {"opened_on": "2023-09-10"}, "reporting": "bi_monthly"}, ("2023-09", 1), ("2023-10", 1)),
    ],
    ids=["monthly", "bi-monthly", "cash monthly", "cash bi-monthly", "new monthly", "new bi-monthly", "september"],
)
def test_turnover_and_wages_are_compared_in_the_months_of_the_claimants_row(facts, base, eligibility):
    found = periods(claim_of(**facts))

    assert (found["base.gross"], found["eligibility.gross"]) == (base, eligibility)
    assert (found["wages.wage_base"], found["wages.wage_eligibility"]) == (base, eligibility)


@pytest.mark.parametrize(
    ("facts", "complement"),
    [
        ({}, ("2022-01", 12)),
        ({"cash_basis": True}, ("2022-01", 12)),
        ({"new_business": {"opened_on": "2023-03-10"}}, ("2023-03", 6)),
        ({"new_business": {"opened_on": "2023-09-10"}}, None),
    ],
    ids=["regular", "cash", "new", "september"],
)
def test_inputs_are_compared_in_the_months_of_the_complement(facts, complement):
    found = periods(claim_of(**facts))

    assert found.get("complement.denominator") == found.get("complement.reported_inputs") == complement


def test_what_nobody_reports_is_not_compared():
    exempt = periods(claim_of(kind="exempt_dealer", reporting="none"))
    institution = periods(claim_of(kind="eligible_public_institution"))
    new_exempt = periods(claim_of(kind="exempt_dealer", reporting="none", new_business={"opened_on": "2023-03-10"}))

    assert exempt["base.gross"] == exempt["complement.denominator"] == ("2022-01", 12)
    assert "eligibility.gross" not in exempt
    assert "base.gross" not in institution
    assert not {"base.gross", "complement.denominator"} & new_exempt.keys()


def test_who_reports_withholding_by_half_years_is_compared_with_the_half_year():
    found = periods(claim_of(columns=["HALF_YEAR_WITHHOLDING"]))

    assert (found["wages.wage_base"], found["wages.wage_eligibility"]) == (("2022-10", 1), ("2023-07", 6))


def test_facts_that_cannot_be_read_are_compared_with_nothing():
    assert registers.sought(claim_of(new_business={"opened_on": "2023-12-01"})) == ()


@pytest.mark.req("CMP-4.6-d")
def test_a_correction_replaces_the_report_and_does_not_count_for_the_base_when_it_came_late():
    claim = claim_of()
    report(claim, "vat_turnover", "2022-10", 1_000, received="2022-11-15")
    report(claim, "vat_turnover", "2022-10", 1_200, received="2023-10-06")
    report(claim, "vat_turnover", "2022-10", 9_000, received="2023-10-07")
    report(claim, "vat_turnover", "2023-10", 500, received="2023-11-15")
    report(claim, "vat_turnover", "2023-10", 400, received="2024-01-02")

    found = registers.reported(claim)

    assert (found["base.gross"], found["eligibility.gross"]) == (1_200, 400)


def test_a_year_is_one_report_or_all_its_months_and_never_both():
    claim = claim_of()
    report(claim, "vat_turnover", "2022-01", 12_000, months=12)
    report(claim, "vat_turnover", "2022-10", 1_000)
    for month in range(1, 13, 2):
        report(claim, "vat_inputs", f"2022-{month:02d}", 100, months=2)
    report(claim, "form_102_wages", "2022-01", 7)

    found = registers.reported(claim)

    assert (found["complement.denominator"], found["base.gross"]) == (12_000, 1_000)
    assert found["complement.reported_inputs"] == 600
    assert found["wages.annual_wage_2022"] is None  # a month alone is no year


def test_the_wages_of_a_new_business_are_its_average():
    claim = claim_of(new_business={"opened_on": "2023-03-10"}, reporting="bi_monthly")
    for month in (5, 6, 7, 8):
        report(claim, "form_102_wages", f"2023-{month:02d}", 10_001)

    assert registers.reported(claim)["wages.wage_base"] == Decimal(20_002)


@pytest.mark.req("CMP-2.3-k")
def test_a_difference_of_agorot_is_none_and_of_a_shekel_is_one():
    claim = claim_of(cash_basis=True, base={"gross": "1000"}, eligibility={"gross": "500"})
    report(claim, "vat_turnover", "2022-11", "1000.40")
    report(claim, "vat_turnover", "2023-11", "501")

    found = {one.path: one.reported for one in registers.differences(claim)}

    assert found == {"eligibility.gross": 501}
