"""Who asks: a claimant, another one, a representative with a power and one without, and the fund."""

import pytest

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.people import (
    CustomerFactory,
    PowerOfAttorneyFactory,
    RepresentativeEmployeeFactory,
)


@pytest.fixture
def auditor(db) -> User:
    return fund(Role.AUDITOR)


@pytest.fixture
def claimant(filed) -> User:
    return filed.claimant.customer.user


@pytest.fixture
def stranger(db) -> User:
    return CustomerFactory().user


@pytest.fixture
def representative(filed) -> User:
    employee = RepresentativeEmployeeFactory()
    PowerOfAttorneyFactory(representative=employee.representative, customer=filed.claimant.customer)
    return employee.user


@pytest.fixture
def former_representative(filed) -> User:
    employee = RepresentativeEmployeeFactory()
    PowerOfAttorneyFactory(
        representative=employee.representative, customer=filed.claimant.customer, valid_until="2023-01-01"
    )
    return employee.user
