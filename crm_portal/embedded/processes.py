"""Processes that cannot outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Account:
    """The user a process runs as; `None` stands for the present one."""

    uid: int
    gid: int


def die_with_parent(how: int = signal.SIGKILL, *, parent: int | None = None) -> None:
    """
    Ask the kernel for `how` when the parent ends, even when it is killed; only Linux can.

    `parent` is who the parent should be: when it ended before we asked, we end now.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str],
    folder: Path,
    account: Account | None = None,
    when_parent_dies: int = signal.SIGKILL,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """
    Start a process in a group of its own, its output added to `log`. Call it from the main thread.

    `keep` are the file descriptors that it inherits.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,
            pass_fds=keep,
            preexec_fn=before_exec(when_parent_dies),  # noqa: PLW1509 - we start no threads
        )


def before_exec(how: int) -> Callable[[], None]:
    """What a child does first: ask to end with us."""
    parent = os.getpid()

    def run() -> None:
        die_with_parent(how, parent=parent)  # after the change of user, which would forget it

    return run


def ask(process: subprocess.Popen[bytes], how: int) -> None:
    """Ask a process to end."""
    if process.poll() is None:
        process.send_signal(how)


def stop(process: subprocess.Popen[bytes], *, patience: float) -> None:
    """Give a process `patience` seconds to end, then end it and whatever it started."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):  # nobody is left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
