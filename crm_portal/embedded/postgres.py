"""The embedded PostgreSQL."""

import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from .homes import CannotStart, Home
from .leftovers import end_leftover
from .ports import free_port
from .programs import postgres_folder
from .supervisor import Program, environment_for_servers

USER = DATABASE = "portal"
MAX_CONNECTIONS = 100
SETTINGS = {
    "listen_addresses": "127.0.0.1",  # with a password; no socket file, whose path may be too long
    "unix_socket_directories": "",
    "max_connections": str(MAX_CONNECTIONS),
    "shared_buffers": "64MB",
    "jit": "off",  # it costs more than it gains on short questions
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
SETTINGS_SINCE_18 = {"io_method": "sync"}  # no helper processes for so little
# What is lost with a power cut is made anew by the next run.
SETTINGS_OF_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


class Postgres:
    """One PostgreSQL in a home: prepared when it is made, then ready to be started as `program`."""

    def __init__(self, home: Home, *, is_for_tests: bool) -> None:
        self._home = home
        self._data = home.folder / "postgres"
        self._programs = postgres_folder(home)
        self._version = _version(self._programs)
        self._password = home.secret("password")
        self.port = free_port()
        end_leftover(self._data / "postmaster.pid", self._data, signal.SIGINT)
        self._prepare()
        self.program = Program(
            name="PostgreSQL",
            command=[self._programs / "postgres", "-D", self._data, *self._options(is_for_tests=is_for_tests)],
            log=home.logs / f"{home.folder.name}-postgres.log",
            environment=environment_for_servers(),
            folder=home.folder,
            account=home.account,
            is_ready=self._answers,
            stop_signal=signal.SIGINT,  # "fast": ends its clients, writes what is written
            patience=30,
            when_parent_dies=signal.SIGINT,
        )

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{quote(self._password)}@127.0.0.1:{self.port}/{DATABASE}"

    def make_database(self) -> None:
        """Make the portal's database when it is not there."""
        import psycopg2

        connection = psycopg2.connect(self._url_of("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
        connection.close()

    def _url_of(self, database: str) -> str:
        return f"postgres://{USER}:{quote(self._password)}@127.0.0.1:{self.port}/{database}?connect_timeout=2"

    def _answers(self) -> bool:
        import psycopg2

        try:
            psycopg2.connect(self._url_of("postgres")).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _options(self, *, is_for_tests: bool) -> list[str]:
        settings = {
            **SETTINGS,
            "port": str(self.port),
            **(SETTINGS_SINCE_18 if self._version >= 18 else {}),
            **(SETTINGS_OF_TESTS if is_for_tests else {}),
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _prepare(self) -> None:
        """Make the cluster; one that was made halfway is made anew."""
        made_by = self._data / "PG_VERSION"
        if made_by.exists() and (self._home.folder / "cluster-is-complete").exists():
            if int(made_by.read_text(encoding="ascii")) != self._version:
                raise CannotStart(
                    f"{self._data} was made by PostgreSQL {made_by.read_text(encoding='ascii').strip()}, and this is "
                    f"{self._version}. Start with --fresh to make it anew, without what was entered in it."
                )
            return
        remove_cluster(self._home)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self._version >= 17 else []
        done = subprocess.run(
            [self._programs / "initdb", "-D", self._data, "-U", USER, "-E", "UTF8", "--locale=C", *locale,
             "--auth=scram-sha-256", f"--pwfile={self._home.folder / 'password'}", "--no-sync"],
            env=environment_for_servers(), cwd=self._home.folder, capture_output=True, text=True, check=False,
            user=self._home.account.uid if self._home.account else None,
            group=self._home.account.gid if self._home.account else None,
            extra_groups=[] if self._home.account else None,
        )  # fmt: skip
        if done.returncode != 0:
            raise CannotStart(f"PostgreSQL's initdb failed:\n{done.stdout}{done.stderr}")
        self._home.write(self._home.folder / "cluster-is-complete", "")


def remove_cluster(home: Home) -> None:
    """Remove the database with everything in it."""
    import shutil

    (home.folder / "cluster-is-complete").unlink(missing_ok=True)
    shutil.rmtree(home.folder / "postgres", ignore_errors=True)


def _version(programs: Path) -> int:
    shown = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False)
    if shown.returncode != 0:
        raise CannotStart(f"{programs / 'postgres'} does not run on this machine: {shown.stderr.strip()}")
    return int(shown.stdout.split()[2].split(".")[0])
