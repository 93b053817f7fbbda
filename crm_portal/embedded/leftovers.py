"""Servers that a killed owner left behind."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 15.0  # seconds to end by itself


def end_leftover(pid_file: Path, folder: Path, how: int) -> None:
    """
    End the server of `folder` that still runs, and remove a process number that is no longer its own.

    The caller owns the home, so whoever runs on it was left behind.
    """
    try:
        pid = int(pid_file.read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        pid_file.unlink(missing_ok=True)
        return
    until = time.monotonic() + PATIENCE
    while str(folder) in _command_line(pid):
        with suppress(ProcessLookupError):
            os.kill(pid, how if time.monotonic() < until else signal.SIGKILL)
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def _command_line(pid: int) -> str:
    """The command of a process; empty when there is none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout
