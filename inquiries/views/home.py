"""The first page of an employee: what waits, the oldest first, and what is late (screen E1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.errors import HTTP_STATUS, Code, Refusal, refuse
from crm_portal.people.permissions import may
from crm_portal.sentences import sentence
from crm_portal.ui.forms import note_refused

from .. import labels
from ..forms.filters import FilterForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.charts import charts_of
from ..selectors.meters import Meter, Sla, in_state, meters_of
from ..selectors.moments import Moment
from ..selectors.pages import Order, page_of
from ..selectors.views import Desk, View, counts_of, views_of
from .queue import LIST_FIELDS, NOT_LISTED
from .who import user_of

WIDGETS = ("team_waiting", "my_inquiries")  # the lists shown here, each with its first rows
ROWS = 8
COLUMNS = ("customer", "number", "triplet", "status", "left", "opened")
FILTERS = frozenset(FilterForm.base_fields)


@dataclass(frozen=True, slots=True)
class Widget:
    """The first rows of a view; it can be sorted, and filtered only in the full view (CRM-3.2-a)."""

    view: View
    order: Order
    rows: Sequence[tuple[Inquiry, Meter]]


@dataclass(frozen=True, slots=True)
class Tile:
    """How many inquiries a view has, and how many of them are late or soon will be."""

    view: View
    count: int
    over: int
    soon: int


@require_GET
@may(Action.VIEW_LISTS)
def home(request: HttpRequest) -> HttpResponse:
    """Show the employee what waits for him."""
    user, now = user_of(request), Moment.of(timezone.now())
    views = views_of(user)
    if not views:
        raise Http404
    if refused := sorted(FILTERS & set(request.GET)):
        note_refused(request, refuse(Code.FILTER_ONLY_IN_FULL_VIEW, *refused, clause="CRM-3.2-a"), now.at)
    desk = Desk.of(user)
    over, soon = (counts_of(desk, views, in_state(state, now)) for state in (Sla.OVER, Sla.SOON))
    whole = next((view for view in views if view.key == "unit_all"), None)
    context = {
        "tiles": [Tile(view, desk.counts[view.key], over[view.key], soon[view.key]) for view in views],
        "widgets": [_widget(request, view, desk, now) for view in views if view.key in WIDGETS],
        "columns": COLUMNS,
        "whole": whole,
        "charts": charts_of(whole.rows(desk), now) if whole else None,
        "status_labels": dict(labels.STATUS),
        "refusal": sentence(Refusal(Code.FILTER_ONLY_IN_FULL_VIEW)) if refused else "",
        "now": now.at,
    }
    status = HTTP_STATUS[Code.FILTER_ONLY_IN_FULL_VIEW] if refused else 200
    return render(request, "inquiries/home.html", context, status=status)


def _widget(request: HttpRequest, view: View, desk: Desk, now: Moment) -> Widget:
    order = Order.parse(request.GET.get(f"sort_{view.key}", ""), "opened")
    rows = view.rows(desk).select_related(*LIST_FIELDS).defer(*NOT_LISTED)
    page = page_of(rows, order, size=ROWS)
    meters = meters_of(page.rows, now)
    return Widget(view, order, [(inquiry, meters[inquiry.pk]) for inquiry in page.rows])
