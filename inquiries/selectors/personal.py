"""
What a customer or a representative sees of his inquiries (P2, P4, N2, N5), and nothing more.

Proposed solutions, notes, hidden files, employees, teams and routing are not merely left out by the templates: they
never come into what these functions return.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Refusal
from crm_portal.files.rules.states import SanitisationState
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of
from routing.models import Triplet
from routing.rules.codes import TaxSystemCode

from ..models import Attachment, Inquiry, Message, StatusHistory
from ..rules import deadlines, guards, limits
from ..rules.codes import AttachmentDirection, Side, Status
from .treating import treated_by
from .visibility import visible_to

PAGE = 25


class Step(StrEnum):
    """The three steps that an inquiry passes, as its inquirer sees them."""

    RECEIVED = "received"
    IN_TREATMENT = "in_treatment"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """One inquiry in the inquirer's list."""

    number: str
    triplet: Triplet
    status: str
    opened_at: datetime
    closed_at: datetime | None
    updated_at: datetime
    customer_name: str
    treated_by: str
    unread: int


@dataclass(frozen=True, slots=True)
class List:
    """One page of the list; a cursor is empty where there is no further page."""

    rows: list[Row]
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the correspondence; the inquirer's own opening text is the first."""

    is_mine: bool
    author: str
    text: str
    at: datetime
    files: list[Attachment]
    is_new: bool = False
    is_rejected: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """A status the inquiry came into, without who brought it there."""

    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the inquirer's page shows."""

    inquiry: Inquiry
    triplet: Triplet
    treated_by: str
    step: Step
    said: list[Said]
    loose_files: list[Attachment]
    happened: list[Happened]
    messages_left: int
    last_day_to_write: date | None
    may_write: bool
    cancel_refusal: Refusal | None

    @property
    def may_cancel(self) -> bool:
        return self.cancel_refusal is None and not self.inquiry.is_closed

    @property
    def unread(self) -> int:
        return sum(entry.is_new for entry in self.said)


def list_of(user: User, *, after: str = "", before: str = "") -> List:
    """A page of the user's inquiries, the newest first; `after` or `before` is the number at the edge of a page."""
    inquiries = visible_to(user)
    edge = inquiries.filter(number=after or before).only("opened_at").first() if after or before else None
    backwards = bool(before) and edge is not None
    if edge is not None:
        beyond = "gt" if backwards else "lt"
        inquiries = inquiries.filter(
            Q(**{f"opened_at__{beyond}": edge.opened_at}) | Q(opened_at=edge.opened_at, **{f"id__{beyond}": edge.pk})
        )
    inquiries = inquiries.select_related("triplet", "customer_triplet", "customer", "representative", "opening_unit")
    found = list(inquiries.order_by(*(("opened_at", "id") if backwards else ("-opened_at", "-id")))[: PAGE + 1])
    more, page = len(found) > PAGE, found[:PAGE][:: -1 if backwards else 1]
    has_previous, has_following = (more, True) if backwards else (edge is not None, more)
    names, unread = treated_by(page), _unread(page)
    rows = [
        Row(
            number=str(inquiry.number),
            triplet=shown_triplet(inquiry),
            status=inquiry.status,
            opened_at=inquiry.opened_at or inquiry.created_at,
            closed_at=inquiry.closed_at,
            updated_at=inquiry.status_since,
            customer_name=str(inquiry.customer or ""),
            treated_by=names.get(inquiry.pk, ""),
            unread=unread.get(inquiry.pk, 0),
        )
        for inquiry in page
    ]
    return List(
        rows,
        previous=rows[0].number if rows and has_previous else "",
        following=rows[-1].number if rows and has_following else "",
    )


def shown_triplet(inquiry: Inquiry) -> Triplet:
    """The present triplet, or the inquirer's own choice when the present one is internal (CRM-5.1.1-b)."""
    present = inquiry.triplet
    assert present is not None  # noqa: S101 - a draft is visible to no inquirer
    return inquiry.customer_triplet if present.is_internal and inquiry.customer_triplet else present


def _unread(inquiries: Iterable[Inquiry]) -> dict[int, int]:
    new = Message.objects.filter(inquiry__in=[i.pk for i in inquiries], side=Side.EMPLOYEE.value, read_at=None)
    return dict(new.values_list("inquiry").annotate(n=Count("id")))


def page_of(inquiry: Inquiry, *, at: datetime) -> Page:
    """The inquirer's page of an inquiry that he may see."""
    refused_to_employee = Q(direction=AttachmentDirection.OUTBOUND.value, file__state=SanitisationState.FAILED.value)
    shown = Attachment.objects.filter(inquiry=inquiry, show_on_internet=True).exclude(refused_to_employee)  # 5.1.3-b
    attachments = list(shown.select_related("file").order_by("id"))
    last_day = None
    if inquiry.closed_at is not None:
        last_day = day_of(inquiry.closed_at) + timedelta(days=configured(options.CORRESPONDENCE_DAYS))
    left = max(configured(options.OPEN_MESSAGES) - inquiry.open_messages, 0)
    in_time = inquiry.closed_at is None or deadlines.may_write_after_closing(
        inquiry.closed_at, at, days=configured(options.CORRESPONDENCE_DAYS)
    )
    full = limits.message_refusal(inquiry.open_messages, limit=configured(options.OPEN_MESSAGES)) is not None
    return Page(
        inquiry=inquiry,
        triplet=shown_triplet(inquiry),
        treated_by=treated_by([inquiry]).get(inquiry.pk, ""),
        step=step_of(inquiry),
        said=_said(inquiry, attachments),
        loose_files=[a for a in attachments if a.message_id is None and a.attached_at != inquiry.opened_at],
        happened=_happened(inquiry),
        messages_left=left,
        last_day_to_write=last_day,
        may_write=in_time and not full,
        cancel_refusal=cancel_refusal(inquiry),
    )


def step_of(inquiry: Inquiry) -> Step:
    """How far the inquiry came."""
    if inquiry.is_closed:
        return Step.CLOSED
    return Step.RECEIVED if inquiry.status == Status.OPEN_TEAM.value and not inquiry.answer_count else Step.IN_TREATMENT


def cancel_refusal(inquiry: Inquiry) -> Refusal | None:
    """Why the inquirer may not cancel now (CRM-5.2.9-a, CRM-5.2.9-b); the service asks the same guards again."""
    triplet, unit = inquiry.triplet, inquiry.handling_unit
    facts = guards.Facts(
        is_held=inquiry.owner_id is not None,
        is_real_estate=triplet is not None and triplet.tax_system_id == TaxSystemCode.REAL_ESTATE.value,
        is_in_an_office=unit is not None and unit.kind == "office",
    )
    wanted = (guards.Guard.NOT_HELD, guards.Guard.NOT_IN_A_REAL_ESTATE_OFFICE)
    return next((refusal for guard in wanted if (refusal := guards.JUDGE[guard](facts))), None)


def _said(inquiry: Inquiry, attachments: list[Attachment]) -> list[Said]:
    by_message: dict[int | None, list[Attachment]] = {}
    for attachment in attachments:
        by_message.setdefault(attachment.message_id, []).append(attachment)
    opened = inquiry.opened_at or inquiry.created_at
    first = Said(
        is_mine=True,
        author=inquiry.inquirer_name,
        text=inquiry.description,
        at=opened,
        files=[a for a in by_message.get(None, []) if a.attached_at == inquiry.opened_at],
    )
    messages = Message.objects.filter(inquiry=inquiry).order_by("sent_at", "id")
    return [first, *(_entry(message, by_message.get(message.pk, [])) for message in messages)]


def _entry(message: Message, files: list[Attachment]) -> Said:
    mine = message.side == Side.CUSTOMER.value
    return Said(
        is_mine=mine,
        author=message.author_name if mine else "",
        text=message.text,
        at=message.sent_at,
        files=files,
        is_new=not mine and message.read_at is None,
        is_rejected=message.is_rejected,
    )


def _happened(inquiry: Inquiry) -> list[Happened]:
    steps: list[Happened] = []
    changes = StatusHistory.objects.filter(inquiry=inquiry).exclude(to_status=Status.OPEN.value).order_by("at", "id")
    for status, at in changes.values_list("to_status", "at"):
        if not steps or steps[-1].status != status:
            steps.append(Happened(status, at))
    return steps[::-1]


def visible_file(user: User, number: str, attachment_id: int) -> Attachment | None:
    """A shown file of an inquiry that this user may see; None hides even that it exists (CRM-4.5-c)."""
    return (
        Attachment.objects.filter(
            pk=attachment_id, show_on_internet=True, inquiry__in=visible_to(user).filter(number=number)
        )
        .select_related("file")
        .first()
    )
