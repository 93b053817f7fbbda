"""The manager takes further days to decide on a claim (CMP-8.4.1-b)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm_portal.people.permissions import may

from ..forms.reviewing import MoreTimeForm
from ..rules.access import Action
from ..services import extending
from .acting import FORM, act
from .review import found, show


@FORM
@may(Action.DECIDE)
def extend(request: HttpRequest, number: str) -> HttpResponseBase:
    claim, form = found(request, number), MoreTimeForm(request.POST)

    def again(**shown: Any) -> HttpResponse:
        return show(request, found(request, number), **shown)

    return act(
        request, extending.extend, said=_("The time to decide was extended, and the claimant was told."),
        to=reverse("claims:review", args=[number]), again=again, form=form, place="more_time",
        arguments={"claim_id": claim.pk},
    )  # fmt: skip
