"""`manage.py assess creditdata FILE.json`: each case for itself, whatever is in the document."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.golden import golden

GOOD = {"id": "good", "start": "2026-03-31", "business_days": 2, "calendar": "general"}


@pytest.fixture
def assess(tmp_path, capsys):
    def run(content):
        file = tmp_path / "cases.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        call_command("assess", "creditdata", str(file))
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.django_db
def test_the_document_comes_back_with_what_no_rule_reads(assess):
    given = {
        "meta": {"source": "x", "share": 0.25},
        "remarks": ["none", 1],
        "deadlines": [{**GOOD, "note": "פסח", "rows": [1, None]}],
    }

    found = assess(given)

    assert found == {**given, "deadlines": [{**given["deadlines"][0], "deadline": "2026-04-03"}]}
    assert list(found) == ["meta", "remarks", "deadlines"]


@pytest.mark.django_db
def test_an_answer_that_a_case_came_with_is_computed_anew(assess):
    found = assess({"deadlines": [{**GOOD, "deadline": "1999-01-01"}]})

    assert found["deadlines"][0]["deadline"] == "2026-04-03"


BAD = [
    ("a case that is a number", 7),
    ("a case that is null", None),
    ("a case that is a list", [1]),
    ("no start", {"id": 1, "business_days": 2, "calendar": "general"}),
    ("a start that is no day", {**GOOD, "start": "2026-02-30"}),
    ("a start that is a number", {**GOOD, "start": 20260101}),
    ("a start that no calendar reaches", {**GOOD, "start": "9999-12-31"}),
    ("no number of days", {"id": 1, "start": "2026-03-31", "calendar": "general"}),
    ("half a day", {**GOOD, "business_days": 1.5}),
    ("no day at all", {**GOOD, "business_days": 0}),
    ("days without end", {**GOOD, "business_days": 10**9}),
    ("days in words", {**GOOD, "business_days": "two"}),
    ("days that are true", {**GOOD, "business_days": True}),
    ("no calendar", {"id": 1, "start": "2026-03-31", "business_days": 2}),
    ("an unknown calendar", {**GOOD, "calendar": "lunar"}),
    ("the authority's calendar", {**GOOD, "calendar": "authority"}),
    ("an answer without its question", {"id": 1, "deadline": "2026-04-03"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BAD])
def test_a_case_that_cannot_be_read_tells_why_and_stops_no_other(assess, case):
    before, wrong, after = assess({"deadlines": [GOOD, case, GOOD]})["deadlines"]

    assert set(wrong["error"]) == {"code", "field", "message"}
    assert all(isinstance(text, str) and text for text in wrong["error"].values())
    assert "deadline" not in wrong
    assert before == after == {**GOOD, "deadline": "2026-04-03"}


@pytest.mark.django_db
def test_a_group_that_nobody_knows_is_not_passed_off_as_answered(assess):
    found = assess({"deadline": [GOOD, 3], "deadlines": [GOOD], "as_of": {"made_available": "2026-04-09"}})

    assert [case["error"]["field"] for case in found["deadline"]] == ["deadline", "deadline"]
    assert found["deadlines"][0]["deadline"] == "2026-04-03"
    assert found["as_of"]["error"]["field"] == "as_of"


@pytest.mark.django_db
def test_numbers_that_json_cannot_write_spoil_only_their_case(assess):
    digits = "9" * 5000
    wrong = ",".join(f'{{"id": "x", "start": "2026-03-31", "business_days": {n}}}' for n in (digits, "1e999", "NaN"))

    found = assess(f'{{"deadlines": [{json.dumps(GOOD)}, {wrong}]}}')["deadlines"]

    assert found[0]["deadline"] == "2026-04-03"
    assert [case["error"]["field"] for case in found[1:]] == ["business_days"] * 3
    assert found[1]["business_days"] == digits


@pytest.mark.parametrize("content", ["", "{", "[]", "5", "null", '"deadlines"', "[" * 100_000])
def test_a_file_that_holds_no_document_ends_with_a_sentence(assess, content):
    with pytest.raises(CommandError):
        assess(content)


def test_a_file_that_is_not_there_ends_with_a_sentence(tmp_path):
    with pytest.raises(CommandError):
        call_command("assess", "creditdata", str(tmp_path / "none.json"))


def test_an_empty_document_has_no_answers(assess):
    assert assess({}) == {}


def test_the_law_answers_without_a_database(tmp_path):
    cases = golden("creditdata/golden_cases.json")["deadlines"]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"deadlines": cases}))
    command = [sys.executable, "manage.py", "assess", "creditdata", str(file)]
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none"}

    at_home = Path(__file__).parents[3]
    ran = subprocess.run(command, env=nowhere, cwd=at_home, capture_output=True, text=True, check=True)

    assert json.loads(ran.stdout) == {"deadlines": cases}
    assert ran.stderr.count("The database does not answer") == 1
