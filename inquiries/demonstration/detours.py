"""What goes less smoothly in the demonstration: wrong triplets, inquiries sent back, customers who write much."""

from collections.abc import Generator
from datetime import datetime
from typing import TYPE_CHECKING

from crm_portal.people.models import User
from routing.models import Triplet
from routing.selectors import teams_for_triplet

from ..models import Inquiry
from ..rules.codes import ClosingReasonCode, TripletValidation
from ..services import assigning, closing, corresponding, forwarding, triplets
from . import texts

if TYPE_CHECKING:
    from .lives import Life, Story


def corrected(story: "Story", inquiry: Inquiry, clerk: User, at: datetime) -> None:
    """The triplet is corrected to another one of the same tax system that the team handles."""
    now = story.now(inquiry)
    assert now.triplet is not None  # noqa: S101 - it was opened
    others = Triplet.objects.for_customers().filter(
        tax_system=now.triplet.tax_system, triplet_teams__team=now.handling_team, tax_year_required=False
    )
    if choices := list(others.exclude(pk=now.triplet.pk).distinct()):
        triplets.change_triplet(inquiry_id=inquiry.pk, by=clerk, at=at, triplet_id=story.dice.choice(choices).pk)


def left_wrong(story: "Story", inquiry: Inquiry, clerk: User, at: datetime) -> None:
    """The triplet is found wrong, and the inquiry closed untreated as it is (CRM-6.1-a)."""
    if story.now(inquiry).customer_triplet_id is None:
        return
    triplets.set_validation(inquiry_id=inquiry.pk, by=clerk, at=at, verdict=TripletValidation.INCORRECT.value)
    closing.close_no_treatment(
        inquiry_id=inquiry.pk, by=clerk, at=at, closing_reason=ClosingReasonCode.IDENTICAL_INQUIRY.value,
        proposed_solution=texts.REASONS_NOT_TREATED, reply=texts.NOT_TREATED,
    )  # fmt: skip


def sent_back(
    story: "Story", inquiry: Inquiry, clerk: User, at: datetime
) -> Generator[datetime, datetime, tuple[datetime, User]]:
    """Another team gets it and sends it back under the same triplet (CRM-5.1.1-c)."""
    now = story.now(inquiry)
    assert now.triplet is not None  # noqa: S101 - it was opened
    mine, teams = now.handling_team_id, teams_for_triplet(now.triplet, at.date())
    others = [team for team in teams if team.pk != mine and story.cast.staff.get(team.pk)]
    if mine is None or not others:
        return at, clerk
    other = story.dice.choice(others)
    forwarding.forward(
        inquiry_id=inquiry.pk, by=clerk, at=at, team_id=other.pk, proposed_solution=story.dice.choice(texts.FORWARDED)
    )
    at = yield story.at_work(at, 2, 30)
    colleague = story.dice.choice(story.cast.staff[other.pk])
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=colleague, at=at)
    at = yield story.at_work(at, 1, 20)
    forwarding.forward(
        inquiry_id=inquiry.pk, by=colleague, at=at, team_id=mine, proposed_solution=texts.SENT_BACK, confirm_return=True
    )
    at = yield story.at_work(at, 1, 30)
    clerk = story.dice.choice(story.cast.staff[mine])
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=at)
    return at, clerk


def written_often(story: "Story", inquiry: Inquiry, inquirer: User, clerk: User, at: datetime) -> "Life":
    """The customer writes again and again, and the employee answers each time (CRM-6.7-a)."""
    for _ in range(story.dice.randint(4, 7)):
        at = yield at + story.hours(2, 40)
        corresponding.customer_message(
            inquiry_id=inquiry.pk, by=inquirer, at=at, text=story.dice.choice(texts.REPLIES + texts.THANKS)
        )
        at = yield story.at_work(at, 1, 30)
        story.read(inquiry, clerk, at)
        corresponding.send_message(inquiry_id=inquiry.pk, by=clerk, at=at, text=story.dice.choice(texts.EXPLAINED))
