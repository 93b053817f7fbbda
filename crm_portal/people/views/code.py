"""The second step of a customer: the one-time code."""

from typing import Any

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from crm_portal.errors import Refused
from crm_portal.messaging.rules.states import MessageChannel

from .. import selectors
from ..forms import CodeForm, explain
from ..permissions import public
from ..rules.roles import UserKind
from ..services import customer_codes
from . import entering


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent, and enter with it."""
    kept = entering.waiting(request, UserKind.CUSTOMER)
    if kept is None:
        return redirect("people:sign_in")
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if request.method == "POST" and form.is_valid():
        at, id_number = timezone.now(), kept["id_number"]
        name = f"customer:{id_number}"
        user: Any = auth.authenticate(
            request,
            username=name,
            id_number=id_number,
            code_id=kept["code"],
            one_time_code=form.cleaned_data["code"],
            at=at,
        )
        if user is not None:
            return entering.enter(request, user, name=name, at=at, next_page=kept["next"])
        explain(form, [entering.failed(request, UserKind.CUSTOMER, at=at, whom=id_number)])
    elif request.method == "POST":
        entering.unreadable(form, UserKind.CUSTOMER, at=timezone.now())
    return _show(request, kept, form)


@public
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Send another code; the one before no longer opens in this session."""
    kept = entering.waiting(request, UserKind.CUSTOMER)
    if kept is None:
        return redirect("people:sign_in")
    at, form = timezone.now(), CodeForm(request.POST)
    channel = request.POST.get("channel", "")
    channel = channel if channel in set(MessageChannel) else kept["channel"]
    try:
        new = customer_codes.send_sign_in_code(by=None, at=at, id_number=kept["id_number"], channel=channel)
    except Refused as refused:
        form.errors.clear()
        explain(form, refused.refusals)
        return _show(request, kept, form)
    entering.wait(request, **{**kept, "at": at.timestamp(), "code": new.pk, "channel": channel})
    messages.success(request, _("A new code was sent."))
    return redirect("people:code")


def _show(request: HttpRequest, kept: dict[str, Any], form: CodeForm) -> HttpResponse:
    context = {
        "form": form,
        "channel": kept["channel"],
        "demonstration_code": selectors.demonstration_code(kept["code"]),
    }
    return render(request, "people/code.html", context, status=422 if form.is_bound else 200)
