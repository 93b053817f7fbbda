"""Who works on claims, and claims on their way."""

from datetime import UTC, datetime, timedelta

import pytest

from compensation.models import Claim
from compensation.services import reviewing
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import ClaimFactory, fund

AT = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return fund(Role.COMPENSATION_CLERK)


@pytest.fixture
def manager(db):
    return fund(Role.COMPENSATION_MANAGER)


@pytest.fixture
def filed(db) -> Claim:
    return ClaimFactory(filed=True)


@pytest.fixture
def in_review(filed, clerk) -> Claim:
    """Taken by the clerk, the causal connection found, nothing left to settle."""
    from compensation.rules.codes import Causation

    reviewing.take(claim_id=filed.pk, by=clerk, at=AT)
    reviewing.find_causation(claim_id=filed.pk, by=clerk, at=AT, causation=Causation.PROVED, reasons="")
    for finding in filed.findings.all():
        reviewing.settle_finding(finding_id=finding.pk, by=clerk, at=AT, settlement="נבדק מול המסמכים")
    return fresh(filed)


def fresh(claim: Claim) -> Claim:
    """The claim as the database has it now."""
    return Claim.objects.select_related("claimant__customer", "clerk").get(pk=claim.pk)


def later(**parts: int) -> datetime:
    return AT + timedelta(**parts)
