"""How a view answers: whole page or fragment, done or refused."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


def wants_fragment(request: HttpRequest) -> bool:
    """Whether HTMX asked for a part of the page and not for the page itself."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def show(
    request: HttpRequest, page: str, context: dict[str, Any] | None = None, *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """
    Present the page; for HTMX only `fragment`, the template that the page itself includes.

    The answer varies by that, so that a browser never shows a kept fragment as a page.
    """
    template = fragment if fragment and wants_fragment(request) else page
    response = render(request, template, context or {}, status=status)
    response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary", ""), "HX-Request"]))
    return response


def done(request: HttpRequest, sentence: str | Promise, *, to: str) -> HttpResponse:
    """Go on to the address `to`, where a toast says what was done."""
    messages.success(request, str(sentence))
    if wants_fragment(request):
        return HttpResponseClientRedirect(to)
    return redirect(to)


def toast(response: HttpResponse, sentence: str | Promise, *, tone: str = "ok") -> HttpResponse:
    """Let a fragment's answer also show a toast, without leaving the page."""
    response.headers["HX-Trigger"] = json.dumps({"portal:toast": {"text": str(sentence), "tone": tone}})
    return response
