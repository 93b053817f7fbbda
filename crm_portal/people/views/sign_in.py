"""The sign-in page for its three audiences, and signing out."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from crm_portal.audit.services.recording import record
from crm_portal.errors import Code, Refused

from .. import pages, selectors
from ..forms import CardForm, CustomerForm, EmployeeForm, explain
from ..models import User
from ..permissions import may, public
from ..rules.access import PeopleAction
from ..rules.roles import UserKind
from ..services import customer_codes
from . import entering

FORMS: dict[UserKind, type[forms.Form]] = {
    UserKind.CUSTOMER: CustomerForm,
    UserKind.REPRESENTATIVE: CardForm,
    UserKind.EMPLOYEE: EmployeeForm,
}


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form of one audience, or take its first step."""
    sent = request.POST if request.method == "POST" else request.GET
    kind = audience(sent.get("as", ""))
    wanted = pages.next_page(request, sent.get("next"))
    if request.user.is_authenticated:
        return redirect(wanted)
    form = FORMS[kind](request.POST) if request.method == "POST" else FORMS[kind]()
    if request.method == "POST" and form.is_valid():
        response = STEPS[kind](request, form, timezone.now(), wanted)
        if response is not None:
            return response
    elif request.method == "POST":
        entering.unreadable(form, kind, at=timezone.now())
    context = {
        "form": form,
        "kind": kind.value,
        "next": wanted,
        "accounts": selectors.demonstration_accounts(kind),
        "kinds": [(one.value, one == kind) for one in FORMS],
    }
    return render(request, "people/sign_in.html", context, status=422 if form.is_bound else 200)


@require_POST
@may(PeopleAction.ENTER)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    user = cast("User", request.user)
    record("sign_out", by=user, at=timezone.now(), target=user)
    auth.logout(request)
    return redirect("people:sign_in")


def audience(name: str) -> UserKind:
    """Whose form it is; citizens' unless said otherwise."""
    return UserKind(name) if name in set(UserKind) else UserKind.CUSTOMER


def _employee(request: HttpRequest, form: forms.Form, at: datetime, wanted: str) -> HttpResponse | None:
    name = form.cleaned_data["username"]
    user: Any = auth.authenticate(request, username=name, password=form.cleaned_data["password"])
    if user is None:
        known = User.objects.filter(username=name, kind=UserKind.EMPLOYEE.value).first()
        explain(form, [entering.failed(request, UserKind.EMPLOYEE, at=at, user=known)])
        return None
    entering.wait(request, **_kept(UserKind.EMPLOYEE, at, wanted), user=user.pk)
    return redirect("people:second_factor")


def _customer(request: HttpRequest, form: forms.Form, at: datetime, wanted: str) -> HttpResponse | None:
    id_number, channel = form.cleaned_data["id_number"], form.cleaned_data["channel"]
    try:
        code = customer_codes.send_sign_in_code(by=None, at=at, id_number=id_number, channel=channel)
    except Refused as refused:
        kept = entering.waiting(request, UserKind.CUSTOMER)
        if refused.code == Code.CODE_TOO_SOON and kept is not None and kept["id_number"] == id_number:
            return redirect("people:code")  # a double click, or a step back: the code just sent still opens
        explain(form, refused.refusals)
        return None
    entering.wait(request, **_kept(UserKind.CUSTOMER, at, wanted), id_number=id_number, channel=channel, code=code.pk)
    return redirect("people:code")


def _representative(request: HttpRequest, form: forms.Form, at: datetime, wanted: str) -> HttpResponse | None:
    card_number = form.cleaned_data["card_number"]
    name = f"card:{card_number}"
    user: Any = auth.authenticate(request, username=name, card_number=card_number, at=at)
    if user is None:
        explain(form, [entering.failed(request, UserKind.REPRESENTATIVE, at=at, whom=card_number)])
        return None
    return entering.enter(request, user, name=name, at=at, next_page=wanted)


def _kept(kind: UserKind, at: datetime, wanted: str) -> dict[str, Any]:
    return {"as": kind.value, "at": at.timestamp(), "next": wanted}


STEPS = {UserKind.CUSTOMER: _customer, UserKind.REPRESENTATIVE: _representative, UserKind.EMPLOYEE: _employee}
