"""The quality of answers: a sample of a unit's, each answer with its time and its grade (CRM-2-c)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import CharField, Value
from django.db.models.functions import MD5, Cast, Concat

from crm_portal.people.models import User
from crm_portal.worktime.rules.calendars import BusinessCalendar
from crm_portal.worktime.rules.periods import add_months

from ..models import Inquiry, Message, QualityReview
from ..rules.answers import Spoken, waits
from ..rules.codes import Side
from .moments import midnight
from .visibility import unit_ids, visible_to

SAMPLE: Final = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an employee, how long it took in business time, and the grades it got."""

    message: Message
    is_first: bool
    took: timedelta | None  # None: it answers nothing the customer waited for
    reviews: Sequence[QualityReview]


@dataclass(frozen=True, slots=True)
class Sampled:
    """One answer of the sample with its inquiry."""

    answer: Answer
    inquiry: Inquiry


def reviewable(user: User, number: str) -> Inquiry | None:
    """The inquiry of this number, when it is in one of the manager's units."""
    rows = visible_to(user).filter(number=number, handling_unit__in=unit_ids(user))
    return rows.select_related("triplet", "customer", "representative", "handling_team", "handling_unit").first()


def answers_of(inquiry: Inquiry, calendar: BusinessCalendar) -> list[Answer]:
    """Every answer of one inquiry, in their order."""
    return list(_answers([inquiry], calendar)[inquiry.pk])


def sample(
    user: User, month: date, calendar: BusinessCalendar, *, ungraded: bool = False, size: int = SAMPLE
) -> list[Sampled]:
    """
    Some answers that left the manager's units in a month, by chance, and always the same ones for the same month.

    The order is that of a digest of the answer and the month, so that nobody can choose what is looked at, and a
    second look, or another manager's, finds the same.
    """
    first, after = midnight(month.replace(day=1)), midnight(add_months(month.replace(day=1), 1))
    drawn = MD5(Concat(Cast("pk", CharField()), Value(f":{month:%Y-%m}"), output_field=CharField()))
    found = Message.objects.filter(
        side=Side.EMPLOYEE.value,
        sent_at__gte=first,
        sent_at__lt=after,
        inquiry__handling_unit__in=unit_ids(user),
        inquiry__in=visible_to(user),
    ).exclude(author=user)
    chosen = list(found.order_by(drawn, "pk").values_list("pk", "inquiry")[:size])
    inquiries = Inquiry.objects.select_related("triplet", "customer", "representative", "handling_team").in_bulk(
        {inquiry for _pk, inquiry in chosen}
    )
    answers = {answer.message.pk: answer for each in _answers(inquiries.values(), calendar).values() for answer in each}
    rows = [Sampled(answers[pk], inquiries[inquiry]) for pk, inquiry in chosen]
    return [row for row in rows if not row.answer.reviews] if ungraded else rows


def _answers(inquiries: Iterable[Inquiry], calendar: BusinessCalendar) -> Mapping[int, Sequence[Answer]]:
    opened = {inquiry.pk: inquiry.opened_at for inquiry in inquiries}
    spoken: dict[int, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(inquiry__in=opened).select_related("author"):
        spoken[message.inquiry_id].append(message)
    reviews: dict[int | None, list[QualityReview]] = defaultdict(list)
    for review in QualityReview.objects.filter(inquiry__in=opened).select_related("reviewed_by"):
        reviews[review.message_id].append(review)
    found: dict[int, list[Answer]] = defaultdict(list)
    for pk, messages in spoken.items():
        began = opened[pk]
        assert began is not None  # noqa: S101 - a draft has no messages
        waited = waits(began, [Spoken(one.pk, one.sent_at, Side(one.side)) for one in messages])
        for message in messages:
            if message.pk not in waited:
                continue
            span = waited[message.pk]
            took = None if span is None else calendar.elapsed(*span)
            found[pk].append(Answer(message, not found[pk], took, reviews[message.pk]))
    return found
