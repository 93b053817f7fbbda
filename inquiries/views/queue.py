"""A view as a full screen: search, filters, sort, pages, charts (screen E2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services import recording
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.figures import day
from crm_portal.ui.forms import note_refused

from .. import labels
from ..forms.filters import AGE, FilterForm
from ..rules.access import Action
from ..selectors.charts import charts_of
from ..selectors.filters import choices_for, narrowed
from ..selectors.meters import meters_of
from ..selectors.moments import Moment
from ..selectors.pages import COUNTED_TO, Cursor, Order, page_of, total_of
from ..selectors.search import matching
from ..selectors.views import Desk, view_of, views_of
from .who import user_of

PLACE_KEYS = ("after", "place")  # of the address: where in the list, not what is in it
LIST_FIELDS = ("customer", "triplet__tax_system", "handling_team", "owner")
NOT_LISTED = ("description", "proposed_solution", "representation")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    words: str
    address: str


@require_GET
@may(Action.VIEW_LISTS)
def start(request: HttpRequest) -> HttpResponseBase:
    """Go to the view this employee's work begins in."""
    views = views_of(user_of(request))
    if not views:
        raise Http404
    return redirect("inquiries:view", views[0].key)


@require_GET
@may(Action.VIEW_LISTS)
def view(request: HttpRequest, key: str) -> HttpResponse:
    """Show one page of a view."""
    user = user_of(request)
    view = view_of(user, key)
    if view is None:
        raise Http404
    now, desk = Moment.of(timezone.now()), Desk.of(user)
    form = FilterForm(request.GET, view=view, choices=choices_for(desk))
    if not form.is_valid():
        note_refused(request, form, now.at, target=("view", view.key))
    everything = view.rows(desk)
    listed = matching(narrowed(everything, form.filters, now), form.term)
    if form.has_error("q"):
        listed = listed.none()
    order = Order.parse(request.GET.get("sort", ""), view.order)
    cursor = Cursor.parse(request.GET["after"], order) if "after" in request.GET else None
    page = page_of(listed.select_related(*LIST_FIELDS).defer(*NOT_LISTED), order, cursor)
    if form.term is not None and cursor is None:
        recording.record(
            "inquiry.search", by=user, at=now.at, target_type="view", target_id=view.key, outcome=Outcome.READ,
            after={"term": form.cleaned_data["q"], "found": len(page.rows)},
        )  # fmt: skip
    meters = meters_of(page.rows, now)
    context = {
        "view": view,
        "form": form,
        "page": page,
        "rows": [(inquiry, meters[inquiry.pk]) for inquiry in page.rows],
        "order": order,
        "total": total_of(listed),
        "counted_to": COUNTED_TO,
        "chips": chips(request.GET, form),
        "return_to": request.get_full_path(),
        "acts": user.may(Action.ASSIGN),
        "now": now.at,
    }
    if not pages.wants_fragment(request):
        context |= {
            "opens": user.may(Action.OPEN_MANUALLY),
            "views": views_of(user),
            "counts": desk.counts,
            "charts": charts_of(everything, now),
            "age_labels": dict(AGE),
            "status_labels": dict(labels.STATUS),
        }
    return pages.show(
        request,
        "inquiries/queue.html",
        context,
        fragment="inquiries/_list.html",
        status=200 if form.is_valid() else 422,
    )


def chips(params: QueryDict, form: FilterForm) -> list[Chip]:
    """The filters that are on, in the form's order."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if not value or name == "q":
            continue
        names: Mapping[str, Any] = {str(code): words for code, words in getattr(field, "choices", ())}
        values = value if isinstance(value, list) else [value]
        words = ", ".join(str(names.get(str(one), one)) for one in values)
        if isinstance(value, date | bool):
            words = day(value) if isinstance(value, date) else ""
        found.append(Chip(str(field.label), words, _without(params, name)))
    return found


def _without(params: QueryDict, *names: str) -> str:
    rest = params.copy()
    for name in (*names, *PLACE_KEYS):
        rest.pop(name, None)
    return f"?{rest.urlencode()}"
