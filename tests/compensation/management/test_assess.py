"""`manage.py assess compensation FILE.json`: each case for itself, whatever is in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
GOOD = {"id": "good", "track": "fixed_costs", "inputs": {"wage_paid_for_absence_days": "9100", "drop_rate": "0.4"}}


@pytest.fixture
def assess(tmp_path, capsys):
    def run(content):
        file = tmp_path / "cases.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        call_command("assess", "compensation", str(file))
        return json.loads(capsys.readouterr().out)["results"]

    return run


def test_a_case_comes_back_with_its_figures(assess):
    (found,) = assess({"cases": [GOOD]})

    assert found["id"] == "good"
    assert (found["result"]["eligible_wage_part_already_paid"], found["result"]["amount"]) == ("2730", "6370")
    assert [step["clause"] for step in found["result"]["steps"]] == ["2.6", "2.6", "2.6"]


BAD = [
    ("a case that is a number", 7),
    ("a case that is null", None),
    ("a case without an id", {"track": "red", "inputs": {}}),
    ("an id that is a list", {"id": [], "track": "red", "inputs": {}}),
    ("a track that is a number", {"id": 1, "track": 5, "inputs": {}}),
    ("inputs that are text", {"id": 1, "track": "red", "inputs": "all"}),
    ("inputs that are null", {"id": 1, "track": "red", "inputs": None}),
    ("an unknown fact", {"id": 1, "track": "red", "inputs": {"is_sate": True}}),
    ("a negative sum", {"id": 1, "track": "red", "inputs": {"manager_determined": "-1"}}),
    ("a sum that is true", {"id": 1, "track": "red", "inputs": {"manager_determined": True}}),
    ("a sum that is a list", {"id": 1, "track": "red", "inputs": {"manager_determined": [1]}}),
    ("a sum in words", {"id": 1, "track": "red", "inputs": {"manager_determined": "1,000"}}),
    ("an endless sum", {"id": 1, "track": "red", "inputs": {"manager_determined": "Infinity"}}),
    ("a sum that is no number", {"id": 1, "track": "red", "inputs": {"manager_determined": float("nan")}}),
    ("a sum too high", {"id": 1, "track": "red", "inputs": {"manager_determined": "1e300"}}),
    ("a rate above one", {**GOOD, "inputs": {"wage_paid_for_absence_days": "1", "drop_rate": "1.0001"}}),
    ("a rate of too many decimals", {**GOOD, "inputs": {"wage_paid_for_absence_days": "1", "drop_rate": "0.33333"}}),
    ("a wage without its rate", {**GOOD, "inputs": {"wage_paid_for_absence_days": "1"}}),
    ("half a worker", {"id": 1, "track": "agriculture", "inputs": {"field_workers": 1.5}}),
    ("no worker", {"id": 1, "track": "agriculture", "inputs": {"field_workers": 0}}),
    ("too many workers", {"id": 1, "track": "agriculture", "inputs": {"field_workers": 5001}}),
    ("a field without a town", {"id": 1, "track": "agriculture", "inputs": {"fields": [{"dunams": "3"}]}}),
    ("a field of no size", {"id": 1, "track": "agriculture", "inputs": {"fields": [{"town": "נתיבות", "dunams": 0}]}}),
    ("an unknown town", {"id": 1, "track": "eligibility", "inputs": {"town": "אטלנטיס"}}),
    ("a town that is empty", {"id": 1, "track": "eligibility", "inputs": {"town": ""}}),
    ("a town that is a number", {"id": 1, "track": "eligibility", "inputs": {"town": 3000}}),
    ("a day that no clock reaches", {"id": 1, "track": "timers", "inputs": {"filed_on": "9999-12-31"}}),
    ("no town", {"id": 1, "track": "eligibility", "inputs": {}}),
    ("an unknown row", {"id": 1, "track": "eligibility", "inputs": {"location_row": "MOON"}}),
    ("towns that are text", {"id": 1, "track": "eligibility", "inputs": {"town": "אשדוד", "employee_towns": "x"}}),
]


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BAD])
def test_a_case_that_cannot_be_read_tells_why_and_stops_no_other(assess, case):
    before, wrong, after = assess({"cases": [GOOD, case, GOOD]})

    assert set(wrong) == {"id", "error"}
    assert set(wrong["error"]) == {"code", "field", "message"}
    assert all(isinstance(text, str) and text for text in wrong["error"].values())
    assert before["result"] == after["result"]


def test_minus_nought_is_nought(assess):
    (found,) = assess({"cases": [{"id": 1, "track": "red", "inputs": {"manager_determined": -0.0}}]})

    assert found["result"]["amount"] == "0"


def test_numbers_keep_the_digits_they_are_written_with(assess):
    wages = '{"wage_paid_for_absence_days": 9100.10, "drop_rate": 0.4}'
    digits = '{"wage_paid_for_absence_days": ' + "9" * 5000 + ', "drop_rate": 0.4}'
    cases = ",".join(f'{{"id": 1, "track": "fixed_costs", "inputs": {inputs}}}' for inputs in (wages, digits))

    exact, huge = assess(f'{{"cases": [{cases}]}}')

    assert exact["result"]["steps"][0]["value"] == "9100.10"
    assert huge["error"]["field"] == "wage_paid_for_absence_days"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"cases": 5}', "[" * 100_000])
def test_a_file_that_holds_no_cases_ends_with_a_sentence(assess, content):
    with pytest.raises(CommandError):
        assess(content)


def test_the_law_answers_without_a_database(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [GOOD, GOOD]}))
    command = [sys.executable, "manage.py", "assess", "compensation", str(file)]
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none"}

    at_home = Path(__file__).parents[3]
    ran = subprocess.run(command, env=nowhere, cwd=at_home, capture_output=True, text=True, check=True)

    assert [one["result"]["amount"] for one in json.loads(ran.stdout)["results"]] == ["6370", "6370"]
    assert ran.stderr.count("The database does not answer") == 1
