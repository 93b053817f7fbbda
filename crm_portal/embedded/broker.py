"""The embedded Redis: Celery's broker and the cache."""

import signal

from .homes import Home
from .leftovers import end_leftover
from .ports import free_port
from .programs import redis_program
from .supervisor import Program, environment_for_servers

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
pidfile "{folder}/redis.pid"
daemonize no
set-proc-title no
save ""
appendonly {keeps}
appendfsync everysec
maxclients 500
databases 64
"""


class Broker:
    """One Redis in a home, ready to be started as `program`."""

    def __init__(self, home: Home, *, is_for_tests: bool) -> None:
        self._password = home.secret("password")
        self.port = free_port()
        folder = home.folder / "redis"
        home.make(folder)
        end_leftover(folder / "redis.pid", folder, signal.SIGTERM)
        settings = folder / "redis.conf"
        keeps = "no" if is_for_tests else "yes"  # messages on their way survive a restart
        home.write(settings, CONFIGURATION.format(port=self.port, password=self._password, folder=folder, keeps=keeps))
        self.program = Program(
            name="Redis",
            command=[redis_program(home), settings],
            log=home.logs / f"{home.folder.name}-redis.log",
            environment=environment_for_servers(),
            folder=folder,
            account=home.account,
            is_ready=self._answers,
            when_parent_dies=signal.SIGTERM,
        )

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def _answers(self) -> bool:
        import redis

        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2, retry=None) as connection:
                return bool(connection.ping())
        except redis.RedisError:
            return False
