"""An employee chooses a password by the link that the CRM department handed over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from crm_portal.audit.services.forms import record_once, refusal_of
from crm_portal.errors import Refused

from ..forms import PasswordForm, explain
from ..permissions import public
from ..services import accounts


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Ask for the password, keep it, and go on to the sign-in."""
    if (user := accounts.invited(uid=uid, token=token)) is None:
        return render(request, "people/link_over.html", status=404)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            try:
                password = form.cleaned_data["password"]
                accounts.choose_password(uid=uid, token=token, password=password, by=None, at=timezone.now())
            except Refused as refused:
                explain(form, refused.refusals)
            else:
                messages.success(request, _("The password is kept. Sign in with it."))
                return redirect("/sign-in/?as=employee")
        else:
            record_once("user.choose_password", refusal_of(form), by=None, at=timezone.now())
    context = {"form": form, "employee": user}
    return render(request, "people/choose_password.html", context, status=422 if form.is_bound else 200)
