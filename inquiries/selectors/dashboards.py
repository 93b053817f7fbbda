"""A dashboard for each security role: its lists, charts, figures and what it is told to look at (CRM-3.1-a)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from crm_portal.people.labels import ROLE
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from .named_charts import Chart, chart_of
from .views import View, view_of


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What one role begins the day with. `whole`: the view whose rows its figures and charts count."""

    whole: str  # empty: reports only, no records (4.2, `bi_analyst`)
    widgets: Sequence[str]
    charts: Sequence[str]
    figures: Sequence[str]
    attention: Sequence[str] = ()

    def views_for(self, user: User) -> list[View]:
        """Its lists, as far as a role of the user has them."""
        return [view for key in self.widgets if (view := view_of(user, key)) is not None]

    def charts_for(self, user: User) -> list[Chart]:
        return [chart for key in self.charts if (chart := chart_of(user, key)) is not None]


_PERSONAL = ("mine_over", "queue_over", "mine_soon", "mine_unread", "queue_unread", "many_messages")
_UNIT = ("over_unheld", "due_today", "absent", "many_messages", "queue_unread")
_WORKER = Dashboard(
    "unit_all", ("team_waiting", "my_inquiries"), ("status",), ("waiting", "mine", "over", "arrived"), _PERSONAL
)
_OFFICE_WORKER = Dashboard(
    "unit_all", ("team_waiting_offices", "my_inquiries"), ("status",), ("waiting", "mine", "over", "arrived"), _PERSONAL
)
_SUPERVISOR = Dashboard(
    "unit_all",
    ("team_waiting_offices", "team_in_treatment_offices", "waiting_customer_unit"),
    ("age", "employee", "status", "triplet"),
    ("open", "over", "waiting", "arrived", "handled"),
    _UNIT,
)
_MANAGER = Dashboard(
    "unit_all",
    ("team_in_treatment_offices", "waiting_customer_unit"),
    ("age", "employee", "status", "triplet", "channel"),
    ("open", "over", "arrived", "handled"),
    _UNIT,
)
DASHBOARDS: Mapping[Role, Dashboard] = MappingProxyType(
    {
        Role.OFFICE_MANAGER: _MANAGER,
        Role.DEPUTY_MANAGER: _MANAGER,
        Role.CRM_TRUSTEE: _SUPERVISOR,
        Role.COORDINATOR: _SUPERVISOR,
        Role.HANDLER: _OFFICE_WORKER,
        Role.INFO_CENTRE_OPERATOR: _WORKER,
        Role.NATIONAL_UNIT_HANDLER: _WORKER,
        Role.HQ_PROFESSIONAL: _WORKER,
        Role.HEAD_TEAM_MEMBER: Dashboard(
            "all_inquiries",
            ("head_team_queue", "my_inquiries"),
            ("age", "triplet", "status"),
            ("queue", "mine", "over", "arrived"),
            ("head_over", "head_fallback", "mine_over", "mine_unread", "all_fallback"),
        ),
        Role.CRM_ADMIN: Dashboard(
            "all_inquiries",
            ("all_inquiries",),
            ("age", "status", "triplet"),
            ("open", "over", "arrived", "handled"),
            ("all_over", "all_unheld", "all_fallback"),
        ),
        Role.AUDITOR: Dashboard(
            "all_inquiries", ("all_inquiries",), ("status",), ("open", "over", "arrived"), ("all_over", "all_fallback")
        ),
        Role.VIEWER: Dashboard("unit_all", ("unit_all",), ("status",), ("open", "over", "arrived"), ("due_today",)),
        Role.BI_ANALYST: Dashboard("", (), ("channel", "status"), ("open", "over", "arrived", "handled")),
    }
)
_WORDS = {str(code): words for code, words in ROLE}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The dashboard that is shown, and the others this user may switch to."""

    role: Role
    dashboard: Dashboard
    others: Sequence[tuple[str, str]]  # all of them, as (code, words); the shown one too


def dashboards_of(user: User) -> list[Role]:
    """The roles of the user that have a dashboard, the widest reach first."""
    return [role for role in DASHBOARDS if role in user.roles]


def chosen_for(user: User, asked: str) -> Chosen | None:
    """The dashboard asked for, else the first; none without a role that has one, or for a role not held."""
    roles = dashboards_of(user)
    if not roles or (asked and asked not in roles):
        return None
    role = Role(asked) if asked else roles[0]
    return Chosen(role, DASHBOARDS[role], [(one.value, str(_WORDS[one.value])) for one in roles])
