"""What pages of one action have in common: do one thing, and show the same page when it is refused."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.sentences import sentences

from . import pages
from .forms import explain, note_refused

Show = Callable[..., HttpResponse]
FORM = require_http_methods(["GET", "POST"])  # GET: somebody came back to a refused form by its address


def act(
    request: HttpRequest,
    command: Callable[..., object],
    *,
    said: Promise | str,
    to: str,
    again: Show,
    form: forms.Form | None = None,
    place: str = "",
    names: dict[str, str] | None = None,
    arguments: dict[str, Any] | None = None,
    given: Callable[[forms.Form], dict[str, Any]] | None = None,
) -> HttpResponseBase:
    """
    Run a command with what the form says, and go on to `to`.

    `again(status, refused, {place: form})` shows the page once more with the words that were typed. `names` leads from
    the service's fields to the form's; `given` makes the service's arguments of a form whose fields differ.
    """
    if request.method != "POST":
        return redirect(to)
    in_place = {place: form} if form is not None else {}
    if form is not None and not form.is_valid():
        note_refused(request, form, timezone.now())
        return again(status=422, refused=[], forms_in_place=in_place)
    sent = {} if form is None else given(form) if given is not None else form.cleaned_data
    try:
        command(by=cast("User", request.user), at=timezone.now(), **(arguments or {}), **sent)
    except Refused as refused:
        if form is not None:
            explain(form, refused, names)
            return again(status=422, refused=[], forms_in_place=in_place)
        return again(status=422, refused=sentences(refused), forms_in_place={})
    return pages.done(request, said, to=to)
