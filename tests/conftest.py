"""What every test may ask for; the real servers and the browser are in `tests/fixtures`."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from crm_portal.configuration import selectors as configuration

# How long an example takes on a busy machine says nothing about what it proves.
hypothesis.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("portal")

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.messages",
    "tests.fixtures.servers",
    "tests.fixtures.visitors",
]


def pytest_configure() -> None:
    """Say at once what is missing, instead of failing in every test."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if missing:
        pytest.exit(f"{' and '.join(missing)} must be set. Run script/test, which starts the servers.", returncode=3)


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Let the flush after a transactional test pass the triggers that refuse to empty the audit."""
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(self: DatabaseOperations, sql_list: list[str]) -> None:
        flush(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Before the test database is dropped, end what a thread of the live server or a late worker still holds of it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _files_are_left_nowhere() -> Iterator[None]:
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Ours in place of pytest-playwright's, which is of a kind that pytest 10 removes."""


@pytest.fixture(autouse=True)
def _cache_starts_empty(request: pytest.FixtureRequest) -> None:
    """Empty the cache, with its counted attempts, before each test that may have filled it."""
    if {"db", "transactional_db", "cache"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture(autouse=True)
def _nothing_is_configured() -> None:
    """Begin with the defaults of `settings`, which a test may set, and without a query to learn that."""
    configuration.remember({}, seconds=3600)
