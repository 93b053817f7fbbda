"""The reasons that a decision below the claim owes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.rules.codes import GapReason
from compensation.rules.gaps import Gap, is_reasoned, refusals
from compensation.rules.reasons import Reason
from crm_portal.errors import Code

WORDS = "נימוק כתוב שאורכו מספיק לפי ההוראה"


def codes(*gaps, claimed=1000, determined=600, reasons=WORDS):
    found = refusals(claimed=Decimal(claimed), determined=Decimal(determined), gaps=gaps, reasons=reasons)
    return [(one.code, one.fields) for one in found]


@pytest.mark.req("CMP-2.4-a")
@pytest.mark.parametrize(
    ("reasons", "is_enough"),
    [("א" * 20, True), ("א" * 19, False), ("  " + "א" * 19 + "   ", False), ("א" + " " * 30 + "ב", False), ("", False)],
)
def test_reasons_have_twenty_characters(reasons, is_enough):
    assert is_reasoned(reasons) is is_enough
    gap = Gap(GapReason.SAVED_WAGES_WRONG, Decimal(400))
    assert codes(gap, reasons=reasons) == ([] if is_enough else [(Reason.GEN_REASONS_REQUIRED, ("reasons",))])


@pytest.mark.req("CMP-2.4-a")
def test_a_rejection_names_a_reason_even_where_nothing_was_claimed():
    assert codes(claimed=0, determined=0) == [(Reason.GEN_REASONS_REQUIRED, ("reasons",))]
    assert codes(Gap(GapReason.EXCLUDED_CLAIMANT, Decimal(0)), claimed=0, determined=0) == []


def test_what_was_claimed_needs_no_reasons():
    assert codes(determined=1000, reasons="") == codes(determined=1200, reasons="") == []


@pytest.mark.req("CMP-8.5.3-a")
@pytest.mark.parametrize("amounts", [(399,), (401,), (200, 100)])
def test_the_gaps_sum_to_the_difference(amounts):
    gaps = [Gap(GapReason.SAVED_WAGES_WRONG, Decimal(amount)) for amount in amounts]
    assert codes(*gaps) == [(Code.INVALID_VALUE, ("gaps",))]


@pytest.mark.req("CMP-8.5.3-a")
@pytest.mark.parametrize("amounts", [("-100", "500"), ("0", "400"), ("200.5", "199.5")])
def test_a_gap_is_a_positive_whole_sum(amounts):
    gaps = [Gap(GapReason.SAVED_WAGES_WRONG, Decimal(amount)) for amount in amounts]
    assert codes(*gaps) == [(Code.INVALID_VALUE, ("gaps",))]


@pytest.mark.req("CMP-8.5.3-a")
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(1, 10**6))
def test_gaps_that_explain_the_difference_are_accepted_and_one_shekel_off_is_not(amounts, determined):
    gaps = [Gap(GapReason.SAVED_WAGES_WRONG, Decimal(amount)) for amount in amounts]
    claimed = determined + sum(amounts)
    assert codes(*gaps, claimed=claimed, determined=determined) == []
    assert codes(*gaps, claimed=claimed + 1, determined=determined) == [(Code.INVALID_VALUE, ("gaps",))]
