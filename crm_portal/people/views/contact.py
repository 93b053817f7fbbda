"""The customer's contact details: what we write to, and how (screen P5). A new address counts once it is confirmed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from crm_portal.audit.services.forms import record_once, refusal_of
from crm_portal.errors import Refusal, Refused
from crm_portal.messaging.rules.kinds import Kind

from .. import selectors
from ..forms import ConfirmForm, OwnContactForm, explain
from ..models import Customer, User
from ..permissions import may
from ..phones import national
from ..rules.access import PeopleAction
from ..rules.roles import ContactPreference
from ..services import one_time_codes
from ..services.contact import keep_contact
from .registration import KEPT_FOR, WAYS

KEPT = "contact_change"  # in the session: the new addresses, each with its code


@may(PeopleAction.KEEP_CONTACT)
@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the details; keep the preferred channel at once, and send a code to each new address."""
    user, customer, at = _user(request), _customer(request), timezone.now()
    now = {
        "mobile": national(customer.mobile), "email": customer.email, "contact_preference": customer.contact_preference,
    }  # fmt: skip
    form = OwnContactForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        changed = {name: wanted[name] for name in WAYS if wanted[name] != getattr(customer, name)}
        codes: dict[str, int] = {}
        for name, address in changed.items():
            try:
                codes[name] = _send(customer, name, address, by=user, at=at)
            except Refused as refused:
                explain(form, [Refusal(one.code, (name,), one.details) for one in refused.refusals])
        if not form.errors:
            keep_contact(by=user, at=at, contact_preference=ContactPreference(wanted["contact_preference"]))
            if not changed:
                messages.success(request, _("Saved. The next message to you will go by it."))
                return redirect("people:contact")
            request.session[KEPT] = {"at": at.timestamp(), "addresses": changed, "codes": codes}
            return redirect("people:contact_confirm")
    elif request.method == "POST":
        record_once("contact.keep", refusal_of(form), by=user, at=at)
    context = {"form": form, "waiting": _kept(request)}
    return render(request, "people/contact.html", context, status=422 if form.is_bound else 200)


@may(PeopleAction.KEEP_CONTACT)
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the codes back; an address whose code is right is used from now on, the others stay as they were."""
    kept, user, customer = _kept(request), _user(request), _customer(request)
    if kept is None:
        return redirect("people:contact")
    addresses: dict[str, str] = kept["addresses"]
    settled = [name for name in WAYS if name not in addresses]
    prefilled = {f"{name}_code": selectors.demonstration_code(kept["codes"].get(name)) for name in WAYS}
    form = ConfirmForm(request.POST if request.method == "POST" else None, confirmed=settled, initial=prefilled)
    if request.method == "POST" and form.is_valid():
        at, refusals = timezone.now(), []
        for name, address in list(addresses.items()):
            typed, code_id = form.cleaned_data[f"{name}_code"], kept["codes"][name]
            wrong = one_time_codes.redeem(code_id=code_id, subject=customer.shown_number, typed=typed, at=at)
            if wrong:
                refusals.append(Refusal(wrong.code, (f"{name}_code",), wrong.details))
                continue
            is_email = name == "email"
            keep_contact(by=user, at=at, email=address if is_email else None, mobile=None if is_email else address)
            addresses.pop(name)
        if not addresses:
            request.session.pop(KEPT)
            messages.success(request, _("The new address is confirmed. The next message to you will go there."))
            return redirect("people:contact")
        request.session[KEPT] = {**kept, "addresses": addresses}
        explain(form, refusals)
        record_once("contact.keep", Refused(*refusals), by=user, at=at)
        for name in [name for name in WAYS if name not in addresses]:
            form.fields.pop(f"{name}_code", None)
    elif request.method == "POST":
        record_once("contact.keep", refusal_of(form), by=user, at=timezone.now())
    context = {"form": form, "addresses": addresses}
    return render(request, "people/contact_confirm.html", context, status=422 if form.is_bound else 200)


def _send(customer: Customer, name: str, address: str, *, by: User, at: datetime) -> int:
    purpose, channel = WAYS[name]
    code = one_time_codes.send(
        purpose=purpose, subject=customer.shown_number, channel=channel, address=address, by=by, at=at,
        language=get_language() or "he", kind=Kind.CONTACT_CHANGE_CODE,
    )  # fmt: skip
    return code.pk


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    kept = request.session.get(KEPT)
    return kept if kept and timezone.now().timestamp() - kept["at"] < KEPT_FOR.total_seconds() else None


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the access middleware lets nobody else in
    return request.user


def _customer(request: HttpRequest) -> Customer:
    customer: Customer = _user(request).customer
    return customer
