"""The button "השמעת הקלטה": the recorded calls of an inquiry, and their sound."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.errors import HTTP_STATUS
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.registers import RegisterUnavailable
from crm_portal.ui import pages

from ..rules.access import Action
from ..services import hearing
from .inquiry import found
from .who import user_of

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


# Whoever may not hear is answered like whoever does not see, so the pages ask for no more than to view (CRM-2.1.6-b).
@require_GET
@may(Action.VIEW)
def recordings(request: HttpRequest, number: str) -> HttpResponse:
    """List the recorded calls with a player for each; HTMX shows them over the inquiry."""
    inquiry = found(request, number)
    status, calls, is_unavailable = 200, [], False
    try:
        recorded = hearing.calls_of(inquiry_id=inquiry.pk, by=user_of(request), at=timezone.now())
        names = {
            user.username: str(user) for user in User.objects.filter(username__in={one.operator for one in recorded})
        }
        calls = [(call, names.get(call.operator, call.operator), call.ended_at - call.started_at) for call in recorded]
    except RegisterUnavailable as refused:
        is_unavailable, status = True, HTTP_STATUS[refused.code]
    return pages.show(
        request,
        "inquiries/recordings.html",
        {"inquiry": inquiry, "heading": _("Playing of recordings"), "calls": calls, "is_unavailable": is_unavailable},
        fragment="inquiries/_recordings_dialog.html",
        status=200 if pages.wants_fragment(request) else status,
    )


@require_GET
@may(Action.VIEW)
def sound(request: HttpRequest, number: str, recording_id: str) -> HttpResponse:
    """Play one call; a player that jumps asks for a part of it (RFC 9110, 14.2)."""
    inquiry = found(request, number)
    call, whole = hearing.play(inquiry_id=inquiry.pk, recording_id=recording_id, by=user_of(request), at=timezone.now())
    response = HttpResponse(content_type=call.content_type)
    first, last = part_of(request.headers.get("Range", ""), len(whole))
    if first > last:
        response.status_code = 416
        response["Content-Range"] = f"bytes */{len(whole)}"
        return response
    if (first, last) != (0, len(whole) - 1):
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{len(whole)}"
    response.content = whole[first : last + 1]
    response["Content-Length"] = str(last + 1 - first)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def part_of(asked: str, size: int) -> tuple[int, int]:
    """The first and the last byte asked for; all of them when the header is none we know; last before first: none."""
    match = RANGE.fullmatch(asked)
    if match is None or match.groups() == ("", ""):
        return 0, size - 1
    start, end = match.groups()
    if not start:  # the last so many
        return max(size - int(end), 0), size - 1 if int(end) else -1
    return int(start), min(int(end), size - 1) if end else size - 1
