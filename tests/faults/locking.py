"""Hold a program in the middle of a transaction: its inquiry is written, and the notice about it cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.db import connection


@contextmanager
def notices_held() -> Iterator[None]:
    """Let no notice be written meanwhile."""
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    other = psycopg2.connect(**{name: given[name] for name in names if name in given})
    try:
        with other, other.cursor() as cursor:
            cursor.execute("LOCK TABLE messaging_notification IN SHARE MODE")
            yield
    finally:
        other.close()


def waits_for_a_notice() -> bool:
    """Whether another session waits to write a notice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'messaging_notification'::regclass")
        return cursor.fetchone() is not None
