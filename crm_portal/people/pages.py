"""Pages that stand in the place of the one that was asked for: to sign-in, or why not."""

from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from crm_portal.audit.services.recording import record_refusal
from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.sentences import sentence

from .models import User

TEMPLATES: dict[StrEnum, str] = {
    Code.ORIGIN_ABROAD_BLOCKED: "people/abroad.html",
    Code.TOO_MANY_ATTEMPTS: "people/locked_out.html",
}


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody unknown to the sign-in page and back afterwards; HTMX is told to load the whole page."""
    back = request.get_full_path() if request.method == "GET" else "/"
    if is_htmx(request):
        back = request.headers.get("HX-Current-URL", back)
        back = back if is_ours(request, back) else "/"
    address = f"{reverse('people:sign_in')}?{urlencode({'next': back})}"
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def refused(request: HttpRequest, refusal: Refused, *, action: str | StrEnum) -> HttpResponse:
    """Say why the page is not shown, and write it into the audit."""
    user = getattr(request, "user", None)
    record_refusal(
        str(action),
        refusal,
        by=user if isinstance(user, User) else None,
        at=timezone.now(),
        target_id=request.path[:64],
    )
    return words(request, refusal)


def words(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page of a refusal, or for REST its problem document."""
    reason, status = refusal.refusals[0], HTTP_STATUS[refusal.code]
    said = sentence(reason)
    if request.path.startswith("/api/"):
        problem = {"status": status, "title": said, "code": reason.code, "message": said, "fields": [], "details": {}}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    template = TEMPLATES.get(reason.code, "people/refused.html")
    return render(request, template, {"sentence": said, "code": reason.code}, status=status)


def next_page(request: HttpRequest, wanted: str | None) -> str:
    """Where to go after signing in: the page asked for when it is ours, else the home page."""
    return wanted if wanted and is_ours(request, wanted) else "/"


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
