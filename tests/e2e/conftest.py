"""Whole requests through every layer: the office, its people and its inquiries."""

import pytest
from django.test import Client

from crm_portal.people.models import User


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser_of():
    """A browser in which somebody is signed in; an unforeseen error is its 500 page, as in production."""

    def enter(user: User | None = None) -> Client:
        browser = Client(raise_request_exception=False)
        if user is not None:
            browser.force_login(user)
        return browser

    return enter
