"""Closing several similar inquiries with one answer (screen E13)."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crm_portal.errors import Code, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.closing_together import CloseTogetherForm
from ..rules.access import Action
from ..selectors.related import related_to
from ..services import closing_together
from .handling import both
from .inquiry import found, show
from .who import user_of


@both
@may(Action.CLOSE_TOGETHER)
def close(request: HttpRequest, number: str) -> HttpResponseBase:
    """Answer and close this inquiry, and the marked similar ones along with it."""
    inquiry, user, now = found(request, number), user_of(request), timezone.now()
    if request.method == "GET":
        return redirect(f"{reverse('inquiries:inquiry', args=[number])}?tab=related")
    form = CloseTogetherForm(request.POST, inquiry=inquiry, related=related_to(user, inquiry), auto_id="together_%s")
    if not form.is_valid():
        note_refused(request, form, now, target=("inquiry", inquiry.pk))
        return show(request, inquiry, tab="related", status=422, together_form=form)
    given = form.cleaned_data
    try:
        outcomes = closing_together.close_together(
            inquiry_id=inquiry.pk,
            other_ids=given["others"],
            by=user,
            at=now,
            version=given["version"],
            reply=given.get("reply", ""),
            proposed_solution=given["proposed_solution"],
            verdict=given.get("verdict", ""),
            verdicts=form.verdicts,
            confirm_representation=given["confirm_representation"],
            confirm_thin_reply=given["confirm_thin_reply"],
        )
    except Refused as refused:
        explain(form, refused, {"triplet_validation": "verdict", "triplet": "verdict"})
        inquiry = found(request, number)
        form.data = request.POST.copy()
        form.data["version"] = str(inquiry.version)
        stale = refused.code == Code.STALE_VERSION
        return show(request, inquiry, tab="related", status=422, stale=stale, together_form=form)
    closed = sum(outcome.ok for outcome in outcomes)
    said = ngettext("One inquiry was closed.", "%(n)s inquiries were closed.", closed) % {"n": closed}
    if closed == len(outcomes):
        return pages.done(request, said, to=reverse("inquiries:inquiry", args=[number]))
    reasons = [(one.number, sentences(one.refusal)) for one in outcomes if one.refusal is not None]
    return show(request, found(request, number), tab="related", done=said, not_closed=reasons)
