"""The clamd adapter, against a small server that speaks clamd's protocol."""

import socketserver
import struct
import threading
from contextlib import contextmanager

import pytest

from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.sanitising.scanner import ScannerUnavailable, scan
from tests.factories.files import EICAR


class Clamd(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.got = b""
        if self.rfile.read(10) != b"zINSTREAM\0":
            return
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            self.server.got += self.rfile.read(size)
        found = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in self.server.got else b"OK"
        self.wfile.write(self.server.answer or b"stream: " + found + b"\0")


@contextmanager
def serving(kind, address, answer=b""):
    with kind(address, Clamd) as server:
        server.answer = answer
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def clamd(settings):
    with serving(socketserver.TCPServer, ("127.0.0.1", 0)) as server:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


def test_a_file_reaches_clamd_whole_and_passes(clamd, path):
    path.write_bytes(bytes(range(256)) * 1000)  # more than one chunk

    scan(path)

    assert clamd.got == path.read_bytes()


def test_what_clamd_finds_is_malware_with_its_name(clamd, path):
    path.write_bytes(EICAR)

    with pytest.raises(Unclean) as unclean:
        scan(path)

    assert unclean.value.failure is Failure.MALWARE
    assert unclean.value.what == "Win.Test.EICAR_HDB-1"


def test_clamd_may_listen_on_a_socket_of_the_machine(settings, path, tmp_path):
    path.write_bytes(b"x")
    with serving(socketserver.UnixStreamServer, str(tmp_path / "clamd.sock")) as server:
        settings.CLAMD_URL = f"unix:{tmp_path / 'clamd.sock'}"

        scan(path)

    assert server.got == b"x"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0", b"\0"])
def test_an_answer_that_is_no_verdict_lets_nothing_through(clamd, path, answer):
    clamd.answer = answer
    path.write_bytes(b"x")

    with pytest.raises(ScannerUnavailable):
        scan(path)


def test_a_scanner_that_is_not_there_lets_nothing_through(settings, path):
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as closed:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{closed.server_address[1]}"
    path.write_bytes(b"x")

    with pytest.raises(ScannerUnavailable):
        scan(path)


def test_without_a_scanner_the_portals_own_checks_have_the_last_word(settings, path):
    settings.CLAMD_URL = ""
    path.write_bytes(EICAR)

    scan(path)
