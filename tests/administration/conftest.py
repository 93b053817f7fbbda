import io

import pytest
from django.core.management import call_command

from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory


@pytest.fixture
def shipped(db):
    """The reference data as they ship."""
    call_command("load_reference", stdout=io.StringIO())


@pytest.fixture
def department(db):
    """An employee of the CRM department."""
    return UserFactory(username="department", first_name="כרמל", last_name="גרין", roles=[Role.CRM_ADMIN])


@pytest.fixture
def screen(client, department, shipped):
    """The department at its screens."""
    client.force_login(department)
    return client
