"""The database and the broker: those the environment names, and embedded ones for what it leaves open."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .broker import Broker
from .homes import CannotStart, Home, home_of, owning
from .postgres import Postgres
from .supervisor import Program, Supervisor

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PORTAL, TESTS = "server", "test"
MOST_TEST_RUNS = 8  # at the same time in one checkout


def start_servers(
    supervisor: Supervisor, home: Home, environment: Mapping[str, str], *, portal: str = ""
) -> dict[str, str]:
    """
    Start what the environment leaves open, and return the addresses of both.

    `portal` is the address that others are told when they come.

    :raises CannotStart: when one cannot be found or started
    """
    home.state.unlink(missing_ok=True)
    is_for_tests = home.folder.name.startswith(TESTS)
    postgres = None if environment.get("DATABASE_URL") else Postgres(home, is_for_tests=is_for_tests)
    broker = None if environment.get("REDIS_URL") else Broker(home, is_for_tests=is_for_tests)
    programs: list[Program] = [server.program for server in (postgres, broker) if server]
    if programs:
        supervisor.start(*programs)
    if postgres:
        postgres.make_database()
    addresses = {
        "DATABASE_URL": postgres.url if postgres else environment["DATABASE_URL"],
        "REDIS_URL": broker.url if broker else environment["REDIS_URL"],
    }
    home.write(home.state, json.dumps({"pid": os.getpid(), "portal": portal, "addresses": addresses}))
    return addresses


@contextmanager
def servers_of_the_portal() -> Iterator[dict[str, str]]:
    """The environment with the portal's servers: those that run already, else ones of our own while we need them."""
    environment = portal_environment()
    if is_complete(environment):
        yield environment
        return
    home = home_of(CHECKOUT, PORTAL)
    with owning(home) as is_ours, Supervisor() as supervisor:
        addresses = start_servers(supervisor, home, environment) if is_ours else owner_of(home).addresses
        yield {**environment, **addresses}


@contextmanager
def servers_of_tests() -> Iterator[dict[str, str]]:
    """The environment with servers for tests, which never touch the portal's."""
    environment = {"SECRET_KEY": "for-tests-only", **os.environ}
    if is_complete(environment):
        yield environment
        return
    with ExitStack() as stack:
        for number in range(1, MOST_TEST_RUNS + 1):
            home = home_of(CHECKOUT, f"{TESTS}{number}")
            if stack.enter_context(owning(home)):
                break
        else:
            raise CannotStart(f"{MOST_TEST_RUNS} test runs of this checkout are going on: wait for one to end.")
        supervisor = stack.enter_context(Supervisor())
        yield {**environment, **start_servers(supervisor, home, environment)}


def is_complete(environment: Mapping[str, str]) -> bool:
    """Whether the environment names both servers, so that none has to be embedded."""
    return bool(environment.get("DATABASE_URL") and environment.get("REDIS_URL"))


def portal_environment() -> dict[str, str]:
    """Our environment, and where it is silent what a machine without any settings needs."""
    demonstration = {} if os.environ.get("DATABASE_URL") else {"DEMONSTRATION": "1"}
    return {"SECRET_KEY": secret_key(), **demonstration, **os.environ}


def secret_key() -> str:
    """The key of this checkout, made once."""
    path = CHECKOUT / "var" / "secret_key"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who runs the servers of a home, and where they are."""

    pid: int
    portal: str  # the portal's address; empty when a command runs the servers for itself
    addresses: dict[str, str]


def owner_of(home: Home) -> Owner:
    """
    Who owns a home that is taken.

    :raises CannotStart: while it is still starting its servers
    """
    try:
        return Owner(**json.loads(home.state.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CannotStart("The servers of this checkout are being started by somebody else: try again soon.") from None
