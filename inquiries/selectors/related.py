"""The customer's other inquiries on the same topic, to be seen before one of them is answered (CRM-4.1-f, 6.6-k)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from crm_portal.people.models import User

from ..models import Inquiry
from ..models.inquiry import InquiryQuerySet
from ..rules.codes import TripletValidation
from .visibility import readable_by, team_ids

TOPIC = ("tax_system", "main_topic", "sub_topic")  # of a triplet: what makes two inquiries similar
MOST = 50  # a customer has at most three open in one triplet, so this is never reached but by a company's office


@dataclass(frozen=True, slots=True)
class Related:
    """One similar inquiry; of one that the user may not see only the number is told."""

    inquiry: Inquiry
    is_visible: bool
    is_identical: bool  # the same triplet
    is_mine: bool
    is_in_my_queue: bool
    is_of_same_inquirer: bool  # who can read the answer that closes it

    @property
    def number(self) -> str:
        return self.inquiry.number or ""

    @property
    def can_be_closed(self) -> bool:
        """Whether the owner of the answered one may close it along: his own, or in the stock of his own teams."""
        return self.is_visible and self.is_of_same_inquirer and (self.is_mine or self.is_in_my_queue)

    @property
    def needs_verdict(self) -> bool:
        unchecked = self.inquiry.triplet_validation == TripletValidation.NOT_CHECKED.value
        return unchecked and self.inquiry.customer_triplet_id is not None


def similar_to(inquiry: Inquiry) -> QuerySet[Inquiry]:
    """The other active inquiries of the same customer with the same main and sub topic."""
    if inquiry.customer_id is None or inquiry.triplet is None:
        return Inquiry.objects.none()
    return Inquiry.objects.active().exclude(pk=inquiry.pk).filter(
        customer=inquiry.customer_id, **{f"triplet__{name}": getattr(inquiry.triplet, name) for name in TOPIC}
    )  # fmt: skip


def told_of_similar(rows: InquiryQuerySet) -> InquiryQuerySet:
    """The inquiries, each with whether it has a similar one at all: most have none, and then nothing more is asked."""
    same = {name: OuterRef(name) for name in ("customer", *(f"triplet__{part}" for part in TOPIC))}
    return rows.annotate(has_similar=Exists(Inquiry.objects.active().filter(**same).exclude(pk=OuterRef("pk"))))


def related_to(user: User, inquiry: Inquiry) -> list[Related]:
    """The similar inquiries as this user may know them, the identical ones first, in two queries."""
    if not getattr(inquiry, "has_similar", True):
        return []
    rows = similar_to(inquiry).select_related("triplet", "owner", "handling_team__unit", "channel", "representative")
    found = list(rows.order_by("-opened_at", "-id")[:MOST])
    seen = set(readable_by(user).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True)) if found else ()
    teams = team_ids(user)
    related = [
        Related(
            inquiry=row,
            is_visible=row.pk in seen,
            is_identical=row.triplet_id == inquiry.triplet_id,
            is_mine=row.owner_id == user.pk,
            is_in_my_queue=row.owner_id is None and row.handling_team_id in teams,
            is_of_same_inquirer=row.representative_id == inquiry.representative_id,
        )
        for row in found
    ]
    return sorted(related, key=lambda one: (not one.is_visible, not one.is_identical))
