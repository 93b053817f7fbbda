"""`script/server`: the whole portal with demonstration data, under one supervisor."""

import os
import socket
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException

from .homes import CannotStart, Home, home_of, owning
from .ports import reserve
from .postgres import remove_cluster
from .servers import CHECKOUT, PORTAL, is_complete, owner_of, portal_environment, start_servers
from .supervisor import Program, Stopped, Supervisor

WEB_WORKERS, WEB_THREADS = 2, 4
WORKER_PROCESSES = 2
INQUIRIES = 90  # enough to fill every queue, and loaded in half a minute


def main(arguments: list[str]) -> int:
    """Run the portal until somebody ends it."""
    options = parsed(arguments)
    began = time.monotonic()
    try:
        home = home_of(CHECKOUT, PORTAL)
        with reserve(options.port) as listener, owning(home) as is_ours, Supervisor(say) as supervisor:
            if not is_ours:
                raise CannotStart(in_use(home))
            start(supervisor, home, listener, options)
            say(f"Ready after {time.monotonic() - began:.0f} seconds.")
            say(f"  The portal:  {address(options.port)}")
            say(f"  Sign in:     {address(options.port)}sign-in/ - the demonstration's accounts are listed there,")
            say(f"               and the one-time codes it sends are at {address(options.port)}outbox/")
            say("  Logs are in var/log. Ctrl-C ends everything.")
            supervisor.watch()
    except CannotStart as reason:
        print(reason, file=sys.stderr)  # noqa: T201 - a command speaks
        return 1
    except Stopped:
        say("Ended; nothing is left running.")
    return 0


def parsed(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="script/server", description="Run the portal with demonstration data.")
    parser.add_argument("--port", type=port_number, default=8000, help="the port on 127.0.0.1 (8000)")
    parser.add_argument("--fresh", action="store_true", help="throw the embedded database away and start anew")
    parser.add_argument(
        "--inquiries", type=int, default=INQUIRIES, metavar="N", help=f"how many to demonstrate with ({INQUIRIES})"
    )
    return parser.parse_args(arguments)


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def start(supervisor: Supervisor, home: Home, listener: socket.socket, options: Namespace) -> None:
    """
    Start everything, in order.

    :raises CannotStart: when something does not start
    """
    environment = {"DEMONSTRATION": "1", "PORTAL_URL": address(options.port).rstrip("/"), **portal_environment()}
    if options.fresh:
        make_fresh(home, environment)
    if not is_complete(environment):
        say("Starting the database and the broker ...")
    environment |= start_servers(supervisor, home, environment, portal=address(options.port))
    prepare(supervisor, environment, inquiries=options.inquiries)
    say("Starting the web server, the worker and beat ...")
    listen(listener, options.port)
    programs = portal_programs(home, environment, listener, options.port)
    supervisor.start(*programs)


def make_fresh(home: Home, environment: Mapping[str, str]) -> None:
    """Throw the demonstration's data away."""
    if environment.get("DATABASE_URL"):
        raise CannotStart(
            "--fresh empties the embedded database only, and DATABASE_URL names another: empty that yourself."
        )
    remove_cluster(home)


def in_use(home: Home) -> str:
    owner = owner_of(home)
    if owner.portal:
        return f"The portal of this checkout already runs at {owner.portal} (process {owner.pid}): end that one first."
    return f"A command of this checkout (process {owner.pid}) uses its database: wait until it has ended."


def prepare(supervisor: Supervisor, environment: Mapping[str, str], *, inquiries: int) -> None:
    command = [sys.executable, "manage.py", "prepare", "--inquiries", str(inquiries)]
    quietly = {"LOG_LEVEL": "WARNING", **environment}
    if supervisor.run(command, environment=quietly, folder=CHECKOUT) != 0:
        raise CannotStart("The portal could not be prepared; the reason is above.")


def listen(listener: socket.socket, port: int) -> None:
    try:
        listener.listen(512)
    except OSError:  # somebody took it while we prepared
        raise CannotStart(f"Port {port} is already taken: choose another one with --port.") from None
    listener.set_inheritable(True)


def portal_programs(
    home: Home, environment: Mapping[str, str], listener: socket.socket, port: int
) -> tuple[Program, Program, Program]:
    """The web server, one worker and beat. Work is safe when they are killed, so they die with the supervisor."""
    web = [
        "gunicorn", "crm_portal.wsgi", "--bind", f"fd://{listener.fileno()}", "--preload", "--worker-class", "gthread",
        "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--no-control-socket", "--graceful-timeout", "5",
    ]  # fmt: skip
    worker = [
        "celery", "-A", "crm_portal", "worker", "--loglevel", "WARNING", "--concurrency", str(WORKER_PROCESSES),
        "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    beat = ["celery", "-A", "crm_portal", "beat", "--loglevel", "WARNING", "--pidfile="]

    def program(name: str, command: list[str], **more: object) -> Program:
        return Program(
            name=name,
            command=[sys.executable, "-m", *command],
            log=home.logs / f"{name}.log",
            environment=environment,
            folder=CHECKOUT,
            **more,  # type: ignore[arg-type]
        )

    return (
        program("web", web, keep=(listener.fileno(),), is_ready=lambda: is_well(port)),
        program("worker", worker),
        program("beat", beat),
    )


def is_well(port: int) -> bool:
    """Whether /healthz says that everything works."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command speaks


if __name__ == "__main__":
    os.chdir(CHECKOUT)
    sys.exit(main(sys.argv[1:]))
