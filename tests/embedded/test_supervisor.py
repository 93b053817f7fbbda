import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from crm_portal.embedded.homes import CannotStart
from crm_portal.embedded.supervisor import Program, Stopped, Supervisor
from tests.embedded.conftest import processes_that_mention
from tests.fixtures.servers import eventually

ROOT = Path(__file__).resolve().parent.parent.parent


def program(folder: Path, script: str, **more) -> Program:
    return Program("a program", ["/bin/sh", "-c", script], folder / "log", dict(os.environ), folder, **more)


def stop_soon(supervisor: Supervisor, seconds: float) -> None:
    """Let the supervisor watch for a while."""
    signal.signal(signal.SIGALRM, signal.getsignal(signal.SIGTERM))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with pytest.raises(Stopped):
            supervisor.watch()
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_a_program_that_ends_is_started_again_after_a_pause_that_grows(tmp_path):
    said: list[str] = []

    with Supervisor(said.append) as supervisor:
        supervisor.start(program(tmp_path, "echo started; exit 3"))
        stop_soon(supervisor, 3)

    starts = (tmp_path / "log").read_text().count("started")
    assert 2 <= starts <= 3  # at once, after half a second, after one more; two more would follow
    assert "ended (status 3)" in said[0]


def test_a_program_that_does_not_start_is_told_with_its_last_words(tmp_path):
    with Supervisor() as supervisor, pytest.raises(CannotStart, match="the disk is full"):
        supervisor.start(program(tmp_path, "echo the disk is full; exit 1", is_ready=lambda: False))


def test_a_program_that_is_never_ready_is_given_up(tmp_path):
    with Supervisor() as supervisor, pytest.raises(CannotStart, match=r"not ready in 0\.2 seconds"):
        supervisor.start(program(tmp_path, "sleep 60", is_ready=lambda: False), within=0.2)


def test_who_does_not_listen_is_ended_with_its_children(tmp_path):
    mark = f"86{os.getpid()}"
    deaf = f"trap '' TERM; sleep {mark} & echo ready; while :; do sleep 1; done"
    log = tmp_path / "log"

    with Supervisor() as supervisor:
        supervisor.start(
            program(tmp_path, deaf, patience=0.2, is_ready=lambda: log.exists() and "ready" in log.read_text())
        )
        assert processes_that_mention(mark)

    eventually(lambda: not processes_that_mention(mark), seconds=5, what="its end")


def test_an_order_to_end_reaches_us_and_the_handlers_are_given_back(tmp_path):
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(Stopped), Supervisor():
        signal.raise_signal(signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) == before


def test_a_command_is_run_to_its_end_with_its_status(tmp_path):
    with Supervisor() as supervisor:
        assert supervisor.run(["/bin/sh", "-c", "exit 7"], environment=os.environ, folder=tmp_path) == 7


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path):
    mark = f"87{os.getpid()}"
    supervisor = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(f"""
            import os
            from pathlib import Path
            from crm_portal.embedded.supervisor import Program, Supervisor
            folder = Path({str(tmp_path)!r})
            with Supervisor() as supervisor:
                supervisor.start(Program("a program", ["sleep", "{mark}"], folder / "log", dict(os.environ), folder))
                print("ready", flush=True)
                supervisor.watch()
        """)],
        cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert supervisor.stdout is not None
    with supervisor.stdout:
        assert supervisor.stdout.readline() == b"ready\n"

    supervisor.kill()
    supervisor.wait()

    eventually(lambda: not processes_that_mention(f"sleep\0{mark}"), seconds=5, what="its end")
