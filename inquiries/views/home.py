"""The dashboard of each role: figures, what needs attention, charts, and lists that can only be sorted (screen E1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.errors import HTTP_STATUS, Code, Refusal, refuse
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.sentences import sentence
from crm_portal.ui.forms import note_refused

from ..forms.filters import FilterForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.attention import attention_of
from ..selectors.dashboards import Dashboard, chosen_for
from ..selectors.desks import Desk
from ..selectors.figures import Board, Figure, figures_of
from ..selectors.moments import Moment
from ..selectors.named_charts import PERIODS, Span, base_of, units_in_scope
from ..selectors.pages import Order, page_of
from ..selectors.views import View
from .drawings import Drawing, address, draw, spark, title_of
from .lists import presented, with_all_it_shows
from .who import user_of

ROWS = 6  # of each list
FILTERS = frozenset(FilterForm.base_fields) - {"unit"}  # the unit is chosen for the whole dashboard


@dataclass(frozen=True, slots=True)
class Widget:
    """The first rows of a view; it can be sorted, and filtered only in the full view (CRM-3.2-a)."""

    view: View
    order: Order
    rows: Sequence[tuple[Inquiry, Any]]
    ages: Mapping[int, int]
    reasons: Mapping[int, Any]
    columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """What one dashboard shows, as far as this user may see it."""

    whole: View | None
    span: Span
    board: Board
    drawings: Sequence[Drawing]


@require_GET
@may(Action.VIEW_DASHBOARD)
def home(request: HttpRequest) -> HttpResponse:
    """Show the employee what waits for him, in the role he chose."""
    user, now = user_of(request), Moment.of(timezone.now())
    chosen = chosen_for(user, request.GET.get("role", ""))
    if chosen is None:
        raise Http404
    if refused := sorted(FILTERS & set(request.GET)):
        note_refused(request, refuse(Code.FILTER_ONLY_IN_FULL_VIEW, *refused, clause="CRM-3.2-a"), now.at)
    dashboard, units = chosen.dashboard, units_in_scope(user, chosen.dashboard.whole)
    unit = next((pk for pk, _name in units if str(pk) == request.GET.get("unit")), None)
    scene = scene_of(user, dashboard, Span.of(request.GET.get("period", ""), unit, now), now)
    context = {
        "chosen": chosen,
        "units": units if len(units) > 1 else [],
        "span": scene.span,
        "periods": list(PERIODS),
        "figures": [(one, address(one.view, one.params), spark(one.spark)) for one in figures(scene, dashboard)],
        "attention": [
            (title_of(one.matter.key), one, address(one.view.key, one.matter.params))
            for one in attention_of(user, dashboard.attention, now)
        ],
        "drawings": scene.drawings,
        "widgets": [widget(request, view, user, now) for view in dashboard.views_for(user)],
        "refusal": sentence(Refusal(Code.FILTER_ONLY_IN_FULL_VIEW)) if refused else "",
        "now": now.at,
    }
    status = HTTP_STATUS[Code.FILTER_ONLY_IN_FULL_VIEW] if refused else 200
    return render(request, "inquiries/home.html", context, status=status)


def scene_of(user: User, dashboard: Dashboard, span: Span, now: Moment) -> Scene:
    """The figures' rows and the charts of a dashboard; an analyst counts what he may not open (4.2)."""
    whole, rows = base_of(user, dashboard.whole)
    drawings = []
    for chart in dashboard.charts_for(user):
        view, counted = base_of(user, chart.view) if chart.view else (whole, rows)
        drawings.append(draw(chart, chart.count(counted, span, now), view.key if view is not None else ""))
    board = Board(user, whole.key if whole is not None else "", span.in_unit(rows, now), span.unit_params, now)
    return Scene(whole, span, board, drawings)


def figures(scene: Scene, dashboard: Dashboard) -> list[Figure]:
    return figures_of(scene.board, dashboard.figures)


def widget(request: HttpRequest, view: View, user: User, now: Moment) -> Widget:
    order = Order.parse(request.GET.get(f"sort_{view.key}", ""), view.order)
    page = page_of(view.rows(Desk.of(user)), order, size=ROWS, drawn=with_all_it_shows)
    columns = [column for column in view.columns if column not in ("flags", "updated")][:6]
    return Widget(view, order, columns=columns, **presented(page.rows, now, columns))
