"""A real SMS gateway on loopback."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class SmsGateway:
    """Keeps what it accepts, once for each key. `status` is its answer, `slow` the seconds it thinks first."""

    def __init__(self):
        self.accepted, self.requests, self.status, self.slow = {}, [], 202, 0
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.requests.append((dict(self.headers), text))
                time.sleep(gateway.slow)
                if 200 <= gateway.status < 300:
                    gateway.accepted.setdefault(self.headers["Idempotency-Key"], text)
                self.send_response(gateway.status)
                if gateway.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def do_GET(self):
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args):
                pass

        self._handler, self.port = Handler, 0
        self.start()

    def start(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def sms_gateway(settings):
    gateway = SmsGateway()
    settings.SMS_ADAPTER, settings.SMS_GATEWAY_TOKEN, settings.SMS_TIMEOUT = "http", "token-1", 2
    settings.SMS_GATEWAY_URL = f"http://127.0.0.1:{gateway.port}/messages"
    yield gateway
    gateway.stop()


@pytest.fixture
def smtp(mail_server, settings):
    settings.EMAIL_ADAPTER, settings.EMAIL_TIMEOUT = "smtp", 2
    settings.DEFAULT_FROM_EMAIL = "רשות המסים <no-reply@portal.example>"
    return mail_server
