"""Wage claims for tests: a draft with employees, and one that waits for their declarations."""

from datetime import date
from decimal import Decimal

import factory
from django.db import transaction

from compensation.models import AbsenceDay, Claim, EmployeeRow
from compensation.rules.codes import AbsenceGround, ClaimantKind, ClaimState, Track
from compensation.rules.machines import Actor
from compensation.rules.states import Guard
from compensation.services import computing, inviting, moving

from .compensation import OPENED_AT, ClaimFactory
from .people import valid_id

DAYS = (date(2023, 10, 8), date(2023, 10, 9))  # Sunday and Monday
GIVEN = {Guard.INTEGRITY: True, Guard.WINDOW_OPEN: True, Guard.ONE_TRACK: True}


class EmployeeFactory(factory.django.DjangoModelFactory):
    """An evacuated employee, absent for two whole days: 1,040 ILS."""

    class Meta:
        model = EmployeeRow
        skip_postgeneration_save = True

    id_number = factory.Sequence(lambda n: valid_id(70_000_000 + n))
    name = factory.Sequence(lambda n: f"נועה כהן {n}")
    mobile = factory.Sequence(lambda n: f"050{n:07d}")
    town = "שדרות"
    full_time_daily_hours = Decimal("8.40")
    wage_paid = Decimal("1200.00")
    paid_from, paid_until = DAYS[0], DAYS[-1]
    created_at = OPENED_AT

    @factory.post_generation
    def days(self, create, extracted, **kwargs):
        for on in DAYS if extracted is None else extracted:
            AbsenceDay.objects.create(
                row=self,
                on=on,
                **{"absent_hours": Decimal("8.40"), "ground": AbsenceGround.EVACUATED_RESIDENCE.value, **kwargs},
            )


def wage_draft(employees: int = 2, **kwargs) -> Claim:
    """A draft of a wage claim in Sderot with its employees."""
    claim = ClaimFactory(
        **{
            "track": Track.WAGE.value,
            "kind": ClaimantKind.REGULAR.value,
            "business_town": "שדרות",
            "registered_town": "שדרות",
            "declares_causation": True,
            "declares_wages_paid": True,
            **kwargs,
        }
    )
    for _ in range(employees):
        EmployeeFactory(claim=claim)
    return claim


@transaction.atomic
def awaiting(claim: Claim | None = None, at=OPENED_AT, **kwargs) -> Claim:
    """Submitted, its employees asked; nobody declared yet."""
    claim = moving.lock((claim or wage_draft(**kwargs)).pk)
    computation = computing.compute(claim, is_claimants=True, by=None, at=at)
    moving.move(
        claim,
        ClaimState.AWAITING_EMPLOYEE_DECLARATIONS,
        actor=Actor.CLAIMANT,
        by=claim.created_by,
        at=at,
        facts=GIVEN,
        submitted_at=at,
        submitted_by=claim.created_by,
        claimed_amount=computation.amount,
    )
    inviting.invite_all(claim, by=claim.created_by, at=at)
    return claim
