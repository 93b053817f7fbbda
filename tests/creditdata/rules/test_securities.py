"""Insurance, guarantee, supplement and forfeiture at their boundaries (regulations 68 to 70)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdata.rules.codes import ForfeitureTitle, LicenceType
from creditdata.rules.reasons import Reason
from creditdata.rules.securities import Forfeiture, counted_reports, forfeiture_refusals, missing, required
from crm_portal.errors import Code

CREDIT, COMBINED = LicenceType.CREDIT_DATA_ONLY, LicenceType.COMBINED
ON = date(2026, 6, 1)
TITLE = Forfeiture(ForfeitureTitle.FINAL_JUDGMENT, True, date(2026, 5, 1), Decimal(100_000), Decimal(80_000))


@pytest.mark.req("CRD-69-a")
def test_the_higher_of_delivered_and_intended_finds_the_tier():
    assert required(CREDIT, counted_reports(48_000, 50_001)).insurance == 3_500_000
    assert required(CREDIT, counted_reports(50_000, 1)).insurance == 2_000_000


@pytest.mark.req("CRD-69-a")
def test_a_licence_for_business_information_alone_has_the_tiers_of_a_combined_one():
    for reports in (20_000, 20_001, 500_001):
        assert required(LicenceType.BUSINESS_INFO_ONLY, reports).insurance == required(COMBINED, reports).insurance


@pytest.mark.req("CRD-68-a")
@given(st.sampled_from(LicenceType), st.integers(0, 2_000_000))
def test_the_guarantee_is_half_of_the_insurance_and_neither_falls_when_reports_rise(licence, reports):
    here, more = required(licence, reports), required(licence, reports + 1)
    assert here.guarantee * 2 == here.insurance <= more.insurance


@pytest.mark.req("CRD-69-c")
@pytest.mark.parametrize(
    ("licence", "reports", "least", "most"),
    [(CREDIT, 48_000, 100_000, 200_000), (CREDIT, 50_001, 175_000, 350_000), (COMBINED, 250_001, 2_500_000, 5_000_000)],
)
def test_a_supplementary_guarantee_lies_between_its_two_bounds(licence, reports, least, most):
    owed = required(licence, reports)
    assert [list(owed.supplement_refusals(Decimal(amount))) for amount in (least, most)] == [[], []]
    for amount in (Decimal(least) - Decimal("0.01"), Decimal(most) + Decimal("0.01")):
        assert [one.code for one in owed.supplement_refusals(amount)] == [Reason.GUARANTEE_OUT_OF_RANGE]


@pytest.mark.req("CRD-68-c")
def test_a_sum_that_the_registrar_fixed_replaces_the_computed_one():
    assert missing(Decimal(1_000_000), Decimal(900_000), Decimal(800_000)) == 0
    assert missing(Decimal(1_000_000), Decimal(900_000), Decimal(1_200_000)) == 300_000


def test_what_is_missing_is_said_and_a_surplus_is_not():
    assert missing(Decimal(1_750_000), Decimal(1_000_000)) == 750_000
    assert missing(Decimal(1_750_000), Decimal(1_750_000)) == 0
    assert missing(Decimal(1_750_000), Decimal(9_000_000)) == 0


def refused(balance=200_000, is_satisfied=False, **changes):
    claim = Forfeiture(**{name: getattr(TITLE, name) for name in Forfeiture.__slots__} | changes)
    return [
        (one.code, one.fields) for one in forfeiture_refusals(claim, Decimal(balance), ON, is_satisfied=is_satisfied)
    ]


@pytest.mark.req("CRD-70-b")
@pytest.mark.parametrize(
    ("name", "value"),
    [("title", None), ("has_document", False), ("final_on", None), ("final_on", date(2026, 6, 2))],
)
def test_a_security_is_not_forfeited_without_a_title_that_is_final(name, value):
    field = "document" if name == "has_document" else name
    assert refused(**{name: value}) == [(Reason.FORFEITURE_TITLE_MISSING, (field,))]
    assert refused() == refused(final_on=ON) == []


@pytest.mark.req("CRD-70-b")
@pytest.mark.parametrize(("amount", "balance"), [(100_001, 200_000), (80_000, 79_999), (0, 200_000)])
def test_no_more_is_forfeited_than_the_title_says_and_the_balance_has(amount, balance):
    assert refused(amount=Decimal(amount), balance=balance) == [(Code.INVALID_VALUE, ("amount",))]


@pytest.mark.req("CRD-70-a")
def test_a_party_that_had_its_satisfaction_otherwise_receives_nothing_of_the_security():
    assert refused(is_satisfied=True) == [(Code.INVALID_VALUE, ("is_satisfied",))]
