"""The payment sheet, the advances, linkage and interest."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.rules import payments
from compensation.rules.engine import assess
from compensation.rules.linkage import Tables, Tranche, linkage_and_interest
from compensation.rules.payments import Paid
from compensation.selectors.shipped import from_files
from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

LAW = from_files()
SHEKELS = st.integers(0, 5_000_000).map(Decimal)
RATES = st.integers(0, 5000).map(lambda basis: Decimal(basis) / 10_000)
TRANCHES = st.lists(
    st.builds(Tranche, SHEKELS, st.integers(9000, 13000).map(lambda n: Decimal(n) / 10_000), RATES), max_size=4
)
PAID = st.tuples(SHEKELS, RATES).map(lambda pair: Paid(pair[0], (pair[0] * pair[1]).quantize(Decimal(1))))
SHEETS = st.builds(
    payments.sheet,
    approved=SHEKELS,
    withholding_rate=RATES,
    tranches=TRANCHES,
    before=PAID,
    tax_debts=st.lists(SHEKELS, max_size=3),
    liens=st.lists(SHEKELS, max_size=3),
)


def sheet(**facts):
    return assess("payment", facts, LAW).figures


@pytest.mark.req("CMP-8.5.1-a")
@given(SHEETS)
def test_the_lines_of_a_sheet_sum_to_its_gross(found):
    out = found.withholding_total + found.tax_debt + found.lien + found.advance_set_off + found.net_payment
    if not found.overpayment_demand:
        assert found.gross == out
    assert found.gross == found.approved + found.linkage_and_interest


@pytest.mark.req("CMP-8.5.1-b")
@given(SHEETS)
def test_no_line_is_below_nothing_and_who_owes_is_not_paid(found):
    lines = (*found.tax_debts, *found.liens, found.advance_set_off, found.net_payment, found.overpayment_demand)
    assert min((*lines, found.linkage_and_interest, found.withheld_now)) >= 0
    if found.overpayment_demand:
        assert (found.withheld_now, found.tax_debt, found.lien, found.net_payment) == (0, 0, 0, 0)


@pytest.mark.req("CMP-8.5.1-b")
@given(SHEKELS, RATES, PAID, st.lists(SHEKELS, max_size=3), st.lists(SHEKELS, max_size=3))
def test_debts_and_liens_take_no_more_than_is_left_after_the_set_off(approved, rate, before, debts, liens):
    found = payments.sheet(approved=approved, withholding_rate=rate, before=before, tax_debts=debts, liens=liens)
    bare = payments.sheet(approved=approved, withholding_rate=rate, before=before)
    assert found.advance_set_off == bare.advance_set_off <= before.net
    assert found.tax_debt + found.lien + found.net_payment == bare.net_payment
    assert found.tax_debt == min(sum(debts), bare.net_payment)
    assert found.lien == min(sum(liens), bare.net_payment - found.tax_debt)


@pytest.mark.req("CMP-8.8.2-a")
def test_liens_are_served_in_their_order_and_the_last_takes_what_is_left():
    found = payments.sheet(
        approved=Decimal(1000), withholding_rate=Decimal(0), tax_debts=[Decimal(100)],
        liens=[Decimal(600), Decimal(500), Decimal(50)],
    )  # fmt: skip
    assert (found.tax_debts, found.liens, found.net_payment) == ((100,), (600, 300, 0), 0)
    assert sheet(approved="1000", withholding_rate="0", liens=["600", "500"])["liens"] == 1000


@pytest.mark.req("CMP-8.8.5-b")
def test_without_a_certificate_a_fifth_is_withheld_of_the_linked_sum():
    found = sheet(approved="100000", index_ratio="1.02")
    assert (found["gross"], found["withholding_total"]) == (Decimal(102000), Decimal(20400))


@pytest.mark.req("CMP-8.8.5-b")
def test_no_tax_is_taken_twice_of_what_was_paid_before():
    found = sheet(approved="100000", withholding_rate="0.30", advances_gross="60000", advances_withheld="12000")
    assert found["withholding_total"] == 12000 + 12000


@pytest.mark.req("CMP-8.6.1-a")
def test_a_rejected_claim_demands_the_whole_advance_gross():
    found = sheet(approved="0", advances_gross="50000", advances_withheld="10000", tax_debt="700", liens="800")
    assert (found["overpayment_demand"], found["net_payment"], found["advance_set_off"]) == (50000, 0, 0)
    assert (found["tax_debt"], found["liens"]) == (0, 0)


@pytest.mark.req("CMP-8.6.3-a")
def test_an_underpayment_is_paid_with_linkage_and_interest_since_the_filing():
    parts = payments.parts(Decimal(100_000), [Decimal(60_000)])
    assert parts == (60_000, 40_000)
    found = payments.sheet(
        approved=Decimal(100_000), withholding_rate=Decimal(0), before=Paid(Decimal(60_000)),
        tranches=[Tranche(parts[0]), Tranche(parts[1], Decimal("1.05"), Decimal("0.04"))],
    )  # fmt: skip
    assert found.net_payment == 40_000 + 3_680


@pytest.mark.req("CMP-8.4.7-a")
@given(SHEKELS, st.lists(SHEKELS, max_size=5))
def test_what_was_paid_before_and_what_is_paid_now_are_the_compensation(approved, paid):
    parts = payments.parts(approved, paid)
    assert sum(parts) == approved
    assert min(parts) >= 0
    assert all(part <= amount for part, amount in zip(parts, paid, strict=False))


@pytest.mark.req("CMP-8.4.7-a")
def test_an_advance_without_days_of_its_own_bears_nothing_and_the_rest_does():
    found = sheet(approved="100000", withholding_rate="0", advances_gross="60000", index_ratio="1.10")
    assert found["linkage_and_interest"] == 4000


@pytest.mark.req("CMP-8.4.7-a")
def test_linkage_is_rounded_once_on_the_sum_and_an_index_that_fell_takes_nothing():
    halves = [Tranche(Decimal(10), Decimal("1.04")), Tranche(Decimal(10), Decimal("1.04"))]
    assert linkage_and_interest(halves) == 1
    assert linkage_and_interest([Tranche(Decimal(1000), Decimal("0.90"), Decimal("0.01"))]) == 10


TABLES = Tables(
    indexes=((date(2023, 10, 15), Decimal("100")), (date(2024, 1, 15), Decimal("102"))),
    rates=((date(2023, 1, 1), Decimal("0.0365")), (date(2024, 1, 1), Decimal("0.0730"))),
)


@pytest.mark.req("CMP-8.4.7-a")
@pytest.mark.parametrize(("until_on", "ratio"), [("2024-01-14", "1"), ("2024-01-15", "1.02"), ("2024-06-01", "1.02")])
def test_the_index_is_the_last_one_published_on_the_day(until_on, ratio):
    assert TABLES.index_ratio(date(2023, 11, 20), date.fromisoformat(until_on)) == Decimal(ratio)


@pytest.mark.req("CMP-8.4.7-a")
def test_each_day_bears_the_rate_that_holds_on_it():
    assert TABLES.interest(date(2023, 12, 22), date(2024, 1, 11)) == Decimal("0.0030")  # 10 days of each
    assert TABLES.interest(date(2024, 1, 1), date(2024, 1, 1)) == 0
    assert TABLES.tranche(Decimal(1000), date(2024, 2, 2), date(2024, 2, 1)) == Tranche(Decimal(1000))


@pytest.mark.req("CMP-8.4.7-a")
def test_a_day_before_every_row_of_a_table_is_not_guessed():
    for ask in (TABLES.index_ratio, TABLES.interest):
        with pytest.raises(LookupError):
            ask(date(2022, 1, 1), date(2024, 1, 1))


@pytest.mark.req("CMP-8.4.7-a")
@given(st.lists(st.integers(1, 400), min_size=2, max_size=5))
def test_interest_over_consecutive_spans_is_that_of_the_whole(spans):
    days = [date(2023, 6, 1) + timedelta(days=passed) for passed in accumulate(spans, initial=0)]
    whole = TABLES.interest(days[0], days[-1])
    assert round(sum(TABLES.interest(*pair) for pair in pairwise(days)), 20) == round(whole, 20)


@pytest.mark.req("CMP-8.4.3-c")
@given(SHEKELS, SHEKELS)
def test_advances_together_never_exceed_the_provisional_amount(provisional, before):
    paid = before
    for share in (LAW.first_advance_share, LAW.second_advance_share):
        amount = payments.advance(provisional, share, paid)
        assert amount >= 0
        assert amount == 0 or paid + amount <= provisional
        paid += amount


@pytest.mark.parametrize(
    ("track", "facts", "where"),
    [
        ("payment", {}, "approved"),
        ("payment", {"approved": "-1"}, "approved"),
        ("payment", {"approved": "NaN"}, "approved"),
        ("payment", {"approved": "100.5"}, "approved"),
        ("payment", {"approved": "1", "withholding_rate": "1.2"}, "withholding_rate"),
        ("payment", {"approved": "1", "advances_gross": "5", "advances_withheld": "6"}, "advances_withheld"),
        ("payment", {"approved": "10", "tranches": [{"amount": "11"}]}, "tranches"),
        ("payment", {"approved": "10", "tranches": [{"amount": "10", "days": -1}]}, "tranches.0.days"),
        ("payment", {"approved": "10", "tranches": [{"amount": "10", "dayz": 1}]}, "tranches.0.dayz"),
        ("payment", {"approved": "10", "liens": ["1", "-2"]}, "liens.1"),
        ("payment", {"approved": "10", "lien": "1"}, "lien"),
        ("advance", {"provisional_amount": "10", "rate": "2"}, "rate"),
        ("advance", {"provisional_amount": None}, "provisional_amount"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_path(track, facts, where):
    with pytest.raises(InvalidInput) as refused:
        assess(track, facts, LAW)
    assert refused.value.where == where
    assert refused.value.code in (Code.INVALID_VALUE, Code.FIELD_REQUIRED)
