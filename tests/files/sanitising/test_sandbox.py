"""What a hostile file can do to its check, and what it cannot do to the portal."""

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.kinds import Kind
from crm_portal.files.sanitising import sandbox
from crm_portal.files.sanitising.sandbox import Killed, sanitise
from tests.factories.files import pdf


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "original").write_bytes(pdf())
    return tmp_path / "original", tmp_path / "copy"


def _worker(monkeypatch, tmp_path, body):
    """Let a program of the test stand in the worker's place: an interpreter that runs it instead."""
    (tmp_path / "worker.py").write_text(body)
    program = tmp_path / "python"  # a shell's, since the path of an interpreter in a first line must not hold a space
    program.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -S {shlex.quote(str(tmp_path / 'worker.py'))}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sandbox.sys, "executable", str(program))


def failure_of(paths, **options):
    with pytest.raises(Unclean) as unclean:
        sanitise(Kind.PDF, *paths, **options)
    return unclean.value.failure


def test_a_good_file_gets_its_copy(paths):
    sanitise(Kind.PDF, *paths)

    assert paths[1].read_bytes().startswith(b"%PDF-")


def test_a_reason_found_in_the_worker_arrives(paths):
    paths[0].write_bytes(b"%PDF-1.7 garbage")

    assert failure_of(paths) is Failure.UNREADABLE


def test_a_check_without_end_is_ended(paths, monkeypatch, tmp_path):
    _worker(monkeypatch, tmp_path, "import time; time.sleep(60)")

    assert failure_of(paths, seconds=0.3) is Failure.TOOK_TOO_LONG


@pytest.mark.parametrize("crash", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_a_parser_that_crashes_rejects_the_file(paths, monkeypatch, tmp_path, crash):
    _worker(monkeypatch, tmp_path, f"import os; os.kill(os.getpid(), {crash.value})")

    assert failure_of(paths) is Failure.CRASHED


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_check_that_is_stopped_from_outside_says_nothing_about_the_file(paths, monkeypatch, tmp_path, stop):
    _worker(
        monkeypatch, tmp_path, f"import os,signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), {stop.value})"
    )

    with pytest.raises(Killed):
        sanitise(Kind.PDF, *paths)


@pytest.mark.parametrize("said", ["", "no JSON", "[]", '{"failure": "made up"}'])
def test_a_worker_that_says_nothing_sensible_rejects_the_file(paths, monkeypatch, tmp_path, said):
    _worker(monkeypatch, tmp_path, f"print({said!r})")

    assert failure_of(paths) is Failure.CRASHED


def test_an_installation_that_cannot_start_the_worker_rejects_nothing(paths, monkeypatch, tmp_path):
    _worker(monkeypatch, tmp_path, "raise SystemExit(70)")

    with pytest.raises(RuntimeError, match="cannot start"):
        sanitise(Kind.PDF, *paths)


def test_the_portals_secrets_do_not_reach_the_worker(paths, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    _worker(monkeypatch, tmp_path, f"import os; open({str(tmp_path / 'env')!r}, 'w').write(repr(os.environ))")

    failure_of(paths)

    assert "s3cret" not in (tmp_path / "env").read_text()


def test_the_worker_takes_no_more_memory_and_time_than_it_may():
    program = (
        "import resource; from crm_portal.files.sanitising import worker; worker._limit();"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]);"
        "bytearray(10**10)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ended.stdout.split() == ["30", "1500000000"]
    assert "MemoryError" in ended.stderr


def test_the_worker_knows_nothing_of_django():
    program = "import sys; from crm_portal.files.sanitising import content, worker; print('django' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


def our_worker():
    """The number of the worker that this very process started, once there is one."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"sanitising.worker" in folder.joinpath("cmdline").read_bytes():
                return int(folder.name)
    return None


def test_a_real_worker_killed_while_it_works_is_told_from_a_crash(paths):
    def kill():
        for _attempt in range(500):
            if worker := our_worker():
                os.kill(worker, signal.SIGKILL)
                break
            time.sleep(0.005)

    killer = threading.Thread(target=kill)
    killer.start()

    with pytest.raises(Killed):
        sanitise(Kind.PDF, *paths)
    killer.join()


def test_a_file_that_was_cleared_away_under_its_check_is_not_blamed(paths):
    paths[0].unlink()

    with pytest.raises(Killed):
        sanitise(Kind.PDF, *paths)
