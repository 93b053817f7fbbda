"""Every golden case through the command's entry: stripped of its answers, it comes back with them (section 14)."""

import pytest

from creditdata.selectors.assessing import GROUPS, answers
from tests.golden import golden


def listed(group):
    """The cases of a group; one of them stands alone."""
    return group if isinstance(group, list) else [group]


def answer_keys(group, case):
    """What a case is asked for: a note's number of words is given, and of a note's text it is the answer."""
    return (*GROUPS[group].keys, *(["words"] if "text" in case else []))


DOCUMENT = golden("creditdata/golden_cases.json")
CASES = [(name, case) for name, group in DOCUMENT.items() if name in GROUPS for case in listed(group)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "case"), [pytest.param(g, c, id=c.get("id") or f"{g}-{c['date']}") for g, c in CASES]
)
def test_a_golden_case_comes_out_as_it_says(group, case):
    asked = {name: fact for name, fact in case.items() if name not in answer_keys(group, case)}
    assert asked != case

    assert answers({group: [asked]}) == {group: [case]}
