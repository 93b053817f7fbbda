"""Files in an S3-compatible bucket, against a small server that speaks the part of S3 that is used."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from crm_portal.files.responses import clean_file
from crm_portal.files.services.receiving import receive
from crm_portal.files.services.settling import settle
from crm_portal.files.tasks import sweep_orphan_files
from crm_portal.worktime.services.sweeping import SweepResult
from tests.factories.files import pdf, upload

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
WRITTEN = "Mon, 23 Nov 2026 08:00:00 GMT"


class Bucket(BaseHTTPRequestHandler):
    """PUT, GET, HEAD, DELETE and the listing of a folder."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            body = unchunked(body)
        self.server.objects[self.key] = body
        self.answer(200)

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query or "prefix" in query:
            return self.answer(200, self.listing(query.get("prefix", [""])[0]), "application/xml")
        return self.answer(200, self.server.objects[self.key]) if self.key in self.server.objects else self.answer(404)

    def do_HEAD(self):
        self.do_GET()

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.answer(204)

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).removeprefix("/uploads/")

    def listing(self, prefix):
        found = "".join(
            f"<Contents><Key>{key}</Key><Size>{len(body)}</Size></Contents>"
            for key, body in self.server.objects.items()
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()

    def answer(self, status, body=b"", content_type="binary/octet-stream"):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", content_type)
        self.send_header("Last-Modified", WRITTEN)
        self.send_header("ETag", f'"{hashlib.md5(body).hexdigest()}"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


def unchunked(body):
    """The content of an aws-chunked body: pieces with their size in front, checksums behind."""
    whole = b""
    while True:
        head, _, body = body.partition(b"\r\n")
        size = int(head.split(b";")[0], 16)
        if not size:
            return whole
        whole, body = whole + body[:size], body[size + 2 :]


@pytest.fixture
def bucket(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.objects = {}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    options = {
        "bucket_name": "uploads",
        "endpoint_url": f"http://127.0.0.1:{server.server_address[1]}",
        "region_name": "il-central-1",
        "access_key": "key",
        "secret_key": "secret",
        "addressing_style": "path",
        "file_overwrite": True,
        "default_acl": None,
    }
    s3 = "storages.backends.s3.S3Storage"
    settings.STORAGES = {
        **settings.STORAGES,
        "quarantine": {"BACKEND": s3, "OPTIONS": {**options, "location": "quarantine"}},
        "clean": {"BACKEND": s3, "OPTIONS": {**options, "location": "clean"}},
    }
    yield server.objects
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.django_db
def test_a_file_lives_in_a_bucket_from_quarantine_to_the_reader(bucket):
    content = pdf()

    stored = receive(upload=upload("a.pdf", content), by=None, at=AT)
    assert bucket == {f"quarantine/{stored.original}": content}

    stored = settle(file_id=stored.pk, at=AT)
    assert stored.state == "clean"
    copy = bucket[f"clean/{stored.clean_copy}"]

    response = clean_file(stored)
    assert b"".join(response.streaming_content) == copy
    response.close()


@pytest.mark.django_db
def test_leftovers_are_swept_from_a_bucket_too(bucket):
    stored = receive(upload=upload(), by=None, at=AT)
    bucket["quarantine/2026/11/23/" + "0" * 32] = b"orphan"

    assert sweep_orphan_files(AT + timedelta(days=1)) == SweepResult(done=1)
    assert list(bucket) == [f"quarantine/{stored.original}"]
