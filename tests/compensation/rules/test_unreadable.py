"""Every fact that cannot be read is named at once."""

import pytest

from compensation.rules import unreadable
from compensation.selectors.shipped import from_files
from tests.compensation.claimants import SEED

PROGRAMME = from_files()
FACTS = {
    "business_town": "נתיבות", "registered_town": "נתיבות", "kind": "regular", "reporting": "monthly", "flags": [],
    "eligibility_reported": True,
}  # fmt: skip


def named(**figures):
    found, invalid = unreadable.assess("turnover", {**FACTS, **SEED, **figures}, PROGRAMME)
    assert (found is None) == bool(invalid)
    return [one.where for one in invalid]


def test_what_can_be_read_is_assessed():
    found, invalid = unreadable.assess("turnover", {**FACTS, **SEED}, PROGRAMME)

    assert (str(found.amount), invalid) == ("329308", ())


@pytest.mark.req("CMP-2.3-a")
def test_wrong_figures_of_different_parts_are_named_together():
    assert named(
        base={"gross": "-1"}, eligibility={"gross": "x"}, wages={**SEED["wages"], "wage_base": "-5"}
    ) == ["base.gross", "eligibility.gross", "wages.wage_base"]  # fmt: skip


def test_a_figure_that_is_missing_hides_no_other_and_blames_none():
    missing = {"reported_inputs": "6500000"}

    assert named(base={"gross": "-1"}, complement=missing) == ["base.gross", "complement.denominator"]


def test_a_member_of_a_list_is_named_by_its_place():
    fields = [{"town": "אטלנטיס", "dunams": "1"}, {"town": "נתיבות", "dunams": "1"}]
    inputs = {"kind": "regular", "business_town": "נתיבות", "registered_town": "נתיבות", "fields": fields}
    _found, invalid = unreadable.assess("agriculture", inputs, PROGRAMME)

    assert [one.where for one in invalid] == ["fields.0.town"]
