"""What is done in the representation box of an inquiry: the own-name mark, the check of real estate (E5)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crm_portal.people.permissions import may

from ..forms.representation import OwnNameForm, UnmarkForm
from ..rules.access import Action
from ..selectors.representation import standing_of
from ..services import checking, own_name
from .handling import perform
from .inquiry import found
from .representation_box import check_form


@require_http_methods(["GET", "POST"])
@may(Action.MARK_OWN_NAME)
def mark(request: HttpRequest, number: str) -> HttpResponseBase:
    """Mark that the inquiry concerns another entity."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    form = OwnNameForm(request.POST, auto_id="own_%s")

    def act(**who: Any) -> Promise:
        own_name.mark(concerns_number=form.cleaned_data["concerns_number"], **who)
        return _("The inquiry was marked: it concerns another entity.")

    return perform(request, inquiry, form, act, "own_name_form")


@require_http_methods(["GET", "POST"])
@may(Action.UNMARK_OWN_NAME)
def unmark(request: HttpRequest, number: str) -> HttpResponseBase:
    """Remove a wrong mark."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    form = UnmarkForm(request.POST, auto_id="unmark_%s")

    def act(**who: Any) -> Promise:
        own_name.unmark(removal_reason=form.cleaned_data["removal_reason"], **who)
        return _("The mark was removed.")

    return perform(request, inquiry, form, act, "unmark_form")


@require_http_methods(["GET", "POST"])
@may(Action.CHECK_REPRESENTATION)
def check(request: HttpRequest, number: str) -> HttpResponseBase:
    """Record the representation check."""
    inquiry = found(request, number)
    if request.method == "GET":
        return redirect("inquiries:inquiry", number)
    form = check_form(inquiry, standing_of(inquiry), data=request.POST)

    def act(**who: Any) -> Promise:
        sent = form.cleaned_data
        checking.check_representation(
            ground=sent["ground"], attachment_id=sent["attachment"], assessment_number=sent["assessment_number"], **who
        )
        return _("The representation check was recorded.")

    return perform(request, inquiry, form, act, "check_form")
