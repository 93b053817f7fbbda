"""
Who may use which route: every route, every role, compared with `tests/golden/permissions.csv`.

A new route or a changed permission fails here. Then run
``UPDATE_GOLDEN=1 pytest tests/people/test_permission_matrix.py`` (without -n)
and read the difference of the golden file by eye: it is the change in who may do what.
"""

import csv
import os
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from crm_portal.people.rules.roles import Role
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from tests.people.samples import routes

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[1] / "golden" / "permissions.csv"
ANONYMOUS = "anonymous"
PRINCIPALS = [ANONYMOUS, *(role.value for role in Role)]
METHODS = ("GET", "POST")
Key = tuple[str, str]


def golden() -> dict[Key, set[str]]:
    if not GOLDEN.exists():
        return {}
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return {(row["route"], row["method"]): names(row["who"]) for row in csv.DictReader(lines)}


def names(who: str) -> set[str]:
    if who == "everybody":
        return set(PRINCIPALS)
    return set(PRINCIPALS) - {ANONYMOUS} if who == "signed in" else set(who.split()) - {"nobody"}


def words(who: set[str]) -> str:
    if who == set(PRINCIPALS):
        return "everybody"
    if who == set(PRINCIPALS) - {ANONYMOUS}:
        return "signed in"
    return " ".join(sorted(who, key=PRINCIPALS.index)) or "nobody"


def enter(client: Client, principal: str) -> None:
    if principal == ANONYMOUS:
        return
    role = Role(principal)
    if role == Role.CUSTOMER:
        user = CustomerFactory().user
    elif role in (Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE):
        user = RepresentativeEmployeeFactory(is_the_representative=role == Role.REPRESENTATIVE).user
    else:
        user = UserFactory(roles=[role])
    client.force_login(user)


def is_let_in(client: Client, method: str, address: str) -> bool | None:
    """Whether the route may be used; None when it has no such method."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = client.generic(method, address)
        if hasattr(response, "streaming_content"):
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    assert response.status_code != 500, (method, address, response.status_code)
    if response.status_code in (401, 403):
        return False
    if response.status_code == 302 and response.url.startswith("/sign-in/?next="):
        return False
    return None if response.status_code == 405 else True


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_a_role_may_use_exactly_the_routes_that_the_matrix_names(client, principal):
    enter(client, principal)

    found = {(name, method): is_let_in(client, method, address) for name, address in routes() for method in METHODS}

    allowed = {key for key, is_in in found.items() if is_in}
    if os.environ.get("UPDATE_GOLDEN"):
        update(principal, allowed)
    assert allowed == {key for key, who in golden().items() if principal in who}


def test_the_matrix_names_every_route_and_no_other():
    assert {route for route, _method in golden()} == {name for name, _address in routes()}


def test_the_document_of_permissions_is_current():
    call_command("permission_table", check=True)


def update(principal: str, allowed: set[Key]) -> None:
    """Write one principal's column anew."""
    existing = {name for name, _address in routes()}
    rows = {key: who - {principal} for key, who in golden().items() if key[0] in existing}
    for key in allowed:
        rows.setdefault(key, set()).add(principal)
    used = {route for (route, _method), who in rows.items() if who}
    rows = {key: who for key, who in rows.items() if who} | {(route, "GET"): set() for route in existing - used}
    with GOLDEN.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["route", "method", "who"])
        writer.writerows([route, method, words(who)] for (route, method), who in sorted(rows.items()))
