"""No cell of an export is a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiries.rules.cells import neutral

SIGNS = "=+-@＝＋－＠"
BLANKS = st.sampled_from(["", " ", "\0", "\t", " \r\n", "\u00a0"])


@pytest.mark.req("CRM-3.1-d")
@given(before=BLANKS, sign=st.sampled_from(SIGNS), rest=st.text())
def test_words_that_begin_like_a_formula_are_neutralised_and_kept(before, sign, rest):
    cell = neutral(before + sign + rest)

    assert cell == f"'{before}{sign}{rest}".replace("\0", "")


@given(st.text())
def test_no_words_begin_like_a_formula_and_neutralising_twice_is_neutralising_once(words):
    cell = neutral(words)

    assert cell.lstrip()[:1] not in list(SIGNS)
    assert neutral(cell) == cell
