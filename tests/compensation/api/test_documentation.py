"""The examples of docs/compensation-api.md run as they are printed, with curl against a living server."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from compensation.api.urls import urlpatterns
from crm_portal.people.rules.roles import Role
from tests.compensation.services.test_declaring import code_and_token
from tests.factories.compensation import ClaimFactory, fund
from tests.factories.employees import awaiting

PAGE = (Path(__file__).parents[3] / "docs" / "compensation-api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
CSRF = "a" * 32


def run(script: str, live_server, session: str, number: str) -> list[dict]:
    """What each request of a block answers."""
    separated = re.sub(r"^portal .*$", r"\g<0>; echo", script, flags=re.MULTILINE)
    answer = subprocess.run(
        ["/bin/bash", "-euc", f"{BLOCKS[0]}\n{separated}"],
        env={"PATH": "/usr/bin:/bin", "PORTAL": live_server.url, "SESSION": session, "CSRF": CSRF, "NUMBER": number},
        capture_output=True, check=True, text=True, timeout=60,
    )  # fmt: skip
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.mark.req("CMP-2.3-i")
def test_the_examples_find_a_claim_and_bring_it_to_the_manager(live_server, transactional_db):
    client, clerk = Client(), fund(Role.COMPENSATION_CLERK)
    client.force_login(clerk)
    session = client.cookies["sessionid"].value
    claim = ClaimFactory(filed=True)
    found, acts, _declares = BLOCKS[1:]

    listed, read, computations = run(found, live_server, session, claim.number)
    states = [answer.get("state", answer) for answer in run(acts, live_server, session, claim.number)]

    assert [row["number"] for row in listed["results"]] == [claim.number]
    assert (read["number"], read["version"], computations) == (claim.number, 1, [])
    assert states == ["IN_REVIEW", "IN_REVIEW", "PENDING_APPROVAL"]
    claim.refresh_from_db()
    assert claim.clerk == clerk


@pytest.mark.req("CMP-3.4.2-j")
def test_the_examples_show_an_employee_his_days_and_declare_them(live_server, transactional_db):
    claim = awaiting(employees=1)
    row = claim.employees.get()
    code, token = code_and_token(row)
    environment = {"PATH": "/usr/bin:/bin", "PORTAL": live_server.url, "ID_NUMBER": row.id_number, "CODE": code}

    answers = subprocess.run(
        ["/bin/bash", "-euc", BLOCKS[-1].replace("curl", "echo; curl")],
        env=environment | {"TOKEN": token}, capture_output=True, check=True, text=True, timeout=60,
    )  # fmt: skip
    shown, declared = (json.loads(line) for line in answers.stdout.splitlines() if line)

    assert (shown["name"], shown["declared_at"]) == (row.name, None)
    assert declared["declared_at"]


def test_the_page_names_every_action_and_resource():
    paths = {str(route.pattern).removeprefix("compensation/") for route in urlpatterns}
    last = {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}

    missing = {word for word in last if "<" not in word and f"{word}/" not in PAGE}

    assert not missing - {"resolve"}
