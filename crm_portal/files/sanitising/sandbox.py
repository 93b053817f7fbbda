"""Run a check where a hostile file can harm only itself."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from ..rules.failures import Failure, Unclean
from ..rules.kinds import Kind

WORKPLACE = "crm-portal-sanitising-"  # how a folder with a file under check is called
SECONDS = 60  # by the clock; the worker limits its own processor time and memory
CANNOT_START = 70
_ROOT = Path(__file__).resolve().parents[3]
_PASSED_ON = ("PATH", "LANG", "PYTHONPATH", "LD_LIBRARY_PATH")  # no secret of the portal's goes in
_STOPPED = frozenset({signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGHUP})


class Killed(Exception):  # noqa: N818 - it happened to the check, and says nothing about the file
    """The check was ended from outside, e.g. by a shutdown."""


def sanitise(kind: Kind, original: Path, copy: Path, *, seconds: float = SECONDS) -> None:
    """
    Check the original and write its clean copy.

    :raises Unclean: when the file is to be rejected, a crash of the check included
    :raises Killed: when the check was stopped from outside
    """
    command = [sys.executable, "-m", "crm_portal.files.sanitising.worker", kind.name]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        ended = subprocess.run(
            [*command, str(original), str(copy)],
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unclean(Failure.TOOK_TOO_LONG) from late
    if not original.exists():
        raise Killed("its folder was cleared away")
    _judge(ended.returncode, ended.stdout)


def _judge(status: int, said: bytes) -> None:
    if status == CANNOT_START:
        raise RuntimeError("The sanitising worker cannot start.")  # the installation's fault: the file waits
    if -status in _STOPPED:
        raise Killed(signal.Signals(-status).name)
    if -status == signal.SIGXCPU:
        raise Unclean(Failure.TOOK_TOO_LONG, "processor time")
    try:
        verdict = json.loads(said)
        failure = Failure(verdict["failure"]) if verdict["failure"] else None
    except (ValueError, KeyError, TypeError):
        raise Unclean(Failure.CRASHED, f"status {status}") from None
    if failure:
        raise Unclean(failure, verdict["what"])
    if status != 0:
        raise Unclean(Failure.CRASHED, f"status {status}")
