"""Claims for tests: `ClaimFactory()` is a draft of a verified customer; services bring it further."""

from datetime import UTC, datetime

import factory

from compensation.models import Claim, Claimant, Programme
from compensation.rules.codes import ClaimState
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role, Scope

from .people import CustomerFactory, UserFactory

OPENED_AT = datetime(2023, 11, 20, 8, 0, tzinfo=UTC)  # the second day of the filing window


def fund(role: Role, **kwargs: object) -> User:
    """An employee of the compensation fund."""
    return UserFactory(roles=[role], roles__scope=Scope.ALL, **kwargs)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("code",)

    code = "swords_of_iron"
    name_he = "חרבות ברזל"
    name_en = "Swords of Iron"


class ClaimantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claimant

    programme = factory.SubFactory(ProgrammeFactory)
    customer = factory.SubFactory(CustomerFactory)
    email = factory.LazyAttribute(lambda claimant: claimant.customer.email)
    mobile = factory.LazyAttribute(lambda claimant: claimant.customer.mobile)
    created_at = OPENED_AT


class ClaimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claim

    number = factory.Sequence(lambda n: f"NA-2023-{n:05d}")
    claimant = factory.SubFactory(ClaimantFactory)
    state = ClaimState.DRAFT.value
    state_since = OPENED_AT
    created_at = OPENED_AT
    created_by = factory.LazyAttribute(lambda claim: claim.claimant.customer.user)
