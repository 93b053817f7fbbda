from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from crm_portal.people.models import OneTimeCode
from crm_portal.people.tasks import forget_sign_ins
from tests.factories.people import OneTimeCodeFactory

pytestmark = pytest.mark.django_db


def test_yesterdays_codes_and_ended_sessions_are_deleted(client):
    now = timezone.now()
    OneTimeCodeFactory(created_at=now - timedelta(days=1, seconds=1))
    kept = OneTimeCodeFactory(created_at=now - timedelta(hours=23))
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(hours=1))

    result = forget_sign_ins(now)

    assert result.done == 2
    assert OneTimeCode.objects.get() == kept
    assert Session.objects.get().session_key == "open"
