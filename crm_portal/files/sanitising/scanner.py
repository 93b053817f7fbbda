"""Ask clamd, where one is configured (`CLAMD_URL`), by its INSTREAM command."""

import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from ..rules.failures import Failure, Unclean

CHUNK = 64 * 1024
SECONDS = 30


class ScannerUnavailable(Exception):  # noqa: N818 - the file waits for it
    """A scanner is configured and gave no verdict; nothing is let through without one."""


def scan(path: Path) -> None:
    """
    Let the scanner read the file; do nothing where none is configured.

    :raises Unclean: when it found something
    :raises ScannerUnavailable: when it cannot be reached or gives no verdict
    """
    if not settings.CLAMD_URL:
        return
    try:
        with _connected(settings.CLAMD_URL) as clamd:
            answer = _ask(clamd, path)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(str(error)) from error
    if answer.endswith(" FOUND"):
        raise Unclean(Failure.MALWARE, answer.removeprefix("stream: ").removesuffix(" FOUND"))
    if answer != "stream: OK":
        raise ScannerUnavailable(answer)


def _connected(url: str) -> socket.socket:
    """A connection to ``tcp://host:port`` or ``unix:path``."""
    address = urlsplit(url)
    if address.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(SECONDS)
        clamd.connect(address.path)
        return clamd
    return socket.create_connection((address.hostname or "", address.port or 3310), timeout=SECONDS)


def _ask(clamd: socket.socket, path: Path) -> str:
    clamd.sendall(b"zINSTREAM\0")
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            clamd.sendall(struct.pack("!I", len(chunk)) + chunk)
    clamd.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and (piece := clamd.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")
