"""Open the letter of a notice: the fund from the claim, the claimant in his own area."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.files.responses import clean_file
from crm_portal.people.permissions import may

from ..models import Notice
from ..rules.access import Action
from ..services import notices
from .review import found
from .who import user_of


@require_GET
@may(Action.VIEW)
def letter(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """The letter, for the fund."""
    claim = found(request, number)
    notice = get_object_or_404(Notice.objects.select_related("letter"), pk=pk, claim=claim)
    if notice.letter is None:
        raise Http404
    record_read("claim.open_letter", by=user_of(request), at=timezone.now(), target=claim, what={"notice": notice.pk})
    return clean_file(notice.letter)


@require_GET
@may(Action.VIEW_OWN)
def own_letter(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """The letter, for the claimant, who is served with it if no message reached him (CMP-8.10-a)."""
    claim = found(request, number)
    notice = get_object_or_404(Notice.objects.select_related("letter"), pk=pk, claim=claim)
    if notice.letter is None:
        raise Http404
    notices.open_letter(notice_id=notice.pk, claims=[claim.pk], by=user_of(request), at=timezone.now())
    return clean_file(notice.letter)
