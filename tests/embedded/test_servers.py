"""The embedded PostgreSQL and Redis, for real, in a path with a space."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg2
import pytest
import redis

from crm_portal.embedded.broker import Broker
from crm_portal.embedded.homes import CannotStart, owning
from crm_portal.embedded.postgres import Postgres
from crm_portal.embedded.programs import postgres_folder, redis_program
from crm_portal.embedded.servers import owner_of, start_servers
from crm_portal.embedded.supervisor import Supervisor
from tests.embedded.conftest import processes_that_mention
from tests.fixtures.servers import eventually

ROOT = Path(__file__).resolve().parent.parent.parent


def ask(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_both_servers_answer_their_address_and_leave_nothing_running(home):
    with Supervisor() as supervisor:
        addresses = start_servers(supervisor, home, {})

        assert ask(addresses["DATABASE_URL"], "SHOW server_encoding") == "UTF8"
        with redis.Redis.from_url(addresses["REDIS_URL"]) as connection:
            assert connection.ping()
        assert owner_of(home).pid == os.getpid()
        assert owner_of(home).addresses == addresses

    assert processes_that_mention(str(home.folder)) == []


def test_what_was_written_is_there_after_a_restart(home):
    with Supervisor() as supervisor:
        url = start_servers(supervisor, home, {})["DATABASE_URL"]
        ask(url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS n")

    with Supervisor() as supervisor:
        url = start_servers(supervisor, home, {})["DATABASE_URL"]
        assert ask(url, "SELECT n FROM kept") == 7


def test_nobody_without_the_password_gets_in(home):
    with Supervisor() as supervisor:
        addresses = start_servers(supervisor, home, {})
        port = addresses["REDIS_URL"].rpartition(":")[2]

        with redis.Redis.from_url(f"redis://127.0.0.1:{port}") as connection, pytest.raises(redis.AuthenticationError):
            connection.ping()
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(addresses["DATABASE_URL"].replace("portal:", "portal:not"))


def test_the_folder_is_closed_to_others_and_nothing_runs_as_root(home):
    Broker(home, is_for_tests=True)

    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((home.folder / "password").stat().st_mode) == 0o600
    if os.geteuid() == 0:
        assert home.account is not None
        assert home.folder.stat().st_uid == home.account.uid != 0
        assert home.programs is not None
        assert home.programs.stat().st_uid == 0, "a server cannot change its own program"


def test_a_server_that_the_environment_names_is_not_embedded(home):
    named = {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere/0"}

    with Supervisor() as supervisor:
        assert start_servers(supervisor, home, named) == named
        assert processes_that_mention(str(home.folder)) == []


def test_a_number_left_by_a_lost_server_does_not_hinder_the_next_start(home):
    Postgres(home, is_for_tests=True)
    (home.folder / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n", encoding="ascii")  # alive, not ours

    with Supervisor() as supervisor:
        url = start_servers(supervisor, home, {})["DATABASE_URL"]

        assert ask(url, "SELECT 1") == 1


def test_a_server_that_was_left_behind_is_ended_first(home):
    left_behind = Broker(home, is_for_tests=True)
    process = left_behind.program.start()
    eventually(left_behind.program.is_ready)

    with Supervisor() as supervisor:
        start_servers(supervisor, home, {})

        assert process.wait(1) == 0


def test_the_servers_end_with_their_owner_even_when_it_is_killed(home):
    owner = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(f"""
            from pathlib import Path
            from crm_portal.embedded import homes
            from crm_portal.embedded.servers import start_servers
            from crm_portal.embedded.supervisor import Supervisor
            homes.FOLDER_OF_ROOT = Path({str(home.folder.parent.parent)!r})
            with Supervisor() as supervisor:
                start_servers(supervisor, homes.home_of(Path({str(home.logs.parent.parent)!r}), "test1"), {{}})
                print("ready", flush=True)
                supervisor.watch()
        """)],
        cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert owner.stdout is not None
    with owner.stdout:
        assert owner.stdout.readline() == b"ready\n"
    assert processes_that_mention(str(home.folder))

    owner.send_signal(signal.SIGKILL)
    owner.wait()

    eventually(lambda: not processes_that_mention(str(home.folder)), what="the end of the servers")


def test_a_home_has_one_owner(home):
    with owning(home) as first, owning(home) as second:
        assert first
        assert not second
    with owning(home) as again:
        assert again


def test_a_cluster_of_another_version_is_named_with_the_way_out(home, monkeypatch):
    Postgres(home, is_for_tests=True)
    monkeypatch.setattr("crm_portal.embedded.postgres._version", lambda programs: 99)

    with pytest.raises(CannotStart, match="--fresh"):
        Postgres(home, is_for_tests=True)


def test_without_the_wheel_a_program_on_the_path_is_taken(home, without_wheels, monkeypatch, tmp_path):
    for name in ("valkey-server", "initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert redis_program(home) == tmp_path / "valkey-server"
    assert postgres_folder(home) == tmp_path


@pytest.mark.parametrize(("find", "variable"), [(postgres_folder, "DATABASE_URL"), (redis_program, "REDIS_URL")])
def test_without_any_program_one_sentence_names_the_ways_out(home, without_wheels, monkeypatch, find, variable):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("crm_portal.embedded.programs.DISTRIBUTIONS", ())

    with pytest.raises(CannotStart, match=rf"script/setup.*install.*{variable}") as said:
        find(home)
    assert "\n" not in str(said.value)
