"""What holds for every turnover claim, whatever its figures; and the formula once more, as it is printed."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.rules import engine
from compensation.selectors.shipped import from_files
from crm_portal.errors import Code
from crm_portal.facts import InvalidInput
from tests.compensation.rules.facts import merged

from .test_amount import PLAIN

PROGRAMME = from_files()
SUM = st.integers(0, 10**8)


@st.composite
def businesses(draw):
    """A reporter with whatever figures its fields allow."""
    payroll, reported = draw(SUM), draw(SUM)
    wage_base, wage_eligibility = draw(st.integers(0, payroll)), draw(SUM)
    return {
        "kind": draw(st.sampled_from(["regular", "kibbutz", "vat_group_member"])),
        "reporting": draw(st.sampled_from(["monthly", "bi_monthly"])),
        "sector": draw(st.sampled_from(["general", "fuel", "manpower"])),
        "base": {"gross": draw(SUM)},
        "eligibility": {"gross": draw(SUM)},
        "complement": {
            "reported_inputs": reported,
            "equipment_inputs": draw(st.integers(0, reported)),
            "denominator": draw(st.integers(1, 10**9)),
        },
        "wages": {
            "wage_base": wage_base,
            "wage_eligibility": wage_eligibility,
            "reserve_refund_base": draw(st.integers(0, wage_base)),
            "reserve_refund_eligibility": draw(st.integers(0, wage_eligibility)),
            "tips_base": draw(SUM),
            "tips_eligibility": draw(SUM),
            "annual_wage_2022": payroll,
        },
    }


def amount_of(business):
    return engine.assess("turnover", business, PROGRAMME).amount


def by_the_letter(business) -> Decimal:
    """The formula of 4.6, with the law's own figures, in one line after another."""
    wages, inputs = {name: Decimal(value) for name, value in business["wages"].items()}, business["complement"]
    factor = 12 if business["reporting"] == "monthly" else 6
    difference = (wages["wage_base"] - wages["reserve_refund_base"]) - (
        wages["wage_eligibility"] - wages["reserve_refund_eligibility"]
    )
    saved = min(max(Decimal(0), difference) * factor * Decimal("1.25"), wages["annual_wage_2022"] * Decimal("1.25"))
    saved = max(Decimal(0), saved - max(Decimal(0), wages["tips_base"] - wages["tips_eligibility"]) * factor)
    current = Decimal(inputs["reported_inputs"] - inputs["equipment_inputs"])
    rate = 1 - (current * Decimal("0.85") + saved) / inputs["denominator"]
    rate = rate.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    ceiling = {"fuel": Decimal("0.075"), "manpower": Decimal("0.12")}.get(business["sector"], Decimal(1))
    rate = max(Decimal(0), min(rate, ceiling))
    drop = max(0, business["base"]["gross"] - business["eligibility"]["gross"])
    return min(Decimal(2_500_000), (drop * rate).quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.req("CMP-4.6-a")
@given(businesses())
def test_it_agrees_with_the_formula_as_it_is_printed(business):
    assert amount_of(business) == by_the_letter(business)


@pytest.mark.req("CMP-4.5-a")
@given(businesses())
def test_it_is_never_above_the_cap_and_never_negative(business):
    figures = engine.assess("turnover", business, PROGRAMME).figures

    assert 0 <= figures["amount"] <= min(2_500_000, figures["amount_before_cap"])
    assert 0 <= figures["complement_applied"] <= 1


@pytest.mark.req("CMP-4.6-a")
@given(businesses(), SUM)
def test_a_greater_drop_never_gives_less(business, more):
    assert amount_of(merged(business, {"base": {"gross": business["base"]["gross"] + more}})) >= amount_of(business)


@pytest.mark.req("CMP-4.6-ac")
@given(businesses(), st.decimals(0, 1, places=4))
def test_a_managers_rate_overrides_whatever_was_computed(business, rate):
    figures = engine.assess("turnover", business | {"manager_rate": str(rate)}, PROGRAMME).figures
    drop = max(0, business["base"]["gross"] - business["eligibility"]["gross"])

    assert figures["complement_applied"] == rate
    assert figures["amount_before_cap"] == (drop * rate).quantize(Decimal(1), ROUND_HALF_UP)


@pytest.mark.req("CMP-4.6-a")
@pytest.mark.parametrize("kind_of_number", [int, float, str, Decimal])
def test_figures_may_be_written_as_texts_or_numbers(kind_of_number):
    written = merged(PLAIN, {"base": {"gross": kind_of_number(500_000)}})

    assert str(engine.assess("turnover", written, PROGRAMME).figures["base_turnover"]) == "500000"


BAD = [
    ("TUR_BAD_AMOUNT", "base.gross", {"base": {"gross": -1}}),
    ("TUR_BAD_AMOUNT", "base.gross", {"base": {"gross": 10**10 + 1}}),
    ("TUR_BAD_AMOUNT", "eligibility.gross", {"eligibility": {"gross": "many"}}),
    ("TUR_BAD_AMOUNT", "eligibility.gross", {"eligibility": {"gross": "0.5"}}),
    ("TUR_BAD_AMOUNT", "base.capital_sales", {"base": {"capital_sales": -1}}),
    ("TUR_NEUTRALISED_OVER_GROSS", "base.capital_sales", {"base": {"capital_sales": 400_000, "reg_6z": 100_001}}),
    ("TUR_ZERO_DENOMINATOR", "complement.denominator", {"complement": {"denominator": 0}}),
    ("TUR_ZERO_DENOMINATOR", "complement.denominator", {"complement": {"denominator": None}}),
    ("TUR_BAD_INPUTS", "complement.equipment_inputs", {"complement": {"equipment_inputs": 3_000_001}}),
    ("TUR_BAD_INPUTS", "complement.reported_inputs", {"complement": {"reported_inputs": -5}}),
    (
        "TUR_BAD_INPUTS",
        "complement.related_party_inputs_unapproved",
        {"complement": {"related_party_inputs_unapproved": 3_000_001}},
    ),
    ("TUR_BAD_WAGES", "wages.wage_eligibility", {"wages": {"wage_eligibility": -1}}),
    ("TUR_BAD_WAGES", "wages.reserve_refund_base", {"wages": {"reserve_refund_base": 50_001}}),
    ("TUR_BAD_WAGES", "wages.reserve_refund_eligibility", {"wages": {"reserve_refund_eligibility": 50_001}}),
    ("TUR_BAD_WAGES", "wages.wage_base", {"wages": {"wage_base": 600_001}}),
    ("TUR_BAD_WAGES", "wages.tips_base", {"wages": {"tips_base": "-3"}}),
    (Code.INVALID_VALUE, "base.grosss", {"base": {"grosss": 1}}),
    (Code.INVALID_VALUE, "periods.base", {"periods": {"base": ["2022-11"]}}),
]


@pytest.mark.parametrize(("code", "where", "changes"), BAD)
@pytest.mark.req("CMP-4.6-a")
def test_a_figure_out_of_its_range_is_refused_at_its_field(code, where, changes):
    with pytest.raises(InvalidInput) as refused:
        engine.assess("turnover", merged(PLAIN, changes), PROGRAMME)

    assert (refused.value.code, refused.value.where) == (code, where)
