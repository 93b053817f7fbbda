"""Start programs in order, start again what ends by itself, and leave nothing running."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from . import processes
from .homes import CannotStart

LONGEST_PAUSE = 30.0  # seconds before a program that keeps ending is started again
STEADY_AFTER = 60.0  # seconds after which a program counts as running well
LAST_WORDS = 15  # lines of the log that are shown when a program does not start
TICK = 0.3
ORDERS_TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LONGEST_LOG = 5_000_000  # bytes; a longer log starts anew with the next start


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, how to see that it is ready, and how to end it."""

    name: str
    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str]
    folder: Path
    account: processes.Account | None = None
    is_ready: Callable[[], bool] = lambda: True
    stop_signal: int = signal.SIGTERM
    patience: float = 10.0  # seconds to end
    when_parent_dies: int = signal.SIGKILL
    keep: tuple[int, ...] = ()  # inherited file descriptors

    def start(self) -> subprocess.Popen[bytes]:
        return processes.start(
            self.command,
            log=self.log,
            environment=self.environment,
            folder=self.folder,
            account=self.account,
            when_parent_dies=self.when_parent_dies,
            keep=self.keep,
        )

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(f"    {line}" for line in lines[-LAST_WORDS:])


class Stopped(BaseException):
    """Somebody asked us to end: Ctrl-C, a signal, a closed terminal."""


@dataclass
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    pause: float = 0.5
    again_at: float | None = None


class Supervisor:
    """Use it as a context: whatever was started in it is stopped when it ends, what was started last first."""

    def __init__(self, say: Callable[[str], None] = lambda line: None) -> None:
        self._say = say
        self._groups: list[list[_Running]] = []  # those that were started side by side

    def __enter__(self) -> "Supervisor":
        self._handlers = {number: signal.signal(number, _stop) for number in ORDERS_TO_END}
        return self

    def __exit__(self, *_: object) -> None:
        for number in ORDERS_TO_END:
            signal.signal(number, signal.SIG_IGN)  # we are ending already
        for group in reversed(self._groups):
            for running in group:
                processes.ask(running.process, running.program.stop_signal)
            for running in group:
                processes.stop(running.process, patience=running.program.patience)
        self._groups.clear()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def start(self, *programs: Program, within: float = 60) -> None:
        """
        Start programs side by side and wait until all of them are ready.

        :raises CannotStart: when one ends or is not ready in time, with the end of its log
        """
        self._groups.append([])
        for program in programs:
            if program.log.exists() and program.log.stat().st_size > LONGEST_LOG:
                program.log.unlink()
            self._groups[-1].append(_Running(program, program.start()))
        until = time.monotonic() + within
        for running in self._groups[-1]:
            while not running.program.is_ready():
                if running.process.poll() is not None:
                    raise CannotStart(f"{running.program.name} ended while starting:\n{running.program.last_words()}")
                if time.monotonic() > until:
                    raise CannotStart(
                        f"{running.program.name} was not ready in {within:g} seconds:\n{running.program.last_words()}"
                    )
                time.sleep(0.05)

    def run(self, command: Sequence[str | Path], *, environment: Mapping[str, str], folder: Path) -> int:
        """Run a command to its end, with our terminal, and return its exit status."""
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(environment),
            cwd=folder,
            start_new_session=True,  # the terminal's Ctrl-C is for us; we end it
            preexec_fn=processes.before_exec(signal.SIGKILL),  # noqa: PLW1509 - we start no threads
        )
        try:
            return process.wait()
        finally:
            processes.ask(process, signal.SIGTERM)
            processes.stop(process, patience=5)

    def watch(self) -> None:
        """Keep everything running until somebody asks us to end (`Stopped`)."""
        while True:
            for group in self._groups:
                for running in group:
                    self._look_after(running)
            time.sleep(TICK)

    def _look_after(self, running: _Running) -> None:
        now = time.monotonic()
        if running.again_at is None:
            status = running.process.poll()
            if status is None:
                return
            if now - running.started > STEADY_AFTER:
                running.pause = 0.5
            self._say(f"{running.program.name} ended ({_reason(status)}); starting it again. See {running.program.log}")
            processes.stop(running.process, patience=0)  # what it left behind
            running.again_at = now + running.pause
            running.pause = min(running.pause * 2, LONGEST_PAUSE)
        elif now >= running.again_at:
            running.process, running.started, running.again_at = running.program.start(), now, None


def _reason(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def environment_for_servers() -> dict[str, str]:
    """What a server needs of our environment; secrets stay out of it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
