"""What the page of one inquiry shows, in a number of queries that does not grow with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from crm_portal.people.models import TaxFile, User
from routing.models import Team
from routing.rules.codes import TaxSystemCode
from routing.selectors import teams_for_triplet

from ..models import Attachment, ClosingReason, Inquiry, Message, StatusHistory
from ..rules.codes import AttachmentDirection, HistoryEvent
from .related import told_of_similar
from .visibility import readable_by

_WITH = (
    "channel",
    "customer",
    "representative",
    "triplet__tax_system",
    "customer_triplet",
    "handling_team__unit",
    "handling_unit",
    "opening_unit",
    "owner",
    "closing_reason",
    "verified_by",
    "routing_decision",
)
_HAND_OVERS = (HistoryEvent.ASSIGNMENT, HistoryEvent.RELEASE, HistoryEvent.FORWARD)


def inquiry_seen_by(user: User, number: str) -> Inquiry | None:
    """The inquiry of this number, when the user may see it."""
    return told_of_similar(readable_by(user)).select_related(*_WITH).filter(number=number).first()


def previous_of_customer(user: User, inquiry: Inquiry) -> str | None:
    """The number of the customer's inquiry before this one, among those the user may see (CRM-2.2.8-b)."""
    if inquiry.customer_id is None:
        return None
    earlier = readable_by(user).filter(customer=inquiry.customer_id, opened_at__lt=inquiry.opened_at)
    return earlier.order_by("-opened_at").values_list("number", flat=True).first()


def messages_of(inquiry: Inquiry) -> QuerySet[Message]:
    """The correspondence in its order, with its files (CRM-4.2-a)."""
    files = Attachment.objects.select_related("file")
    return inquiry.messages.select_related("author", "template_version").prefetch_related(
        Prefetch("attachments", files)
    )


def history_of(inquiry: Inquiry) -> QuerySet[StatusHistory]:
    """The history in its order, with all that a line names (CRM-4.3-a)."""
    return inquiry.history.select_related(
        "by", "from_owner", "to_owner", "from_team__unit", "to_team__unit", "from_unit", "to_unit",
        "from_triplet", "to_triplet", "closing_reason", "attachment__file", "message",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachments:
    """The files of both sides (CRM-4.5-a)."""

    rows: Sequence[Attachment]

    @property
    def unread(self) -> int:
        """The customer's files that no handling user opened yet (CRM-4.5-e)."""
        inbound = AttachmentDirection.INBOUND.value
        return sum(row.direction == inbound and row.opened_at is None for row in self.rows)


def attachments_of(inquiry: Inquiry) -> Attachments:
    return Attachments(list(inquiry.attachments.select_related("file", "attached_by")))


def former_note(history: Sequence[StatusHistory], inquiry: Inquiry) -> StatusHistory | None:
    """What the former owner wrote when the inquiry came to where it is now (CRM-4.3-b)."""
    for step in reversed(history):
        if step.event in _HAND_OVERS:
            return step if step.note and step.by_id != inquiry.owner_id else None
    return None


def closing_reasons() -> list[ClosingReason]:
    """What an employee may close with; the reasons of the system are not his (CRM-5.2.8-a)."""
    return list(ClosingReason.objects.filter(is_active=True, is_system_only=False))


def teams_to_forward(inquiry: Inquiry, today: date) -> list[Team]:
    """The teams of the present triplet, the one that routing recommends first (CRM-5.2.5-a)."""
    if inquiry.triplet is None:
        return []
    others = [team for team in _teams_of(inquiry, today) if team.pk != inquiry.handling_team_id]
    return sorted(others, key=lambda team: (team.pk != inquiry.recommended_team_id, team.is_head_team, str(team)))


def representation_unverified(inquiry: Inquiry) -> bool:
    """Whether the head team moved a representative's real-estate inquiry to income tax (CRM-6.4-d)."""
    if inquiry.representative_id is None or inquiry.triplet is None or inquiry.customer_triplet is None:
        return False
    was, now = inquiry.customer_triplet.tax_system_id, inquiry.triplet.tax_system_id
    return was == TaxSystemCode.REAL_ESTATE and now == TaxSystemCode.INCOME_TAX


def is_outside_triplet(inquiry: Inquiry, today: date) -> bool:
    """Whether the present team is not one of the present triplet's, as after a correction (CRM-5.1.1-a)."""
    triplet, team = inquiry.triplet, inquiry.handling_team_id
    return triplet is not None and team is not None and team not in {one.pk for one in _teams_of(inquiry, today)}


def _teams_of(inquiry: Inquiry, today: date) -> list[Team]:
    """The teams of the present triplet; asked once for a page, which both offers them and compares with them."""
    assert inquiry.triplet is not None  # noqa: S101 - only drafts have none
    known: list[Team] | None = inquiry.__dict__.get("_teams")
    if known is None:
        known = inquiry.__dict__["_teams"] = list(teams_for_triplet(inquiry.triplet, today))
    return known


def tax_files_of(inquiry: Inquiry) -> list[TaxFile]:
    return list(inquiry.customer.tax_files.all()) if inquiry.customer else []
