"""Who else has the inquiry open now: quiet avatars in its header."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import in_background, may

from ..rules.access import Action
from ..selectors.visibility import visible_to
from ..services import presence as presences
from .who import user_of


@require_GET
@may(Action.VIEW)
@in_background
def presence(request: HttpRequest, number: str) -> HttpResponse:
    """Take the sign of life of an open page, and answer with the others."""
    user = user_of(request)
    inquiry = visible_to(user).filter(number=number).only("pk", "number").first()
    if inquiry is None:
        raise Http404
    others = presences.here(inquiry=inquiry, by=user, at=timezone.now())
    return render(request, "inquiries/_presence.html", {"inquiry": inquiry, "others": others, "every": presences.EVERY})
