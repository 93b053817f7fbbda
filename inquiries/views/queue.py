"""A view as a full screen: search, filters, sort, pages, charts (screen E2)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services import recording
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from .. import labels
from ..forms.filters import AGE, FilterForm
from ..rules.access import Action
from ..selectors.charts import charts_of
from ..selectors.filters import choices_for, narrowed
from ..selectors.moments import Moment
from ..selectors.pages import COUNTED_TO, Cursor, Order, page_of, total_of
from ..selectors.saved import saved_views_of
from ..selectors.search import Search
from ..selectors.views import Desk, counts_for, view_of, views_of
from .chips import chips, without
from .lists import presented, with_all_it_shows
from .who import user_of


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
    if view is None or (not view.is_listed and not request.GET.get("customer")):
        raise Http404
    now, desk = Moment.of(timezone.now()), Desk.of(user)
    form = FilterForm(request.GET, view=view, choices=choices_for(desk, everywhere=view.is_wide))
    if not form.is_valid():
        note_refused(request, form, now.at, target=("view", view.key))
    everything = view.rows(desk)
    if not view.is_listed:
        everything = everything.filter(customer=form.cleaned_data.get("customer") or 0)
    inside = narrowed(everything, form.filters, now)
    if form.has_error("q"):
        inside = inside.none()
    search = Search.of(form.term)
    order = Order.parse(request.GET.get("sort", ""), view.order)
    cursor = Cursor.parse(request.GET["after"], order) if "after" in request.GET else None
    page = page_of(search.among(inside), order, cursor, drawn=with_all_it_shows)
    if not view.is_listed and form.cleaned_data.get("customer") and cursor is None:  # V8: a read of his file (CRM-2-b)
        customer = str(form.cleaned_data["customer"])
        recording.record_read("customer.view", by=user, at=now.at, target_type="customer", target_id=customer)
    if form.term is not None and cursor is None:
        recording.record(
            "inquiry.search", by=user, at=now.at, target_type="view", target_id=view.key, outcome=Outcome.READ,
            after={"term": form.cleaned_data["q"], "found": len(page.rows)},
        )  # fmt: skip
    context = {
        "view": view,
        "form": form,
        "page": page,
        **presented(page.rows, now, view.columns),
        "order": order,
        "total": total_of(search.counted_among(inside)),
        "counted_to": COUNTED_TO,
        "chips": chips(request.GET, form),
        "cleared": without(request.GET, *form.fields.keys() - {"q", "customer"}),
        "narrowing": without(request.GET).removeprefix("?"),
        "return_to": request.get_full_path(),
        "acts": user.may(Action.ASSIGN),
        "now": now.at,
    }
    if not pages.wants_fragment(request):
        context |= {
            "opens": user.may(Action.OPEN_MANUALLY),
            "views": views_of(user),
            "counts": {view.key: total_of(everything), **counts_for(user)} if not view.is_listed else counts_for(user),
            "saved_views": saved_views_of(user),
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
