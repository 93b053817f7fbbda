"""What the manager keeps of the programme: its window, figures, campaigns, towns, and dated tables (8.1.1, 8.4.7)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.granting import (
    CampaignForm,
    FigureForm,
    IndexForm,
    InterestForm,
    RestDayForm,
    TownForm,
    WindowForm,
)
from ..models import AdvanceCampaign, IndexValue, InterestRate, Programme, Town
from ..rules import clocks
from ..rules.access import Action
from ..selectors.programmes import programme_of
from ..services import advance_requests, linkage_tables, programmes
from .acting import FORM, act

WINDOW = "window_opens_on"
TOWNS_SHOWN = 30


@require_GET
@may(Action.KEEP_PROGRAMME)
def programme(request: HttpRequest) -> HttpResponse:
    """The current programme."""
    return _show(request)


def _show(
    request: HttpRequest, *, status: int = 200, refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:  # fmt: skip
    row, today = _current(), timezone.localdate()
    law = programme_of(row.code)
    assert law is not None  # noqa: S101 - a row of the table
    figures = list(row.parameters.select_related("set_by").order_by("key", "valid_from", "pk"))
    held = {figure.key: figure for figure in figures if figure.valid_from <= today}
    term = request.GET.get("town", "").strip()
    towns = Town.objects.filter(name__contains=term) if term else Town.objects.filter(is_border_settlement=True)
    drawn: dict[str, forms.Form] = {
        "window": WindowForm(initial={"opens_on": law.window_opens_on}),
        "figure": FigureForm(initial={"valid_from": today}),
        "campaign": CampaignForm(),
        "town": TownForm(),
        "index": IndexForm(initial={"published_on": today}),
        "interest": InterestForm(initial={"from_on": today}),
        "rest": RestDayForm(),
    }
    context = {
        "programme": row,
        "law": law,
        "window": clocks.filing_window(law.window_opens_on, law),
        "openings": [figure for figure in figures if figure.key == WINDOW],
        "figures": [figure for key, figure in held.items() if key != WINDOW],
        "changed": [figure for figure in figures if figure.set_at is not None],
        "campaigns": row.campaigns.all(),
        "today": today,
        "towns": towns[:TOWNS_SHOWN],
        "town_term": term,
        "indexes": IndexValue.objects.order_by("-published_on")[:12],
        "rates": InterestRate.objects.order_by("-from_on")[:12],
        "rest_days": row.rest_days.all(),
        "refused": refused,
        "f": {**drawn, **(forms_in_place or {})},
    }
    return pages.show(request, "compensation/granting/programme.html", context, status=status)


def _current() -> Programme:
    return get_object_or_404(Programme, is_current=True)


def _act(
    request: HttpRequest, command: Any, said: Any, place: str, form: forms.Form, arguments: dict[str, Any], **more: Any
) -> HttpResponseBase:
    return act(
        request, command, said=said, to=f"{reverse('granting:programme')}#{place}", again=partial(_show, request),
        form=form, place=place, arguments=arguments, **more,
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def window(request: HttpRequest) -> HttpResponseBase:
    """Postpone the opening; the end moves with it (CMP-8.1.1-a)."""
    form, row = WindowForm(request.POST), _current()
    first = row.parameters.filter(key=WINDOW).first()
    given = {"code": row.code, "key": WINDOW, "valid_from": first.valid_from if first else timezone.localdate()}
    return _act(
        request, programmes.set_parameter, _("The window was moved, its last day with it."), "window", form, given,
        given=lambda one: {"value": one.cleaned_data["opens_on"].isoformat(), "reason": one.cleaned_data["reason"]},
        names={"value": "opens_on"},
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def figure(request: HttpRequest) -> HttpResponseBase:
    """Let a figure hold from a day; what held before stays."""
    said = _("The figure holds from its day.")
    return _act(request, programmes.set_parameter, said, "figure", FigureForm(request.POST), {"code": _current().code})


@FORM
@may(Action.KEEP_PROGRAMME)
def campaign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a month for advances before a claim, or move its days (CMP-7.3.9-a)."""
    get_object_or_404(AdvanceCampaign, pk=pk, programme=_current())
    said = _("The days of the month were kept.")
    return _act(
        request, advance_requests.open_campaign, said, "campaign", CampaignForm(request.POST), {"campaign_id": pk}
    )


@FORM
@may(Action.KEEP_PROGRAMME)
def town(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say whether a town is a border settlement (CMP-7.1-a)."""
    get_object_or_404(Town, pk=pk)
    said = _("The town was marked.")
    return _act(request, programmes.mark_border_settlement, said, "town", TownForm(request.POST), {"town_id": pk})


@FORM
@may(Action.KEEP_PROGRAMME)
def index(request: HttpRequest) -> HttpResponseBase:
    said = _("The index was kept.")
    return _act(request, linkage_tables.keep_index, said, "index", IndexForm(request.POST), {})


@FORM
@may(Action.KEEP_PROGRAMME)
def interest(request: HttpRequest) -> HttpResponseBase:
    said = _("The rate was kept.")
    return _act(
        request, linkage_tables.keep_interest, said, "interest", InterestForm(request.POST), {},
        given=lambda one: {"from_on": one.cleaned_data["from_on"], "rate": one.cleaned_data["percent"] / 100},
        names={"rate": "percent"},
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def rest_day(request: HttpRequest) -> HttpResponseBase:
    said = _("The holiday was added.")
    return _act(
        request, linkage_tables.add_rest_day, said, "rest", RestDayForm(request.POST), {"code": _current().code}
    )
