"""Choosing a response template for a reply or a message, and putting its text there (CRM-2.2.5-a, screen E5)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from ..forms.correspondence import MessageForm
from ..forms.treatment import TreatmentForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.moments import Moment
from ..selectors.templates import filled, offered_on, usable_on
from .inquiry import found, show, treatment_form

NOT_TYPED = ("csrfmiddlewaretoken", "q", "insert")  # the chooser's own
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the page that a template may fill: its field, the form it is in, the tab that shows it."""

    field: str
    form: str
    tab: str


PLACES = {"reply": Place("reply", "treatment_form", ""), "message": Place("text", "message_form", "messages")}
both = require_http_methods(["GET", "POST"])


@both
@may(Action.SEND_MESSAGE)
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Offer the templates that may be used here; what was typed goes along and comes back."""
    inquiry = found(request, number)
    typed = request.POST if request.method == "POST" else request.GET
    term = typed.get("q", "")
    offered = offered_on(inquiry, term=term, closing_reason=typed.get("closing_reason", ""))
    context = {
        "inquiry": inquiry,
        "offered": [(template, filled(template, inquiry)) for template in offered[:SHOWN]],
        "more": len(offered) > SHOWN,
        "term": term,
        "place": place_of(request),
        "typed": pairs(request) if request.method == "POST" else [],
    }
    only_list = getattr(request, "htmx", None) and request.htmx.target == "offered"  # type: ignore[attr-defined]
    fragment = "inquiries/_templates_offered.html" if only_list else "inquiries/_templates_dialog.html"
    return pages.show(request, "inquiries/choose_template.html", context, fragment=fragment)


@both
@may(Action.SEND_MESSAGE)
def insert(request: HttpRequest, number: str) -> HttpResponseBase:
    """Put a template's text into the field, after what was typed there; without one, only take its mark away."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    place = PLACES[place_of(request)]
    typed = dict(pairs(request))
    refused: Refused | None = None
    template = None
    if chosen := request.POST.get("insert", ""):
        template = usable_on(inquiry).filter(pk=chosen).first() if chosen.isdecimal() else None
        if template is None:
            refused = refuse(Code.TEMPLATE_NOT_APPROVED, "template", clause="CRM-2.2.5-b")
            note_refused(request, refused, timezone.now(), target=("inquiry", inquiry.pk))
        else:
            typed[place.field] = joined(typed.get(place.field, ""), filled(template, inquiry))
    typed["template"] = str(template.pk) if template else ""
    form = form_at(place, inquiry, typed)
    said = sentences(refused) if refused else []
    if pages.wants_fragment(request):
        context = {
            "inquiry": inquiry, "bound": form[place.field], "form": form, "place": place_of(request),
            "inserted": template is not None, "refused": said,
        }  # fmt: skip
        return pages.show(request, "inquiries/_reply_field.html", context, status=422 if refused else 200)
    return show(
        request, inquiry, tab=place.tab, status=422 if refused else 200, refused=said, **{place.form: form}
    )  # fmt: skip


def form_at(place: Place, inquiry: Inquiry, typed: dict[str, str]) -> TreatmentForm | MessageForm:
    """The form with what was typed in it; it was not sent yet."""
    if place.form == "message_form":
        return MessageForm(initial=typed, auto_id="message_%s")
    return treatment_form(inquiry, Moment.of(timezone.now()), initial=typed)


def joined(typed: str, text: str) -> str:
    """What stood there stays, above the template's text."""
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def place_of(request: HttpRequest) -> str:
    asked = request.GET.get("for", "")
    return asked if asked in PLACES else "reply"


def pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed in the form the chooser was opened from."""
    return [(name, request.POST.get(name, "")) for name in request.POST if name not in NOT_TYPED]
