"""Every golden case through the one entry: what its `expected` names comes out exactly (conventions)."""

import json
from pathlib import Path

import pytest

from compensation.selectors.assessing import answer

FILE = Path(__file__).parents[1] / "golden" / "compensation" / "golden_cases.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))["cases"]


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_golden_case_comes_out_as_it_says(case):
    found = answer(case)

    assert "error" not in found, found["error"]
    assert {name: found["result"].get(name, "missing") for name in case["expected"]} == case["expected"]


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_step_and_finding_of_a_golden_case_has_words_in_both_languages(case):
    found = answer(case)["result"]

    for step in found["steps"]:
        assert step["label"]["he"] != step["label"]["en"] != step["key"], step["key"]
        assert step["clause"]
    for finding in found["findings"]:
        assert finding["message"]["he"] != finding["message"]["en"], finding["code"]
