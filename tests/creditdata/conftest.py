"""A licensee, sources that supply it, and who sends."""

import pytest

from creditdata.rules.codes import SourceType
from creditdata.rules.members import MemberRole
from creditdata.services import reference
from tests.factories.creditdata import LicenseeFactory, MembershipFactory, SourceAgreementFactory


@pytest.fixture
def licensee(db):
    reference.load(overwrite=False)
    return LicenseeFactory()


@pytest.fixture
def source_of(licensee):
    """A source of a type that supplies the licensee."""
    return lambda of, **given: SourceAgreementFactory(licensee=licensee, source__type=of.value, **given).source


@pytest.fixture
def receiver(source_of):
    """The Official Receiver."""
    return source_of(SourceType.OFFICIAL_RECEIVER)


@pytest.fixture
def clerk(licensee):
    """The licensee's intake clerk."""
    return MembershipFactory(licensee=licensee).user


@pytest.fixture
def integrator(receiver):
    """Who sends for the Official Receiver."""
    return MembershipFactory(role=MemberRole.SOURCE_INTEGRATOR.value, licensee=None, source=receiver).user
