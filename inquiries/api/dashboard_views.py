"""Dashboards and charts for programs: the figures of the pages, with the addresses behind them."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm_portal.audit.services.forms import record_once
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..forms.filters import FilterForm
from ..rules.access import Action
from ..selectors.dashboards import Chosen, chosen_for
from ..selectors.desks import Desk
from ..selectors.figures import Board, figures_of
from ..selectors.moments import Moment
from ..selectors.named_charts import Params, Span, base_of, chart_of, unit_in_scope
from ..selectors.pages import Order, page_of
from ..selectors.views import counts_for
from .addresses import address
from .list_serializers import ChartOutput, DashboardOutput, WidgetOutput, rows
from .list_views import listed_with, user_of, view_for

ROWS = 8
FILTERS = frozenset(FilterForm.base_fields) | {"search"}
_ROLE = OpenApiParameter("role", description="One of the user's roles; without it the widest.")
_SPAN = [
    OpenApiParameter("period", description="The last days: 7, 30, 90 or 365.", enum=["7", "30", "90", "365"]),
    OpenApiParameter("unit", OpenApiTypes.INT, description="One business unit in scope."),
]


def chosen(request: Request) -> Chosen:
    found = chosen_for(user_of(request), request.query_params.get("role", ""))
    if found is None:
        raise Http404
    return found


class MyDashboard(APIView):
    """The dashboard of the user, in the role asked for."""

    required_action = Action.VIEW_DASHBOARD

    @extend_schema(operation_id="dashboards_me", parameters=[_ROLE, *_SPAN], responses=DashboardOutput)
    def get(self, request: Request) -> Response:
        user, now, mine = user_of(request), Moment.of(timezone.now()), chosen(request)
        view, counted = base_of(user, mine.dashboard.whole)
        span = span_of(request, user, mine.dashboard.whole, now)
        board = Board(user, view.key if view is not None else "", span.in_unit(counted, now), span.unit_params, now)
        counts = counts_for(user)
        answer = {
            "role": mine.role.value,
            "roles": [{"code": code, "label": words} for code, words in mine.others],
            "figures": [
                {"key": one.key, "value": one.value, "of": one.of, "change": one.change}
                | {"url": shown(one.view, one.params)}
                for one in figures_of(board, mine.dashboard.figures)
            ],
            "widgets": [
                {"key": one.key, "label": one.label, "count": counts[one.key]} for one in mine.dashboard.views_for(user)
            ],
            "charts": [{"code": one.key, "label": one.label} for one in mine.dashboard.charts_for(user)],
        }
        return Response(DashboardOutput(answer).data)


class Widget(APIView):
    """The first rows of a list on a dashboard; sorted here, filtered only in the full view (CRM-3.2-a)."""

    required_action = Action.VIEW_LISTS

    @extend_schema(operation_id="dashboards_me_widget", parameters=[OpenApiParameter("sort")], responses=WidgetOutput)
    def get(self, request: Request, key: str) -> Response:
        user, now = user_of(request), Moment.of(timezone.now())
        view = view_for(user, key)
        if not view.is_listed:
            raise Http404
        if filters := sorted(FILTERS & set(request.query_params)):
            refused = refuse(Code.FILTER_ONLY_IN_FULL_VIEW, *filters, clause="CRM-3.2-a")
            record_once(Action.VIEW_LISTS, refused, by=user, at=now.at, target_type="view", target_id=view.key)
            raise refused
        order = Order.parse(request.query_params.get("sort", ""), view.order)
        page = page_of(view.rows(Desk.of(user)), order, size=ROWS, drawn=listed_with)
        answer = {
            "key": view.key,
            "label": view.label,
            "sort": str(order),
            "url": address(view.key, {}),
            "results": rows(page.rows, now),
        }
        return Response(WidgetOutput(answer).data)


class OneChart(APIView):
    """One named chart (C1 to C4, and V3 by employee) of the user's scope."""

    required_action = Action.VIEW_DASHBOARD

    @extend_schema(operation_id="charts_retrieve", parameters=[_ROLE, *_SPAN], responses=ChartOutput)
    def get(self, request: Request, key: str) -> Response:
        user, now, mine = user_of(request), Moment.of(timezone.now()), chosen(request)
        chart = chart_of(user, key)
        if chart is None:
            raise Http404
        view, counted = base_of(user, chart.view or mine.dashboard.whole)
        span = span_of(request, user, mine.dashboard.whole, now)
        data, key = chart.count(counted, span, now), view.key if view is not None else ""
        answer = {
            "key": chart.key,
            "label": chart.label,
            "period": span.period,
            "unit": span.unit,
            "total": data.total,
            "url": shown(key, data.params),
            "segments": [
                {
                    "series": one.series,
                    "place": one.place,
                    "label": data.name_of(one.series),
                    "count": one.count,
                    "url": None if one.params is None else shown(key, one.params),
                }
                for one in data.segments
            ],
        }
        return Response(ChartOutput(answer).data)


def span_of(request: Request, user: User, whole: str, now: Moment) -> Span:
    unit = unit_in_scope(user, whole, request.query_params.get("unit", ""))
    return Span.of(request.query_params.get("period", ""), unit, now)


def shown(view: str, params: Params) -> str | None:
    """The address of the list, for whoever may open one."""
    return address(view, params) if view else None
