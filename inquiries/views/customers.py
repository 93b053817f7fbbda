"""The customer file (screen E12), and the contact details, which no employee writes (screen E8)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from ..forms.customer_files import CustomerInquiriesForm
from ..rules.access import Action
from ..selectors.customer_files import (
    file_of,
    inquiries_of,
    narrowed_to,
    outside_lists,
    registered_address,
)
from ..selectors.pages import Cursor, Order, page_of, total_of
from ..services import customer_files
from .inquiry import found, show
from .who import user_of

COLUMNS = ("number", "triplet", "status", "team", "owner", "opened")
LIST_FIELDS = ("triplet__tax_system", "handling_unit", "handling_team", "owner", "channel")


@require_GET
@may(Action.VIEW_CUSTOMER_FILE)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a customer file with one page of his inquiries."""
    user, now = user_of(request), timezone.now()
    try:
        customer = customer_files.view(customer_id=pk, by=user, at=now)
    except Refused as refused:
        raise Http404 from refused
    everything = inquiries_of(user, customer)
    form = CustomerInquiriesForm(request.GET, inquiries=everything)
    if not form.is_valid():
        note_refused(request, form, now, target=("customer", customer.pk))
    listed = narrowed_to(everything, form.wanted)
    order = Order.parse(request.GET.get("sort", ""), "-opened")
    cursor = Cursor.parse(request.GET["after"], order) if "after" in request.GET else None
    rows = page_of(listed, order, cursor, drawn=lambda few: few.select_related(*LIST_FIELDS))
    outside = outside_lists(user, rows.rows)
    context = {
        "customer": customer,
        "columns": COLUMNS,
        "form": form,
        "page": rows,
        "rows": [(inquiry, inquiry.pk in outside) for inquiry in rows.rows],
        "order": order,
        "total": total_of(listed),
    }
    if not pages.wants_fragment(request):
        address, answered = registered_address(customer, by=user, at=now)
        context |= {
            "file": file_of(customer, today=timezone.localdate(now)),
            "address": address,
            "register_answered": answered,
            "active": everything.filter(closed_at=None).count(),
        }
    return pages.show(
        request,
        "inquiries/customer.html",
        context,
        fragment="inquiries/_customer_inquiries.html",
        status=200 if form.is_valid() else 422,
    )


@may(Action.VIEW)
def contact(request: HttpRequest, number: str) -> HttpResponseBase:
    """Lead to the tab of contact details; whatever would change them is refused."""
    inquiry = found(request, number)
    if request.method in ("GET", "HEAD"):
        return redirect(f"{reverse('inquiries:inquiry', args=[number])}?tab=contact")
    try:
        customer_files.change_contact(customer_id=inquiry.customer_id, by=user_of(request), at=timezone.now())
    except Refused as refused:
        request.method = "GET"  # the page is drawn as it is
        response = show(request, inquiry, tab="contact", status=HTTP_STATUS[Code.READ_ONLY], refused=sentences(refused))
    response["Allow"] = "GET, HEAD"
    return response
