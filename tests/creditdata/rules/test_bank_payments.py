"""Payments to banks: what adds up, what is left over, and what blocks a run (regulations 82 to 85)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdata.labels import STEP
from creditdata.rules.bank_payments import (
    Filing,
    distribute,
    is_in_force,
    is_liable,
    pool_of,
    reduction_refusals,
    refusals,
)
from creditdata.rules.parameters import DEFAULTS, PayFormula
from creditdata.rules.reasons import Reason
from crm_portal.errors import Code

LITERAL, CONSERVING = PayFormula.LITERAL, PayFormula.CONSERVING
AGORA = Decimal("0.01")


def filings(**amounts):
    return {name: Filing(Decimal(amount)) for name, amount in amounts.items()}


BANKS = filings(B1=4_000_000, B2=3_000_000, B3=2_000_000, B4=1_000_000)
MONEY = st.decimals(0, 900_000_000, places=2).map(Filing)
INCOMES = st.dictionaries(st.sampled_from(["L1", "L2", "L3", "L4"]), MONEY, min_size=1)
ACCOUNTS = st.dictionaries(st.sampled_from(list("ABCDEFG")), st.integers(0, 5_000_000), min_size=1).filter(
    lambda accounts: any(accounts.values())
)


def made(incomes, accounts):
    return distribute(2006, incomes, {name: Filing(Decimal(count)) for name, count in accounts.items()})


@pytest.mark.req("CRD-82-j")
@given(INCOMES, ACCOUNTS)
def test_what_is_paid_what_is_left_and_what_rounding_leaves_is_x(incomes, accounts):
    for share in made(incomes, accounts).licensees.values():
        assert share.total(LITERAL) + share.remainder + share.literal_rounding == share.x
        assert abs(share.literal_rounding) <= AGORA * (len(accounts) + 1) / 2
        assert share.total(LITERAL) + share.undistributed == share.x


@pytest.mark.req("CRD-82-k")
@given(INCOMES, ACCOUNTS)
def test_the_conserving_reading_pays_all_of_x_but_what_rounding_leaves(incomes, accounts):
    for share in made(incomes, accounts).licensees.values():
        assert share.total(CONSERVING) + share.conserving_rounding == share.x
        assert abs(share.conserving_rounding) <= AGORA * len(accounts) / 2


@pytest.mark.req("CRD-82-k")
@given(INCOMES)
def test_with_one_bank_the_readings_coincide(incomes):
    for share in made(incomes, {"A": 7}).licensees.values():
        assert share.banks["A"].literal == share.banks["A"].conserving == share.x
        assert share.remainder == 0


@pytest.mark.req("CRD-83-a")
@given(INCOMES, ACCOUNTS)
def test_each_bank_receives_as_much_of_the_operating_fee_and_no_difference_is_hidden(incomes, accounts):
    run = made(incomes, accounts)
    for share in run.licensees.values():
        parts = [bank.operating_fee for bank in share.banks.values()]
        assert len(set(parts)) == 1
        assert sum(parts) + share.fee_rounding == share.fee
    assert sum(share.fee for share in run.licensees.values()) + run.fee_difference == 1_000_000


@pytest.mark.req("CRD-83-a")
def test_without_an_income_there_is_no_operating_fee():
    run = distribute(2006, filings(L1=0), BANKS)
    assert run.licensees["L1"].fee == 0
    assert run.fee_difference == 1_000_000


@pytest.mark.req("CRD-82-h")
def test_x_is_a_share_of_the_uncapped_incomes():
    run = distribute(2008, filings(L1=400_000_000, L2=200_000_000), BANKS)
    assert [share.x for share in run.licensees.values()] == [Decimal("24266666.67"), Decimal("12133333.33")]
    assert [share.share_percent for share in run.licensees.values()] == [Decimal("66.666667"), Decimal("33.333333")]


@pytest.mark.req("CRD-82-i")
def test_a_payment_is_rounded_once_from_the_rounded_x():
    run = distribute(2008, filings(L1=400_000_000, L2=200_000_000), filings(A=1, B=2))
    share = run.licensees["L1"]  # X = 24,266,666.67; a third and two thirds of the accounts
    assert {name: bank.literal for name, bank in share.banks.items()} == {
        "A": Decimal("8088888.89"),
        "B": Decimal("10111111.11"),
    }


@pytest.mark.req("CRD-82-o")
def test_a_listed_bank_without_accounts_still_gets_its_equal_part():
    share = distribute(2006, filings(L1=36_000_000), filings(A=10, B=0)).licensees["L1"]
    assert share.banks["B"].literal == share.x / 4 == share.banks["B"].conserving


@pytest.mark.req("CRD-82-o")
def test_a_run_needs_a_listed_bank_and_an_account():
    income = filings(L1=1)
    assert [one.code for one in refusals(income, {})] == [Reason.NO_LISTED_BANKS]
    assert [one.code for one in refusals(income, filings(A=0, B=0))] == [Reason.NO_ACCOUNTS]
    assert list(refusals(income, filings(A=0, B=1))) == []


@pytest.mark.req("CRD-84-a")
def test_a_figure_without_a_certificate_blocks_the_run():
    unsigned = {"L1": Filing(Decimal(1)), "L2": Filing(Decimal(1), is_certified=False)}
    banks = {"A": Filing(Decimal(3), is_certified=False)}
    found = [(one.code, one.fields) for one in refusals(unsigned, banks)]
    assert found == [(Reason.NOT_CERTIFIED, ("incomes.L2",)), (Reason.NOT_CERTIFIED, ("bank_accounts.A",))]


@pytest.mark.req("CRD-82-g")
def test_one_percentage_holds_for_the_whole_income_and_not_for_its_slices():
    assert pool_of(Decimal(45_000_000)).amount == 2_250_000  # 5 % of all of it; by slices it would be less
    assert pool_of(Decimal(60_000_000)).amount - pool_of(Decimal("59999999.99")).amount == 600_000


@pytest.mark.req("CRD-82-f")
def test_the_ceiling_is_a_setting_that_the_source_leaves_in_doubt():
    assert pool_of(Decimal(600_000_000)).amount == 36_400_000
    assert pool_of(Decimal(600_000_000), replace(DEFAULTS, pay_income_cap=Decimal(250_000_000))).amount == 17_500_000


@pytest.mark.req("CRD-82-e")
def test_the_floor_is_a_setting_and_below_it_nothing_is_distributed():
    assert pool_of(Decimal("34999999.99")).percent is None
    assert pool_of(Decimal(30_000_000), replace(DEFAULTS, pay_income_floor=Decimal(30_000_000))).percent == 4


@pytest.mark.req("CRD-82-l")
@pytest.mark.parametrize(
    ("reduction", "parent", "expected"),
    [
        ("37500", "B1", []),
        ("137500", "B1", []),
        ("137500.01", "B1", [(Code.INVALID_VALUE, ("reduction",))]),
        ("-1", "B1", [(Code.INVALID_VALUE, ("reduction",))]),
        ("1", "", [(Code.FIELD_REQUIRED, ("subsidiary_of",))]),
        ("1", "B4", [(Code.INVALID_VALUE, ("subsidiary_of",))]),
    ],
)
def test_only_a_subsidiary_is_paid_less_and_never_less_than_nothing(reduction, parent, expected):
    found = reduction_refusals(Decimal(137_500), Decimal(reduction), bank="B4", parent=parent)
    assert [(one.code, one.fields) for one in found] == expected


@pytest.mark.req("CRD-82-b")
def test_a_licensee_pays_from_the_second_calendar_year_of_its_operation_on():
    start = date(2005, 12, 31)
    assert [is_liable(start, year) for year in (2004, 2005, 2006, 2007)] == [False, False, True, True]


@pytest.mark.req("CRD-85-a")
def test_a_run_that_falls_due_after_the_chapter_lapsed_is_a_reference_computation():
    assert [distribute(year, filings(L1=36_000_000), BANKS).is_reference for year in (2008, 2009)] == [False, True]
    assert is_in_force(2009, replace(DEFAULTS, chapter_h_last_day=date(2010, 1, 15)))


@pytest.mark.req("CRD-82-j")
def test_every_sum_tells_by_which_formula_it_came_about_in_both_languages():
    run = distribute(2006, filings(L1=20_000_000, L2=25_000_000), BANKS)
    share = run.licensees["L1"]
    steps = [*run.pool.steps, *share.steps, *(step for bank in share.banks.values() for step in bank.steps)]
    assert {step.key for step in steps} == {key for key in STEP if key.startswith("pay_")}
    assert {step.key: step.formula for step in share.banks["B1"].steps} == {
        "pay_bank_literal": "½ × Z × X/Y + ½ × X/Y",
        "pay_bank_conserving": "½ × X × Z + ½ × X/Y",
        "pay_bank_fee": "f / Y",
    }
    assert dict(share.banks["B1"].steps[0].values) == {"Z": Decimal("0.4"), "X": Decimal(1_000_000), "Y": Decimal(4)}
