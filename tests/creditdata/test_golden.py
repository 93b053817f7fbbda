"""Every golden case through the command's entry: stripped of its answers, it comes back with them (section 14)."""

import pytest

from creditdata.selectors.assessing import GROUPS, answers
from tests.golden import golden

DOCUMENT = golden("creditdata/golden_cases.json")
CASES = [(group, case) for group in DOCUMENT if group in GROUPS for case in DOCUMENT[group]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "case"), [pytest.param(g, c, id=c.get("id") or f"{g}-{c['date']}") for g, c in CASES]
)
def test_a_golden_case_comes_out_as_it_says(group, case):
    asked = {name: fact for name, fact in case.items() if name not in GROUPS[group].keys}
    assert asked != case

    assert answers({group: [asked]}) == {group: [case]}
