"""The fund's queue of claims, by the clock that runs out first."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.queue import QueueForm
from ..models import Claim
from ..review_words import QUEUE
from ..rules.access import Action
from ..selectors.queues import COUNTED_TO, QUEUES, claims_in, narrowed, page_of, total_of
from .who import user_of


@require_GET
@may(Action.VIEW)
def start(request: HttpRequest) -> HttpResponseBase:
    """Go to the queue that the reader's work begins in."""
    return redirect("claims:queue", "approval" if user_of(request).may(Action.DECIDE) else "waiting")


@require_GET
@may(Action.VIEW)
def queue(request: HttpRequest, key: str) -> HttpResponse:
    """One page of a queue."""
    if key not in QUEUES:
        raise Http404
    user, today = user_of(request), timezone.localdate()
    form = QueueForm(request.GET)
    narrowing = form.narrowing(today)
    claims = narrowed(claims_in(QUEUES[key], user), **narrowing)
    page = page_of(claims, request.GET.get("after", ""))
    context = {
        "queue": key,
        "queues": [(one, QUEUE[one]) for one in QUEUES if one != "mine" or user.may(Action.REVIEW)],
        "title": QUEUE[key],
        "form": form,
        "page": page,
        "rows": [(claim, _days_left(claim, today)) for claim in page.rows],
        "total": total_of(claims),
        "counted_to": COUNTED_TO,
        "is_narrowed": any(narrowing.values()),
        "kept": _kept(request),
        "exports": user.may(Action.EXPORT),
    }
    status = 200 if form.is_valid() else 422
    return pages.show(request, "compensation/review/queue.html", context, status=status)


def _days_left(claim: Claim, today: date) -> int | None:
    return (claim.decision_due_on - today).days if claim.decision_due_on is not None else None


def _kept(request: HttpRequest) -> str:
    """The narrowing of the address, without its cursor."""
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()
