"""Where the embedded servers keep their data, and as whom they run."""

import fcntl
import hashlib
import os
import pwd
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .processes import Account

# PostgreSQL refuses to run as root, and `nobody` cannot enter a checkout below /root: so root keeps it outside.
FOLDER_OF_ROOT = Path("/var/lib/crm-portal")
UNPRIVILEGED = ("nobody", "postgres", "daemon")


class CannotStart(Exception):  # noqa: N818 - it is told to a person, in one sentence
    """Why the embedded servers cannot start, and what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """A private folder for one set of servers: the portal's ("server") or the tests' ("test")."""

    folder: Path
    programs: Path | None  # where root puts copies of the wheels' programs; nobody else needs copies
    account: Account | None
    logs: Path

    @property
    def state(self) -> Path:
        """Written by the owner once its servers answer: the addresses for others of the same checkout."""
        return self.folder / "state.json"

    def secret(self, name: str) -> str:
        """A word made once and kept where only the servers' account can read it."""
        path = self.folder / name
        if not path.exists():
            self.write(path, secrets.token_urlsafe(24))
        return path.read_text(encoding="ascii").strip()

    def write(self, path: Path, text: str) -> None:
        """Write a file that only the servers' account can read."""
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        self.give(new)
        new.replace(path)

    def make(self, folder: Path) -> None:
        """Make a folder that only the servers' account can enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.give(folder)

    def give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)


def home_of(checkout: Path, name: str) -> Home:
    """
    The home of a checkout's servers, made when it is not there.

    :raises CannotStart: when the folder cannot be written
    """
    logs = checkout / "var" / "log"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        if os.geteuid() != 0:
            home = Home(checkout / "var" / name, None, None, logs)
        else:
            own = FOLDER_OF_ROOT / hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]
            own.mkdir(parents=True, exist_ok=True)
            for folder in (FOLDER_OF_ROOT, own):
                folder.chmod(0o755)
            home = Home(own / name, own / "programs", _unprivileged(), logs)
        home.make(home.folder)
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename} cannot be written, because it belongs to another user: start as that user, or remove it."
        ) from error
    return home


def _unprivileged() -> Account:
    for name in UNPRIVILEGED:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(user.pw_uid, user.pw_gid)
    raise CannotStart(
        "PostgreSQL does not run as root and there is no user 'nobody': start as an ordinary user, or set DATABASE_URL."
    )


@contextmanager
def owning(home: Home) -> Iterator[bool]:
    """Own a home, or learn that another process does (False). The kernel gives it back even after a kill."""
    with (home.folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
