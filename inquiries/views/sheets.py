"""What is put on paper: the inquiry itself ("הדפס"), and its summary report ("הפעל דוח"); CRM-2.2.8-b."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.people.permissions import may
from routing.selectors.explaining import explain

from ..rules.access import Action
from ..selectors.inquiry_pages import messages_of
from ..selectors.moments import Moment
from ..selectors.summaries import summary_of
from .inquiry import clock_context, found
from .who import user_of


@require_GET
@may(Action.VIEW)
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """Show an inquiry for printing: what the page shows, without its tools."""
    inquiry, user, now = found(request, number), user_of(request), Moment.of(timezone.now())
    record_read("inquiry.print", by=user, at=now.at, target=inquiry)
    context = {"inquiry": inquiry, "messages_list": messages_of(inquiry), **clock_context(inquiry, now)}
    return render(request, "inquiries/print.html", context)


@require_GET
@may(Action.VIEW)
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Run the summary report of an inquiry: where its time went, and what was done on it."""
    inquiry, user, now = found(request, number), user_of(request), Moment.of(timezone.now())
    record_read("inquiry.report", by=user, at=now.at, target=inquiry)
    decision = inquiry.routing_decision
    context = {
        "inquiry": inquiry,
        "heading": _("Summary report of the inquiry"),
        "summary": summary_of(inquiry, now),
        "explanation": explain(decision) if decision is not None and user.may(Action.VIEW_ROUTING) else None,
        **clock_context(inquiry, now),
    }
    return render(request, "inquiries/report.html", context)
