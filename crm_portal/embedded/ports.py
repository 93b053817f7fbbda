"""Ports on this machine."""

import errno
import socket

from .homes import CannotStart


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def reserve(port: int) -> socket.socket:
    """
    A bound socket that nobody can connect to yet; whoever holds it has the port.

    :raises CannotStart: when the port is taken or not ours to take
    """
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(("127.0.0.1", port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EACCES:
            raise CannotStart(f"Port {port} needs an administrator: choose one above 1023 with --port.") from error
        raise CannotStart(f"Port {port} is already taken: choose another one with --port.") from error
    return bound
