"""Redis dies while beat and a worker run: both come back to work by themselves, and what was due is done once."""

import signal
import tempfile
import time
from pathlib import Path

import pytest

from crm_portal.api.pulse import worker_is_alive
from crm_portal.embedded import homes
from crm_portal.embedded.broker import Broker
from crm_portal.messaging.models import Notification
from inquiries.models import Inquiry
from tests.factories.inquiries import load_reference, office
from tests.factories.messaging import NotificationFactory
from tests.factories.people import CustomerFactory
from tests.fixtures.servers import Beat, eventually

OUTAGE = 8  # seconds


class OwnBroker:
    """A Redis for this test alone."""

    def __init__(self, folder: Path) -> None:
        self._broker = Broker(homes.home_of(folder, "server"), is_for_tests=False)
        self.url = self._broker.url
        self.start()

    def start(self) -> None:
        self.process = self._broker.program.start()
        eventually(self._broker.program.is_ready, what="the start of Redis")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def own_broker(settings, monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(homes, "FOLDER_OF_ROOT", Path(folder) / "of root")
        broker = OwnBroker(Path(folder))
        settings.REDIS_URL = settings.CELERY_BROKER_URL = broker.url
        yield broker
        broker.kill()


@pytest.fixture
def by_smtp(mail_server, monkeypatch):
    monkeypatch.setenv("EMAIL_ADAPTER", "smtp")
    return mail_server


@pytest.fixture
def beat(transactional_db, own_broker, tmp_path):
    beat = Beat(tmp_path / "beat.log")
    yield beat
    beat.stop()


def all_sent() -> bool:
    return not Notification.objects.exclude(state="sent").exists()


def is_well(client) -> bool:
    return client.get("/healthz").status_code == 200


def test_beat_and_worker_work_again_when_redis_is_back(own_broker, by_smtp, celery_worker_process, beat, client):
    NotificationFactory()
    eventually(all_sent, what="the sending before")

    own_broker.kill()
    NotificationFactory()
    assert client.get("/healthz").json()["broker"] == "unreachable"
    time.sleep(OUTAGE)
    own_broker.start()

    eventually(all_sent, seconds=60, what=f"the sending after\n{celery_worker_process.log}\n{beat.log}\n")
    assert len(by_smtp.messages) == 2
    eventually(lambda: is_well(client), seconds=20, what="health")


def test_a_worker_that_is_killed_is_missed_and_its_successor_does_the_work(
    own_broker, by_smtp, celery_worker_process, beat
):
    celery_worker_process.kill()
    NotificationFactory()
    eventually(lambda: not worker_is_alive(), seconds=30, what="the fading of the pulse")

    celery_worker_process.start()

    eventually(all_sent, seconds=60, what="the sending")
    assert len(by_smtp.messages) == 1


def test_an_inquiry_is_opened_by_the_page_while_redis_is_away_and_its_notice_is_sent_when_it_is_back(
    own_broker, by_smtp, web_process, celery_worker_process, beat
):
    load_reference()
    triplet = office().triplet_teams.get().triplet
    customer = CustomerFactory()
    levels = {"main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk}

    own_broker.kill()
    answer = web_process.browser_of(customer.user).post("/my/inquiries/new/", {**levels, "description": "מה חסר?"})

    inquiry = Inquiry.objects.get()
    assert answer == (302, f"/my/inquiries/{inquiry.number}/")
    assert set(Notification.objects.values_list("state", "about")) == {("queued", inquiry.number)}
    own_broker.start()
    eventually(all_sent, seconds=60, what=f"the sending after\n{celery_worker_process.log}\n{beat.log}\n")
    assert [mail["To"] for mail in by_smtp.messages] == [customer.email]
