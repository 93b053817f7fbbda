"""Claims for tests: `ClaimFactory()` is a draft of a verified customer; services bring it further."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from compensation.models import Claim, Claimant, Programme
from compensation.rules.codes import ClaimState, Track
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

    code = "swords-of-iron"
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
    """A draft; `filed=True` is an agriculture claim of 17 workers (218,348), filed on the second day of the window."""

    class Meta:
        model = Claim

    class Params:
        filed = factory.Trait(
            state=ClaimState.SUBMITTED.value,
            track=Track.AGRICULTURE.value,
            business_town="נתיבות",
            registered_town="נתיבות",
            answers={"figures": {"field_workers": 17, "fields": [{"town": "נתיבות", "dunams": "350.5"}]}},
            declares_causation=True,
            submitted_at=OPENED_AT,
            submitted_by=factory.LazyAttribute(lambda claim: claim.claimant.customer.user),
            filed_on=date(2023, 11, 20),
            claimed_amount=Decimal(218_348),
            decision_due_on=date(2024, 7, 20),
            advance_60_due_on=date(2023, 12, 11),
            advance_10_due_on=date(2024, 4, 18),
        )

    number = factory.Sequence(lambda n: f"NA-2023-{n:05d}")
    claimant = factory.SubFactory(ClaimantFactory)
    state = ClaimState.DRAFT.value
    state_since = OPENED_AT
    created_at = OPENED_AT
    created_by = factory.LazyAttribute(lambda claim: claim.claimant.customer.user)
