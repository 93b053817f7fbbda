import time
from pathlib import Path

import pytest
import redis
from django.db import connection

from crm_portal.api import pulse
from crm_portal.embedded.ports import free_port
from tests.fixtures.servers import eventually


@pytest.fixture
def living_worker(db):
    """What a worker's beat leaves in the broker."""
    with pulse.broker() as broker:
        broker.zadd(pulse.KEY, {"celery@here": time.time()})
        yield
        broker.delete(pulse.KEY)


@pytest.fixture
def lost_broker(settings, db):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"


def test_all_is_well(client, living_worker):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_it_needs_no_sign_in_no_known_host_and_no_query_but_its_own(client, living_worker, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz", headers={"host": "10.1.2.3:8000"}, REMOTE_ADDR="8.8.8.8")

    assert response.status_code == 200


def test_a_worker_whose_last_beat_is_old_is_named(client, db):
    with pulse.broker() as broker:
        broker.zadd(pulse.KEY, {"celery@here": time.time() - pulse.OLD_AFTER - 1})

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["worker"] == "no worker has been seen lately"
    assert response.json()["database"] == response.json()["broker"] == "ok"


def test_a_lost_broker_is_named_soon(client, lost_broker):
    began = time.monotonic()

    response = client.get("/healthz")

    assert time.monotonic() - began < 3
    assert response.status_code == 503
    assert response.json()["broker"] == "unreachable"


def test_a_lost_database_is_named_and_forgotten_when_it_is_back(client, transactional_db, living_worker, monkeypatch):
    with monkeypatch.context() as patch:
        connection.close()
        patch.setitem(connection.settings_dict, "PORT", free_port())

        response = client.get("/healthz")

        assert response.status_code == 503
        assert response.json()["database"] == "unreachable"
    assert client.get("/healthz").status_code == 200


def test_a_worker_shows_its_pulse_while_it_lives(celery_worker_process):
    assert pulse.worker_is_alive()

    celery_worker_process.stop()

    assert not pulse.worker_is_alive()


def test_a_broker_that_does_not_answer_is_an_error_of_redis(lost_broker):
    with pytest.raises(redis.RedisError):
        pulse.worker_is_alive()


def test_a_worker_that_is_killed_leaves_no_process(celery_worker_process):
    group = celery_worker_process.process.pid

    celery_worker_process.process.kill()
    celery_worker_process.process.wait()

    eventually(lambda: not members_of(group), seconds=5, what="the end of its pool")


def members_of(group: int) -> list[str]:
    stats = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    return [fields[0] for fields in stats if int(fields[2]) == group and fields[0] != "Z"]
