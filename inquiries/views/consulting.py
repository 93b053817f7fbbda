"""Consultations: the owner asks, a manager or a referent answers (screen E18, CRM-6.5-b)."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.consulting import AnswerForm, ConsultationForm
from ..models import Consultation
from ..rules.access import Action
from ..selectors.consulting import addressed_to, asked_by, consultants_for, ended_of
from ..selectors.visibility import readable_by
from ..services import consulting
from .inquiry import found, show
from .who import user_of


@require_GET
@may(Action.VIEW)
def consultations(request: HttpRequest) -> HttpResponse:
    """What I am asked, what I asked, and how the latest ended."""
    user = user_of(request)
    lists: dict[str, Sequence[Consultation]] = {
        "to_me": list(addressed_to(user)) if user.may(Action.ANSWER_CONSULTATION) else (),
        "by_me": list(asked_by(user)) if user.may(Action.ASK_CONSULTATION) else (),
        "ended": ended_of(user),
    }
    return render(request, "inquiries/consultations.html", lists)


@require_http_methods(["GET", "POST"])
@may(Action.ASK_CONSULTATION)
def ask(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask before answering."""
    inquiry, user = found(request, number), user_of(request)
    offered = consultants_for(inquiry, besides=user)
    form = ConsultationForm(
        request.POST if request.method == "POST" else None, initial={"version": inquiry.version}, consultants=offered
    )
    if request.method == "POST" and form.is_valid():
        try:
            consulting.ask(inquiry_id=inquiry.pk, by=user, at=timezone.now(), **form.given)
        except Refused as refused:
            explain(form, refused)
        else:
            return pages.done(request, _("The question was sent."), to=reverse("inquiries:inquiry", args=[number]))
    elif request.method == "POST":
        note_refused(request, form, timezone.now(), target=("inquiry", inquiry.pk))
    status = 422 if request.method == "POST" else 200
    return render(request, "inquiries/consult.html", {"inquiry": inquiry, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@may(Action.ANSWER_CONSULTATION)
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer what one was asked; what was typed stays on the page of the inquiry when it is refused."""
    number = _number_of(pk)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    form = AnswerForm(request.POST, of=pk)
    form.is_valid()
    try:
        consulting.answer(
            consultation_id=pk, by=user_of(request), at=timezone.now(), answer=form.cleaned_data.get("answer", "")
        )
    except Refused as refused:
        inquiry = found(request, number)
        if refused.code is Code.FIELD_REQUIRED:
            explain(form, refused)
            return show(request, inquiry, status=422, answer_form=form)
        typed, status = [form.cleaned_data.get("answer", "")], HTTP_STATUS[refused.code]
        return show(request, inquiry, status=status, refused=sentences(refused), typed=typed)
    return pages.done(request, _("The answer was sent."), to=_after(request, number))


@require_http_methods(["GET", "POST"])
@may(Action.ASK_CONSULTATION)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a question back."""
    number = _number_of(pk)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    try:
        consulting.withdraw(consultation_id=pk, by=user_of(request), at=timezone.now())
    except Refused as refused:
        return show(request, found(request, number), status=HTTP_STATUS[refused.code], refused=sentences(refused))
    return pages.done(request, _("The question was taken back."), to=reverse("inquiries:inquiry", args=[number]))


def _number_of(pk: int) -> str:
    """The inquiry's number; whether the person may see it, the service says."""
    number = Consultation.objects.filter(pk=pk).values_list("inquiry__number", flat=True).first()
    if number is None:
        raise Http404
    return number


def _after(request: HttpRequest, number: str) -> str:
    """Who answers goes on to what else waits; another manager stays with the inquiry, while he may still see it."""
    user = user_of(request)
    goes_on = addressed_to(user).exists() or not readable_by(user).filter(number=number).exists()
    return reverse("inquiries:consultations") if goes_on else reverse("inquiries:inquiry", args=[number])
