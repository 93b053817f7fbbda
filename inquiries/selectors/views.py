"""The named views of clause 4.4: what each shows, to whom, in which columns and order. A new view is a row here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models import Inquiry
from ..models.inquiry import InquiryQuerySet
from ..rules.access import HANDLERS, SUPERVISORS
from ..rules.codes import ACTIVE, Status
from .pages import COUNTED_TO
from .visibility import team_ids, unit_ids, visible_to

OFFICE_ROLES = SUPERVISORS | {Role.HANDLER}
_WAITING_FOR_TEAM = (Status.OPEN_TEAM, Status.FORWARDED, Status.INFO_ARRIVED)


class Desk:
    """Where an employee works; asked once, however many views are drawn."""

    def __init__(self, user: User) -> None:
        self.user = user

    @classmethod
    def of(cls, user: User) -> "Desk":
        """The desk of this user; kept with the user object, so that a page and its menu ask once."""
        desk: Desk = user.__dict__.setdefault("desk", cls(user))
        return desk

    @property
    def teams(self) -> frozenset[int]:
        return team_ids(self.user)

    @property
    def units(self) -> frozenset[int]:
        return unit_ids(self.user)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many inquiries each view of the employee has."""
        return counts_of(self, views_of(self.user))

    @cached_property
    def visible(self) -> InquiryQuerySet:
        return visible_to(self.user)


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


def _team_waiting(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(
        handling_team__in=desk.teams, owner=None, status__in=[status.value for status in _WAITING_FOR_TEAM]
    )


def _team_waiting_offices(desk: Desk) -> QuerySet[Inquiry]:
    return _team_waiting(desk).exclude(handling_unit__kind="info_centre")


def _unit_all(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(handling_unit__in=desk.units).submitted()


def _my_inquiries(desk: Desk) -> QuerySet[Inquiry]:
    return desk.visible.filter(owner=desk.user, status__in=[status.value for status in ACTIVE])


VIEWS: Sequence[View] = (
    View(
        "team_waiting",
        _("Inquiries waiting for my team's treatment"),
        _("Waiting for my team"),
        "inbox",
        HANDLERS,
        _team_waiting,
        ("customer", "number", "triplet", "status", "team", "left", "opened"),
        statuses=_WAITING_FOR_TEAM,
    ),
    View(
        "team_waiting_offices",
        _("Inquiries waiting for my team's treatment - offices"),
        _("Waiting for my team - offices"),
        "inbox",
        OFFICE_ROLES,
        _team_waiting_offices,
        ("customer", "number", "triplet", "status", "team", "left", "opened"),
        statuses=_WAITING_FOR_TEAM,
    ),
    View(
        "my_inquiries",
        _("My inquiries"),
        _("My inquiries"),
        "user",
        HANDLERS,
        _my_inquiries,
        ("customer", "number", "triplet", "status", "left", "opened", "updated"),
        statuses=(Status.IN_TREATMENT, Status.INFO_ARRIVED, Status.WAITING_CUSTOMER),
    ),
    View(
        "unit_all",
        _("All inquiries of my business unit"),
        _("All inquiries of the business unit"),
        "grid",
        HANDLERS | {Role.VIEWER},
        _unit_all,
        ("customer", "number", "triplet", "status", "team", "owner", "left", "opened"),
        order="-opened",
    ),
)


def views_of(user: User) -> list[View]:
    """The views this employee's roles give him; the first is where he starts."""
    return [view for view in VIEWS if user.holds(*view.roles)]


def view_of(user: User, key: str) -> View | None:
    """The view of this key; none when it does not exist or no role of the user has it (CRM-3.1-a)."""
    return next((view for view in views_of(user) if view.key == key), None)


class _Count(Subquery):
    """How many rows a query has, as one value of another query."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counts_of(desk: Desk, views: Sequence[View], extra: Q | None = None) -> dict[str, int]:
    """How many rows each view has (counted to `COUNTED_TO` and one more), in one query."""
    if not views:
        return {}
    lists = {view.key: view.rows(desk).filter(extra or Q()) for view in views}
    counts = {key: _Count(rows.order_by().values("pk")[: COUNTED_TO + 1]) for key, rows in lists.items()}
    [row] = User.objects.filter(pk=desk.user.pk).values_list(*counts.values())
    return dict(zip(counts, row, strict=True))
