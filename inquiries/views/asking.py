"""A general question, without signing in: no personal data, and the answer goes to the contact given (CRM-2.2.1-b)."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import Code, Refused, refuse
from crm_portal.people import lockout
from crm_portal.people.permissions import public
from crm_portal.ui.forms import explain, note_refused
from routing.models import Triplet
from routing.models.topics import TripletQuerySet

from ..forms.portal import GeneralQuestionForm, TopicsForm, new_key
from ..models import Inquiry
from ..services import opening
from ..services.opening import Contact

ASKED = "asked"  # in the session: the number that was given
WITHIN = timedelta(hours=1)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask; who has an account is led to a new inquiry of his own."""
    if request.user.is_authenticated:
        return redirect("ui:home")
    if request.method == "GET":
        return _show(request, GeneralQuestionForm(triplets=_triplets(), initial={"submission_key": new_key()}))
    if "refine" in request.POST:  # without JavaScript: a level was chosen; nothing is sent yet
        return _show(request, GeneralQuestionForm(triplets=_triplets(), initial=request.POST.dict()))
    form = GeneralQuestionForm(request.POST, triplets=_triplets())
    at = timezone.now()
    if form.is_valid():
        try:
            inquiry = _open(request, form)
        except Refused as refused:
            explain(form, refused, {"triplet": form.open_level, "contact": "email", "contact_name": "name"})
            note_refused(request, refused, at)
        else:
            request.session[ASKED] = inquiry.number
            return redirect("personal:asked")
    else:
        note_refused(request, form, at)
    return _show(request, form, status=422)


@public
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """Offer the levels below the one just chosen (HTMX)."""
    form = TopicsForm(triplets=_triplets(), initial=request.GET.dict())
    return render(request, "inquiries/portal/_topics.html", {"form": form, "is_general": True})


@public
@never_cache
@require_GET
def sent(request: HttpRequest) -> HttpResponseBase:
    """Tell the number of the question just asked."""
    number = request.session.get(ASKED)
    if number is None:
        return redirect("personal:ask")
    return render(request, "inquiries/portal/asked.html", {"number": number})


def _open(request: HttpRequest, form: GeneralQuestionForm) -> Inquiry:
    given = form.cleaned_data
    if form.levels_disagree:
        raise refuse(Code.TRIPLET_INVALID, "triplet", clause="CRM-4.1-b")
    _not_too_many(request)
    return opening.open_by_customer(
        by=None,
        at=timezone.now(),
        triplet_id=given["triplet"],
        description=given["description"],
        tax_year=given["tax_year"],
        submission_key=given["submission_key"],
        contact=Contact(given["name"], given["email"], given["phone"], language=get_language() or ""),
        team_id=request.POST.get("team"),
        unit_id=request.POST.get("unit"),
    )


def _not_too_many(request: HttpRequest) -> None:
    """Nobody is known here, so an address of the network is held to so many questions an hour."""
    key = f"general-question:{lockout.address_of(request)}"
    cache.add(key, 0, WITHIN.total_seconds())
    if cache.incr(key) > settings.GENERAL_QUESTIONS_PER_HOUR:
        raise refuse(Code.TOO_MANY_ATTEMPTS, minutes=int(WITHIN.total_seconds() // 60))


def _triplets() -> TripletQuerySet:
    """The general subjects: those that need no identification."""
    return Triplet.objects.for_customers().select_related("tax_system").filter(requires_identification=False)


def _show(request: HttpRequest, form: GeneralQuestionForm, status: int = 200) -> HttpResponse:
    return render(request, "inquiries/portal/ask.html", {"form": form, "is_general": True}, status=status)
