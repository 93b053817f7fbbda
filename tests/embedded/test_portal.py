import socket
import subprocess
from pathlib import Path

import pytest

from crm_portal.embedded import portal
from crm_portal.embedded.homes import CannotStart
from crm_portal.embedded.ports import free_port, reserve

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_port_that_is_taken_is_refused_in_one_sentence_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = subprocess.run(
            [ROOT / "script" / "server", "--port", str(port)], capture_output=True, text=True, check=False
        )

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"Port {port} is already taken: choose another one with --port.\n"


def test_a_port_that_somebody_takes_meanwhile_is_refused_in_the_same_words():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CannotStart, match="already taken"):
        reserve(taken.getsockname()[1])


def test_a_reserved_port_is_served_on_the_address_that_is_printed():
    port = free_port()

    with reserve(port) as listener:
        portal.listen(listener, port)
        socket.create_connection(("127.0.0.1", port), timeout=1).close()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight", ""])
def test_what_is_no_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        portal.parsed([f"--port={port}"])

    assert "is not a port" in capsys.readouterr().err


def test_fresh_never_empties_a_database_that_is_not_embedded(home):
    with pytest.raises(CannotStart, match="DATABASE_URL names another"):
        portal.make_fresh(home, {"DATABASE_URL": "postgres://elsewhere/portal"})
