"""What needs attention today: few numbers, each the length of a filtered list (screen E1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.codes import ACTIVE, Status
from .desks import Desk
from .filters import NOBODY, Filters, Flag, narrowed
from .meters import Sla
from .moments import Moment
from .views import View, bounded_counts, view_of

ACTIVE_CODES = tuple(status.value for status in Status if status in ACTIVE)


@dataclass(frozen=True, slots=True)
class Matter:
    """One line: which view, narrowed by what. `params` say in an address what `filters` say here."""

    key: str
    view: str
    filters: Filters
    params: Mapping[str, str | Sequence[str]]
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """A line that has something in it."""

    matter: Matter
    view: View
    count: int


def matters(now: Moment) -> Mapping[str, Matter]:
    """All lines there are, by key."""
    today = now.today.isoformat()
    active = {"status": ACTIVE_CODES}
    lines = (
        Matter("mine_over", "my_inquiries", Filters(sla=Sla.OVER), {"sla": "over"}, is_late=True),
        Matter("mine_unread", "my_inquiries", Filters(unread=True), {"unread": "on"}),
        Matter("mine_soon", "my_inquiries", Filters(sla=Sla.SOON), {"sla": "soon"}),
        Matter("queue_over", "team_waiting", Filters(sla=Sla.OVER), {"sla": "over"}, is_late=True),
        Matter("queue_unread", "team_waiting", Filters(unread=True), {"unread": "on"}),
        Matter(
            "over_unheld", "unit_all", Filters(sla=Sla.OVER, owner=(NOBODY,)), {"sla": "over", "owner": NOBODY},
            is_late=True,
        ),
        Matter(
            "due_today", "unit_all", Filters(status=ACTIVE_CODES, due_from=now.today, due_to=now.today),
            {**active, "due_from": today, "due_to": today},
        ),
        Matter("absent", "team_in_treatment_offices", Filters(absent=True), {"absent": "on"}),
        Matter("many_messages", "many_messages", Filters(), {}),
        Matter("head_fallback", "head_team_queue", Filters(flag=(Flag.FALLBACK,)), {"flag": Flag.FALLBACK}),
        Matter("head_over", "head_team_queue", Filters(sla=Sla.OVER), {"sla": "over"}, is_late=True),
        Matter("all_over", "all_inquiries", Filters(sla=Sla.OVER), {"sla": "over"}, is_late=True),
        Matter(
            "all_unheld", "all_inquiries", Filters(status=ACTIVE_CODES, owner=(NOBODY,)), {**active, "owner": NOBODY}
        ),
        Matter(
            "all_fallback", "all_inquiries", Filters(status=ACTIVE_CODES, flag=(Flag.FALLBACK,)),
            {**active, "flag": Flag.FALLBACK},
        ),
    )  # fmt: skip
    return {matter.key: matter for matter in lines}


def attention_of(user: User, keys: Sequence[str], now: Moment) -> list[Attention]:
    """The lines of these that have something in them, in one query."""
    desk, known = Desk.of(user), matters(now)
    lines = [(known[key], view) for key in keys if (view := view_of(user, known[key].view)) is not None]
    lists: dict[str, QuerySet[Inquiry]] = {
        matter.key: narrowed(view.rows(desk), matter.filters, now) for matter, view in lines
    }
    counts = bounded_counts(user, lists)
    return [Attention(matter, view, counts[matter.key]) for matter, view in lines if counts[matter.key]]
