"""The named views of clause 4.4: what each shows, to whom, in which columns and order. A new view is a row here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models import Inquiry
from ..rules.access import HANDLERS, SUPERVISORS, SUPERVISORS_OF_UNIT, VIEWERS
from ..rules.codes import ACTIVE, Status
from .desks import Desk
from .pages import COUNTED_TO
from .visibility import readable_by

__all__ = [
    "VIEWS",
    "Desk",
    "View",
    "bounded_counts",
    "counts_for",
    "counts_of",
    "view_of",
    "views_of",
    "whole_counts",
    "widest_of",
]

OFFICE_ROLES = SUPERVISORS | {Role.HANDLER}
OVERSEERS = frozenset({Role.HEAD_TEAM_MEMBER, Role.CRM_ADMIN, Role.AUDITOR})  # who see beyond one unit
WAITING_FOR_TEAM = (Status.OPEN_TEAM, Status.FORWARDED, Status.INFO_ARRIVED)
ACTIVE_ORDER = tuple(status for status in Status if status in ACTIVE)


@dataclass(frozen=True, slots=True)
class View:
    """One list of inquiries."""

    key: str
    label: Promise
    short_label: Promise  # in the menu
    icon: str
    roles: frozenset[Role]
    rows: Callable[[Desk], QuerySet[Inquiry]]
    columns: Sequence[str]
    order: str = "opened"
    statuses: Sequence[Status] = tuple(Status)[1:]
    is_wide: bool = False  # beyond the employee's own units
    is_listed: bool = True  # in the menu and among the counts; one that is not needs a customer named

    def is_for(self, user: User) -> bool:
        """Whether a role of the user has it; one of a customer also needs the grant for customer files."""
        return user.holds(*self.roles) and (self.is_listed or Desk.of(user).opens_customer_files)


def _in(statuses: Sequence[Status]) -> list[str]:
    return [status.value for status in statuses]


def _team_waiting(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(handling_team__in=desk.teams, owner=None, status__in=_in(WAITING_FOR_TEAM))


def _team_waiting_offices(desk: Desk) -> QuerySet[Inquiry]:
    return _team_waiting(desk).exclude(handling_unit__kind="info_centre")


def _team_in_treatment_offices(desk: Desk) -> QuerySet[Inquiry]:
    """Of my teams; whoever supervises a whole unit has all its teams."""
    mine = Q(handling_team__in=desk.teams)
    if desk.holds(SUPERVISORS_OF_UNIT):
        mine |= Q(handling_unit__in=desk.units)
    held = desk.visible.filter(mine, owner__isnull=False, status__in=_in(ACTIVE_ORDER))
    return held.exclude(handling_unit__kind="info_centre")


def _unit_all(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(handling_unit__in=desk.units)


def _my_inquiries(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(owner=desk.user, status__in=_in(ACTIVE_ORDER))


def _waiting_customer_unit(desk: Desk) -> QuerySet[Inquiry]:
    return _unit_all(desk).filter(status=Status.WAITING_CUSTOMER.value)


def _many_messages(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(has_many_messages=True, status__in=_in(ACTIVE_ORDER))


def _head_team_queue(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(handling_team__is_head_team=True, owner=None, status__in=_in(WAITING_FOR_TEAM))


def _everything(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible


def _customer_all(desk: Desk) -> QuerySet[Inquiry]:
    """Of any unit and tax system (CRM-2-a); the view is of one customer, whom its address names."""
    return readable_by(desk.user).filter(customer__isnull=False).submitted()


_QUEUE = ("customer", "number", "triplet", "status", "team", "left", "opened", "flags")
_HELD = ("customer", "number", "triplet", "status", "left", "opened", "updated", "flags")
_STOCK = ("customer", "number", "triplet", "status", "team", "owner", "left", "opened", "flags")

# In the order of the menu; the first that an employee has is where he starts. V1 to V10 are the table's own numbers.
VIEWS: Sequence[View] = (
    View(  # V9
        "head_team_queue",
        _("Inquiries of the head team"),
        _("Head team's queue"),
        "inbox",
        frozenset({Role.HEAD_TEAM_MEMBER}),
        _head_team_queue,
        ("customer", "number", "reason", "triplet", "status", "left", "opened", "flags"),
        statuses=WAITING_FOR_TEAM,
    ),
    View(  # V1
        "team_waiting",
        _("Inquiries waiting for my team's treatment"),
        _("Waiting for my team"),
        "inbox",
        HANDLERS,
        _team_waiting,
        _QUEUE,
        statuses=WAITING_FOR_TEAM,
    ),
    View(  # V2
        "team_waiting_offices",
        _("Inquiries waiting for my team's treatment - offices"),
        _("Waiting for my team - offices"),
        "inbox",
        OFFICE_ROLES,
        _team_waiting_offices,
        _QUEUE,
        statuses=WAITING_FOR_TEAM,
    ),
    View(  # V3
        "team_in_treatment_offices",
        _("Inquiries in treatment of a user of my team - offices"),
        _("In treatment in my team - offices"),
        "users",
        SUPERVISORS,
        _team_in_treatment_offices,
        ("owner", "customer", "number", "triplet", "status", "left", "opened", "flags"),
        order="owner",
        statuses=ACTIVE_ORDER,
    ),
    View(  # V5
        "my_inquiries",
        _("My inquiries"),
        _("My inquiries"),
        "user",
        HANDLERS,
        _my_inquiries,
        _HELD,
        statuses=(Status.IN_TREATMENT, Status.INFO_ARRIVED, Status.WAITING_CUSTOMER),
    ),
    View(  # V6
        "waiting_customer_unit",
        _("Waiting for the customer in my unit"),
        _("Waiting for the customer"),
        "clock",
        SUPERVISORS,
        _waiting_customer_unit,
        ("customer", "number", "triplet", "waiting", "team", "owner", "opened", "flags"),
        order="waiting",
        statuses=(Status.WAITING_CUSTOMER,),
    ),
    View(  # V7
        "many_messages",
        _("Many messages"),
        _("Many messages"),
        "chat",
        HANDLERS,
        _many_messages,
        ("customer", "number", "messages", "triplet", "status", "team", "owner", "left", "opened"),
        statuses=ACTIVE_ORDER,
    ),
    View(  # V4
        "unit_all",
        _("All inquiries of my business unit"),
        _("All inquiries of the business unit"),
        "grid",
        HANDLERS | {Role.VIEWER},
        _unit_all,
        _STOCK,
        order="-opened",
    ),
    View(  # V10
        "all_inquiries",
        _("All inquiries"),
        _("All inquiries"),
        "grid",
        OVERSEERS,
        _everything,
        _STOCK,
        order="-opened",
        is_wide=True,
    ),
    View(  # V8
        "customer_all",
        _("Inquiries of the customer"),
        _("Inquiries of the customer"),
        "user",
        VIEWERS,
        _customer_all,
        ("number", "triplet", "status", "team", "owner", "left", "opened", "flags"),
        order="-opened",
        is_wide=True,
        is_listed=False,
    ),
)


def views_of(user: User) -> list[View]:
    """The views this employee's roles give him; the first is where he starts."""
    return [view for view in VIEWS if view.is_listed and view.is_for(user)]


def view_of(user: User, key: str) -> View | None:
    """The view of this key; none when it does not exist or no role of the user has it (CRM-3.1-a)."""
    return next((view for view in VIEWS if view.key == key and view.is_for(user)), None)


def widest_of(user: User) -> View | None:
    """The view that reaches furthest: what charts count, and where the search box leads."""
    wide = {view.key: view for view in views_of(user)}
    return wide.get("all_inquiries") or wide.get("unit_all")


def counts_for(user: User) -> dict[str, int]:
    """How many inquiries each listed view of the employee has; asked once for a request's user."""
    counts: dict[str, int] | None = user.__dict__.get("_view_counts")
    if counts is None:
        counts = user.__dict__["_view_counts"] = counts_of(Desk.of(user), views_of(user))
    return counts


class _Count(Subquery):
    """How many rows a query has, as one value of another query."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counts_of(desk: Desk, views: Sequence[View], extra: Q | None = None) -> dict[str, int]:
    """How many rows each view has (counted to `COUNTED_TO` and one more), in one query."""
    return bounded_counts(desk.user, {view.key: view.rows(desk).filter(extra or Q()) for view in views})


def bounded_counts(user: User, lists: Mapping[str, QuerySet[Inquiry]]) -> dict[str, int]:
    """How long each list is, up to `COUNTED_TO` and one more, in one query."""
    return whole_counts(user, {key: rows.order_by()[: COUNTED_TO + 1] for key, rows in lists.items()})


def whole_counts(user: User, lists: Mapping[str, QuerySet[Inquiry]]) -> dict[str, int]:
    """How long each list is, in one query."""
    if not lists:
        return {}
    counts = {key: _Count(rows.values("pk")) for key, rows in lists.items()}
    [row] = User.objects.filter(pk=user.pk).values_list(*counts.values())
    return dict(zip(counts, row, strict=True))
