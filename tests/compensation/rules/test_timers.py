"""The entry `timers`: which facts start which clock, and what it cannot read."""

from datetime import date

import pytest

from compensation.rules.assessment import Outcome
from compensation.rules.engine import assess
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files
from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

LAW = from_files()


def figures(**inputs):
    return assess("timers", inputs, LAW).figures


@pytest.mark.req("CMP-7.3.8-a")
def test_without_facts_it_tells_the_last_day_of_the_first_advance_campaign():
    assert figures() == {"last_day": date(2023, 11, 30)}


@pytest.mark.req("CMP-8.4.2-a")
def test_a_stop_without_an_end_leaves_no_day_to_decide():
    found = figures(filed_on="2023-11-20", stops=[["2023-11-25", None]])
    assert [found[name] for name in ("decision_due", "deemed_accepted_on", "advance_60_due", "warnings")] == [
        None, None, None, [],
    ]  # fmt: skip


@pytest.mark.req("CMP-8.4.1-b")
def test_refused_extensions_give_no_deadline_and_both_reasons():
    answer = assess("timers", {"filed_on": "2023-11-20", "stops": [], "extensions_days": [31]}, LAW)
    assert answer.outcome is Outcome.REFUSED
    assert answer.figures == {"error": Reason.EXTENSION_WITHOUT_DETAILS_REQUEST}
    assert [one.code for one in answer.findings] == [
        Reason.EXTENSION_WITHOUT_DETAILS_REQUEST, Reason.EXTENSION_OVER_30_DAYS,
    ]  # fmt: skip


@pytest.mark.req("CMP-8.2-b")
def test_a_granted_extension_opens_filing_until_its_day():
    assert figures(opens_on="2023-11-19", extended_to="2024-05-02")["last_day"] == date(2024, 5, 2)


@pytest.mark.req("CMP-8.7-b")
def test_a_determination_starts_its_payment_and_its_correction():
    assert figures(decided_on="2024-02-29") == {"pay_by": date(2024, 3, 14), "last_day": date(2028, 2, 29)}


@pytest.mark.parametrize(
    ("inputs", "where"),
    [
        ({"filed_on": "2023-02-30"}, "filed_on"),
        ({"filed_on": 20231120}, "filed_on"),
        ({"filed_on": "2023-11-20", "stops": "2024-01-10"}, "stops"),
        ({"filed_on": "2023-11-20", "stops": [["2024-01-10"]]}, "stops.0"),
        ({"filed_on": "2023-11-20", "stops": [[None, "2024-01-10"]]}, "stops.0"),
        ({"filed_on": "2023-11-20", "stops": [["2024-01-10", "2024-01-09"]]}, "stops.0"),
        ({"filed_on": "2023-11-20", "stops": [["2024-01-10", "x"]]}, "stops.0.until"),
        ({"extensions_days": [0]}, "extensions_days.0"),
        ({"extensions_days": [10, "a"]}, "extensions_days.1"),
        ({"extensions_days": [1.5]}, "extensions_days.0"),
        ({"filled_on": "2023-11-20"}, "filled_on"),
    ],
)
def test_what_it_cannot_read_is_named_by_its_path(inputs, where):
    with pytest.raises(InvalidInput) as refused:
        assess("timers", inputs, LAW)
    assert (refused.value.code, refused.value.where) == (Code.INVALID_VALUE, where)
