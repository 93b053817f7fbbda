"""The settings of messaging are judged before the portal starts."""

import pytest

from crm_portal.messaging.checks import adapters_exist, messages_leave


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"EMAIL_ADAPTER": "pigeon"}, ["messaging.E001"]),
        ({"SMS_ADAPTER": "http"}, ["messaging.E002"]),
        ({"SMS_ADAPTER": "http", "SMS_GATEWAY_URL": "file:///etc/passwd"}, ["messaging.E002"]),
        ({"SMS_ADAPTER": "http", "SMS_GATEWAY_URL": "https://sms.example/"}, []),
    ],
    ids=str,
)
def test_an_adapter_that_cannot_work_is_refused_at_the_start(settings, given, found):
    for name, value in given.items():
        setattr(settings, name, value)

    assert [message.id for message in adapters_exist()] == found


@pytest.mark.parametrize(("demonstration", "warnings"), [(True, 0), (False, 2)])
def test_a_real_portal_is_warned_when_its_messages_do_not_leave(settings, demonstration, warnings):
    settings.DEMONSTRATION = demonstration

    assert len(messages_leave()) == warnings
