"""The words of findings and of the history."""

import pytest
from django.utils.translation import override

from compensation import review_words as words


@pytest.mark.req("CMP-2.3-j")
@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"item": "capital_sale_ledger", "year": 2022}, "כרטיס הנהלת החשבונות"),
        ({"item": "טופס 102"}, "טופס 102"),
        ({}, "חסר מסמך נדרש"),
    ],
    ids=["by the checklist", "by its own name", "unnamed"],
)
def test_a_missing_document_is_called_by_its_name(details, said):
    with override("he"):
        shown = words.finding_words("GEN_DOC_MISSING", details)

    assert said in shown
    assert str(details.get("year", "")) in shown
    assert "{" not in shown
    assert "capital_sale" not in shown


@pytest.mark.req("CMP-8.4.1-e")
@pytest.mark.parametrize(("days", "said"), [("14", "14 ימים"), ("1", "יום אחד")])
def test_a_warning_counts_days_in_words(days, said):
    with override("he"):
        assert said in words.event_reason("warn_of_lapse", days)


def test_a_number_that_somebody_wrote_stays_a_number():
    assert words.event_reason("return", "14") == "14"
