"""What a claimant asks beside a claim: an advance before it (7.3), more time to file (8.2); and what became of it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.granting import AdvanceForm, ExtensionForm
from ..rules.access import Action
from ..selectors.asked import open_campaigns, own_requests
from ..selectors.claims import customers_of
from ..selectors.programmes import current
from ..selectors.windows import window_of
from ..services import advance_requests, granting
from .acting import FORM, act
from .who import user_of


@require_GET
@may(Action.VIEW_OWN)
def own(request: HttpRequest) -> HttpResponse:
    """Everything that was asked, with its answer."""
    context = {"asked": own_requests(user_of(request), timezone.localdate()), "campaigns": _months()}
    return pages.show(request, "compensation/asking/own.html", context)


@FORM
@may(Action.REQUEST_ADVANCE)
def advance(request: HttpRequest) -> HttpResponseBase:
    """The notice of damage with the request for an advance, in one form (CMP-7.3.3-a)."""
    months, customers = _months(), _customers(request)
    form = AdvanceForm(_sent(request), customers=customers, campaigns=months)

    def show(*, status: int = 200, **_more: Any) -> HttpResponse:
        names = current().towns.by_spelling.values()
        towns = sorted({town.name for town in names if "E" in {annex.value for annex in town.annexes}})
        context = {"form": form, "months": months, "towns": towns, "undertaking": form["undertakes"]}
        return pages.show(request, "compensation/asking/advance.html", context, status=status)

    if request.method != "POST":
        return show()
    return act(
        request, advance_requests.request, said=_("The request was received."), to=reverse("asking:own"), again=show,
        form=form, place="form", names={"undertaking": "undertakes", "customer": "customer_id"}, given=_given,
    )  # fmt: skip


@FORM
@may(Action.REQUEST_EXTENSION)
def extension(request: HttpRequest) -> HttpResponseBase:
    """Ask for more time to file, with evidence (CMP-8.2-a)."""
    form = ExtensionForm(_sent(request), request.FILES or None, customers=_customers(request))

    def show(*, status: int = 200, **_more: Any) -> HttpResponse:
        last = window_of(None, current())
        context = {"form": form, "last_day": last.last_day, "is_late": last.has_passed(timezone.localdate())}
        return pages.show(request, "compensation/asking/extension.html", context, status=status)

    if request.method != "POST":
        return show()
    return act(
        request, granting.ask_for_time, said=_("The request was received."), to=reverse("asking:own"), again=show,
        form=form, place="form", names={"files": "evidence", "customer": "customer_id"},
    )  # fmt: skip


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _given(form: forms.Form) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    given.pop("declares")
    return {**given, "undertakes": given.pop("undertakes")}


def _customers(request: HttpRequest) -> list[tuple[int, str]]:
    return [(one.pk, str(one)) for one in customers_of(user_of(request), timezone.localdate())]


def _months() -> list[tuple[int, str]]:
    return [(one.pk, date_format(one.month, "F Y")) for one in open_campaigns(timezone.localdate())]
