"""Hold a program in the middle of a transaction: something is written, and what goes with it cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.db import connection

NOTICES = "messaging_notification"


@contextmanager
def notices_held() -> Iterator[None]:
    """Let no notice be written meanwhile."""
    with held(NOTICES):
        yield


def waits_for_a_notice() -> bool:
    """Whether another session waits to write a notice."""
    return waits_for(NOTICES)


@contextmanager
def held(table: str) -> Iterator[None]:
    """Let no row of a table be written meanwhile."""
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    other = psycopg2.connect(**{name: given[name] for name in names if name in given})
    try:
        with other, other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield
    finally:
        other.close()


def waits_for(table: str) -> bool:
    """Whether another session waits to write a row of a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
        return cursor.fetchone() is not None
