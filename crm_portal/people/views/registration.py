"""Registration in three steps that a session may leave and take up again: who, where, the two codes (P1)."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from crm_portal import registers
from crm_portal.audit.services.forms import record_once, refusal_of
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.messaging.rules.states import MessageChannel

from .. import lockout, selectors
from ..forms import ConfirmForm, ContactForm, IdentityForm, explain
from ..models import Customer
from ..permissions import public
from ..rules.one_time_codes import CodePurpose
from ..rules.roles import ContactPreference
from ..services import one_time_codes, registration
from . import entering

KEPT, KEPT_FOR = "registration", timedelta(minutes=30)
WAYS = {
    "mobile": (CodePurpose.CONFIRM_MOBILE, MessageChannel.SMS),
    "email": (CodePurpose.CONFIRM_EMAIL, MessageChannel.EMAIL),
}


@public
@never_cache
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """Step one: details that only the person knows."""
    if request.user.is_authenticated:
        return redirect("/")
    form = IdentityForm(request.POST) if request.method == "POST" else IdentityForm()
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            found = _identified(request, at=at, **form.cleaned_data)
        except Refused as refused:
            _note(refused, at, form.cleaned_data["id_number"])
            explain(form, refused.refusals)
        else:
            request.session.cycle_key()
            request.session[KEPT] = found
            return redirect("people:register_contact")
    elif request.method == "POST":
        _note(refusal_of(form), timezone.now())
    return _show(request, "people/register_identity.html", form, step=1)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Step two: the addresses; a code goes to each."""
    kept = _kept(request)
    if kept is None:
        return redirect("people:register")
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm(initial=kept)
    if request.method == "POST" and form.is_valid():
        changed = {name for name in WAYS if kept.get(name) != form.cleaned_data[name] or not kept.get(f"{name}_code")}
        kept = {**kept, **form.cleaned_data, "confirmed": [n for n in kept.get("confirmed", []) if n not in changed]}
        try:
            for name in sorted(changed):
                kept[f"{name}_code"] = _send(kept, name, timezone.now())
        except Refused as refused:
            explain(form, refused.refusals)
        else:
            request.session[KEPT] = kept
            return redirect("people:register_confirm")
    elif request.method == "POST":
        _note(refusal_of(form), timezone.now())
    return _show(request, "people/register_contact.html", form, step=2)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Step three: both codes typed back; only then are the addresses verified and the customer registered."""
    kept = _kept(request)
    if kept is None or not all(kept.get(f"{name}_code") for name in WAYS):
        return redirect("people:register_contact")
    confirmed: list[str] = kept.get("confirmed", [])
    sent = request.POST if request.method == "POST" else None
    form = ConfirmForm(sent, confirmed=confirmed, initial=_in_a_demonstration(kept))
    if request.method == "POST" and form.is_valid():
        at, refusals = timezone.now(), []
        for name in [name for name in WAYS if name not in confirmed]:
            typed = form.cleaned_data[f"{name}_code"]
            code_id, subject = kept[f"{name}_code"], kept["id_number"]
            if refusal := one_time_codes.redeem(code_id=code_id, subject=subject, typed=typed, at=at):
                refusals.append(Refusal(refusal.code, (f"{name}_code",), refusal.details))
            else:
                confirmed = [*confirmed, name]
        request.session[KEPT] = {**kept, "confirmed": confirmed}
        if not refusals:
            return _finish(request, kept, at)
        explain(form, refusals)
        _note(Refused(*refusals), at, kept["id_number"])
        form = _without(form, confirmed)
    elif request.method == "POST":
        _note(refusal_of(form), timezone.now(), kept["id_number"])
    return _show(request, "people/register_confirm.html", form, step=3, confirmed=confirmed)


@public
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Send the codes that are not confirmed yet again."""
    kept = _kept(request)
    if kept is None or not all(kept.get(f"{name}_code") for name in WAYS):
        return redirect("people:register")
    form = ConfirmForm({}, confirmed=kept.get("confirmed", []))
    form.errors.clear()
    try:
        for name in [name for name in WAYS if name not in kept.get("confirmed", [])]:
            kept[f"{name}_code"] = _send(kept, name, timezone.now())
    except Refused as refused:
        explain(form, refused.refusals)
        request.session[KEPT] = kept
        return _show(request, "people/register_confirm.html", form, step=3, confirmed=kept.get("confirmed", []))
    request.session[KEPT] = kept
    messages.success(request, _("New codes were sent."))
    return redirect("people:register_confirm")


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    """What the steps before kept; None when it was too long ago that somebody proved who he is."""
    kept = request.session.get(KEPT)
    return kept if kept and timezone.now().timestamp() - kept["at"] < KEPT_FOR.total_seconds() else None


def _identified(request: HttpRequest, *, at: datetime, id_number: str, **details: Any) -> dict[str, Any]:
    name = f"register:{id_number}"
    if lockout.is_locked(request, name):
        raise Refused(lockout.refusal(request, name))
    person = registers.identity(at=at).matches(id_number, **details)
    if person is None:
        lockout.count_failure(request, name)
        raise refuse(Code.INVALID_VALUE, "id_issued_on", clause="2.2.1", because="identity")
    if Customer.objects.filter(id_number=id_number, registered_at__isnull=False).exists():
        raise refuse(Code.DUPLICATE, "id_number", clause="2.2.1", because="registered")
    lockout.forget(request, name)
    return {
        "at": at.timestamp(),
        "id_number": id_number,
        "last_name": person.last_name,
        "first_name": person.first_name,
    }


def _send(kept: dict[str, Any], name: str, at: datetime) -> int:
    purpose, channel = WAYS[name]
    return one_time_codes.send(
        purpose=purpose,
        subject=kept["id_number"],
        channel=channel,
        address=kept[name],
        by=None,
        at=at,
        language=get_language() or "he",
    ).pk


def _finish(request: HttpRequest, kept: dict[str, Any], at: datetime) -> HttpResponse:
    user: Any = registration.register(
        by=None,
        at=at,
        id_number=kept["id_number"],
        last_name=kept["last_name"],
        first_name=kept["first_name"],
        email=kept["email"],
        mobile=kept["mobile"],
        contact_preference=ContactPreference(kept["contact_preference"]),
        language=get_language() or "he",
    )
    user.backend = "crm_portal.people.backends.CustomerBackend"
    request.session.pop(KEPT, None)
    messages.success(request, _("You are registered. Welcome."))
    return entering.enter(request, user, name=user.username, at=at, next_page="/")


def _without(form: ConfirmForm, confirmed: list[str]) -> ConfirmForm:
    """The same form with its errors, less the fields that were right."""
    for name in confirmed:
        form.fields.pop(f"{name}_code", None)
    return form


def _in_a_demonstration(kept: dict[str, Any]) -> dict[str, str]:
    """The codes, filled in beforehand; empty elsewhere."""
    return {f"{name}_code": selectors.demonstration_code(kept.get(f"{name}_code")) for name in WAYS}


def _note(refused: Refused, at: datetime, whom: str = "") -> None:
    record_once("customer.register", refused, by=None, at=at, target_type="customer", target_id=whom)


def _show(request: HttpRequest, template: str, form: Any, *, step: int, **context: Any) -> HttpResponse:
    context |= {"form": form, "step": step}
    return render(request, template, context, status=422 if form.is_bound else 200)
