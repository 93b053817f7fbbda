"""People who are about to sign in."""

import pytest
from django.utils import timezone

from crm_portal.people.rules.roles import Role
from crm_portal.people.services import demonstration, second_factor
from tests.factories.people import UserFactory

PASSWORD = "correct horse battery"


@pytest.fixture
def employee(db):
    """An employee with password and authenticator app."""
    user = UserFactory(username="dana", roles=[Role.HANDLER])
    user.set_password(PASSWORD)
    user.save()
    second_factor.keep_secret(user=user, secret=demonstration.secret_of("dana"))
    return user


@pytest.fixture
def app_code(employee):
    """What the employee's app shows now."""
    return lambda: second_factor.current_code(user=employee, at=timezone.now())
