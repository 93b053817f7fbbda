"""The topics that suit what an inquirer writes, while he writes it (CRM-5.1.1-e, screens P3 and N3)."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from crm_portal.people.models import User
from crm_portal.people.permissions import may
from routing.models import Triplet
from routing.selectors import selectable_triplets

from ..rules.access import Action
from ..rules.triage import Sure, sureness
from ..services import triage
from ..services.triage import Suggested
from .who import user_of

SALT = "inquiries.offered"
LONGEST = 4000  # characters that are compared; what it is about is said before


@dataclass(frozen=True, slots=True)
class Row:
    """One topic on offer."""

    triplet: Triplet
    sure: Sure


@dataclass(frozen=True, slots=True)
class Offered:
    """What is shown, and the same signed, so that what was really offered is kept at the opening."""

    rows: list[Row]
    signed: str


@may(Action.OPEN_OWN)
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Offer the likeliest topics for the description typed so far (HTMX)."""
    offered = offered_for(request.POST.get("description", ""), by=user_of(request), at=timezone.now())
    return render(request, "inquiries/portal/_offered.html", {"offered": offered.rows, "signed": offered.signed})


def offered_for(description: str, *, by: User, at: datetime) -> Offered:
    """What the classifier suggests; nothing when it cannot be asked."""
    found = triage.suggest(description[:LONGEST], by=by, at=at)
    signed = signing.dumps([[one.triplet_id, one.confidence] for _triplet, one in found], salt=SALT) if found else ""
    return Offered([Row(triplet, sureness(one.confidence)) for triplet, one in found], signed)


def unsigned(signed: str) -> list[Suggested]:
    """What was offered by a page of ours; nothing when it was not."""
    try:
        pairs = signing.loads(signed, salt=SALT) if signed else []
    except signing.BadSignature:
        return []
    return [Suggested(pk, confidence, rank) for rank, (pk, confidence) in enumerate(pairs, start=1)]


def rows_of(signed: str) -> list[Row]:
    """What was offered, to be shown again with a form that was refused."""
    if not signed:
        return []
    known = Triplet.objects.in_bulk([one.triplet_id for one in unsigned(signed)])
    return [Row(known[one.triplet_id], sureness(one.confidence)) for one in unsigned(signed) if one.triplet_id in known]


def levels_of(chosen: str, *, by: User) -> dict[str, str]:
    """The three levels of a suggestion that was chosen."""
    found = selectable_triplets(by).filter(pk=chosen).first() if chosen.isdecimal() else None
    if found is None:
        return {}
    return {"main_topic": found.main_topic, "sub_topic": found.sub_topic, "triplet": str(found.pk)}
