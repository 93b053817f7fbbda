"""What the manager keeps of the programme: its window, figures, campaigns, towns, and dated tables (8.1.1, 8.4.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.programme import (
    CampaignForm,
    FigureForm,
    IndexForm,
    InterestForm,
    RestDayForm,
    TownForm,
    WindowForm,
)
from ..models import AdvanceCampaign, IndexValue, InterestRate, Programme, ProgrammeParameter, Town
from ..programme_words import clause_order, subject_of
from ..rules import clocks
from ..rules.access import Action
from ..rules.assembling import PARAMETERS
from ..selectors.programmes import programme_of
from ..services import advance_requests, linkage_tables, programmes
from .acting import FORM, act

WINDOW = "window_opens_on"
TOWNS_SHOWN = 30
InPlace = Mapping[str, forms.Form]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table with the form that changes it; a refused form stands open, with the words that were typed."""

    row: Model
    place: str
    form: forms.Form

    @property
    def is_open(self) -> bool:
        return self.form.is_bound


@require_GET
@may(Action.KEEP_PROGRAMME)
def programme(request: HttpRequest) -> HttpResponse:
    """The current programme."""
    return _show(request, term=request.GET.get("town", "").strip())


def _show(
    request: HttpRequest, *, status: int = 200, refused: list[str] | None = None, forms_in_place: InPlace | None = None,
    term: str = "",
) -> HttpResponse:  # fmt: skip
    row, today, in_place = _current(), timezone.localdate(), forms_in_place or {}
    law = programme_of(row.code)
    assert law is not None  # noqa: S101 - a row of the table
    figures = list(row.parameters.select_related("set_by").order_by("key", "valid_from", "pk"))
    towns = Town.objects.filter(name__contains=term) if term else Town.objects.filter(is_border_settlement=True)
    drawn: dict[str, forms.Form] = {
        "window": WindowForm(initial={"opens_on": law.window_opens_on}),
        "index": IndexForm(initial={"published_on": today}, auto_id="index-%s"),
        "interest": InterestForm(initial={"from_on": today}, auto_id="interest-%s"),
        "rest": RestDayForm(auto_id="rest-%s"),
    }
    context = {
        "programme": row,
        "law": law,
        "window": clocks.filing_window(law.window_opens_on, law),
        "openings": [figure for figure in figures if figure.key == WINDOW],
        "subjects": _by_subject(figures, today, in_place),
        "changed": [figure for figure in figures if figure.set_at is not None and figure.key != WINDOW],
        "campaigns": [_campaign_line(one, in_place) for one in row.campaigns.all()],
        "today": today,
        "towns": [_town_line(one, in_place) for one in towns[:TOWNS_SHOWN]],
        "town_term": term,
        "indexes": IndexValue.objects.order_by("-published_on")[:12],
        "rates": InterestRate.objects.order_by("-from_on")[:12],
        "rest_days": row.rest_days.all(),
        "refused": refused,
        "f": {**drawn, **in_place},
    }
    return pages.show(request, "compensation/granting/programme.html", context, status=status)


def _by_subject(figures: Iterable[ProgrammeParameter], today: date, in_place: InPlace) -> dict[str, list[Line]]:
    """What holds today, in the order of the instruction; the opening has a form of its own."""
    held = {figure.key: figure for figure in figures if figure.valid_from <= today and figure.key != WINDOW}
    subjects: dict[str, list[Line]] = {}
    for figure in sorted(held.values(), key=lambda one: clause_order(one.clause)):
        place = f"figure-{figure.key}"
        form = in_place.get(place) or FigureForm.of(figure.key, figure.value, today)
        subjects.setdefault(str(subject_of(figure.clause)), []).append(Line(figure, place, form))
    return subjects


def _campaign_line(campaign: AdvanceCampaign, in_place: InPlace) -> Line:
    place = f"campaign-{campaign.pk}"
    return Line(campaign, place, in_place.get(place) or CampaignForm(campaign=campaign))


def _town_line(town: Town, in_place: InPlace) -> Line:
    place = f"town-{town.pk}"
    return Line(town, place, in_place.get(place) or TownForm(town=town))


def _current() -> Programme:
    return get_object_or_404(Programme, is_current=True)


def _act(
    request: HttpRequest, command: Any, said: Any, place: str, form: forms.Form, arguments: dict[str, Any],
    term: str = "", **more: Any,
) -> HttpResponseBase:  # fmt: skip
    sought = f"?{urlencode({'town': term})}" if term else ""
    return act(
        request, command, said=said, to=f"{reverse('granting:programme')}{sought}#{place}",
        again=partial(_show, request, term=term), form=form, place=place, arguments=arguments, **more,
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def window(request: HttpRequest) -> HttpResponseBase:
    """Postpone the opening; the end moves with it (CMP-8.1.1-a)."""
    form, row = WindowForm(request.POST), _current()
    held = row.parameters.filter(key=WINDOW).last()  # from its day on the new one replaces it
    given = {"code": row.code, "key": WINDOW, "valid_from": held.valid_from if held else timezone.localdate()}
    return _act(
        request, programmes.set_parameter, _("The window was moved, its last day with it."), "window", form, given,
        given=lambda one: {"value": one.cleaned_data["opens_on"].isoformat(), "reason": one.cleaned_data["reason"]},
        names={"value": "opens_on"},
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def figure(request: HttpRequest, key: str) -> HttpResponseBase:
    """Let a figure hold from a day; what held before stays."""
    if key not in PARAMETERS or key == WINDOW:
        raise Http404
    return _act(
        request, programmes.set_parameter, _("The figure holds from its day."), f"figure-{key}",
        FigureForm(request.POST, key=key), {"code": _current().code, "key": key}, given=lambda form: form.arguments,
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def campaign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a month for advances before a claim, or move its days (CMP-7.3.9-a)."""
    found = get_object_or_404(AdvanceCampaign, pk=pk, programme=_current())
    return _act(
        request, advance_requests.open_campaign, _("The days of the month were kept."), f"campaign-{pk}",
        CampaignForm(request.POST, campaign=found), {"campaign_id": pk},
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def town(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say whether a town is a border settlement (CMP-7.1-a); the page goes on to show it."""
    found = get_object_or_404(Town, pk=pk)
    return _act(
        request, programmes.mark_border_settlement, _("The town was marked."), f"town-{pk}",
        TownForm(request.POST, town=found), {"town_id": pk}, term=found.name,
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def index(request: HttpRequest) -> HttpResponseBase:
    form = IndexForm(request.POST, auto_id="index-%s")
    return _act(request, linkage_tables.keep_index, _("The index was kept."), "index", form, {})


@FORM
@may(Action.KEEP_PROGRAMME)
def interest(request: HttpRequest) -> HttpResponseBase:
    return _act(
        request, linkage_tables.keep_interest, _("The rate was kept."), "interest",
        InterestForm(request.POST, auto_id="interest-%s"), {},
        given=lambda one: {"from_on": one.cleaned_data["from_on"], "rate": one.cleaned_data["percent"] / 100},
        names={"rate": "percent"},
    )  # fmt: skip


@FORM
@may(Action.KEEP_PROGRAMME)
def rest_day(request: HttpRequest) -> HttpResponseBase:
    form = RestDayForm(request.POST, auto_id="rest-%s")
    return _act(
        request, linkage_tables.add_rest_day, _("The holiday was added."), "rest", form, {"code": _current().code}
    )
