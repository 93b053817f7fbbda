"""SMS over a real HTTP gateway."""

import pytest

from crm_portal.messaging import adapters
from crm_portal.messaging.adapters.failures import Fault, NotDelivered
from tests.factories.messaging import NotificationFactory

pytestmark = pytest.mark.django_db


def test_an_sms_is_posted_with_the_token_and_the_key_of_its_row(sms_gateway, settings):
    settings.SMS_SENDER = "Taxes"
    message = NotificationFactory(sms=True)

    adapters.send(message)

    ((headers, text),) = sms_gateway.requests
    assert text == {"to": message.address, "from": "Taxes", "text": message.body}
    assert headers["Idempotency-Key"] == str(message.pk)
    assert headers["Authorization"] == "Bearer token-1"


def test_a_repetition_is_one_sms_to_the_gateway(sms_gateway):
    message = NotificationFactory(sms=True)

    adapters.send(message)
    adapters.send(message)

    assert len(sms_gateway.requests) == 2
    assert len(sms_gateway.accepted) == 1


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (400, Fault.MESSAGE),
        (422, Fault.MESSAGE),
        (401, Fault.PROVIDER),
        (409, Fault.PROVIDER),
        (429, Fault.PROVIDER),
        (302, Fault.PROVIDER),
        (500, Fault.PROVIDER),
        (503, Fault.PROVIDER),
    ],
)
def test_the_status_tells_whose_fault_it_is(sms_gateway, status, fault):
    sms_gateway.status = status

    with pytest.raises(NotDelivered, match=f"HTTP {status}") as refused:
        adapters.send(NotificationFactory(sms=True))

    assert refused.value.fault is fault


def test_a_slow_gateway_is_left_after_the_timeout(sms_gateway, settings):
    sms_gateway.slow, settings.SMS_TIMEOUT = 1, 0.2

    with pytest.raises(NotDelivered) as refused:
        adapters.send(NotificationFactory(sms=True))

    assert refused.value.fault is Fault.UNREACHABLE


def test_a_gateway_that_is_down_is_unreachable(sms_gateway):
    sms_gateway.stop()

    with pytest.raises(NotDelivered) as refused:
        adapters.send(NotificationFactory(sms=True))

    assert refused.value.fault is Fault.UNREACHABLE
