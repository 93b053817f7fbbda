"""What the Registrar's people keep by two: the settings of section 12.2, and exemptions (CRD-77-a, d)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import Role
from crm_portal.ui import pages
from crm_portal.ui.acting import FORM, act
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import DECLARED_BY_TWO

from .. import control_words
from ..forms.control import DayForm, ExemptionForm, SettingForm
from ..models import AdministeredSetting, Exemption
from ..rules.access import Action
from ..rules.administered import SETTINGS, default_of, parameters
from ..rules.administered import shown as value_of
from ..rules.vital import Operation
from ..selectors.members import places_of
from ..selectors.parameters import administered
from ..services import dual_control
from .who import user_of

PROPOSED = _("Proposed. A second person decides within 24 hours.")


@require_GET
@may(Action.VIEW_SETTINGS)
def show_settings(request: HttpRequest) -> HttpResponse:
    """Every setting: what holds today, what is printed, and what was set from when."""
    return _settings(request)


def _settings(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    now = parameters(administered(), today)
    rows = [(control_words.SETTING[key], key, value_of(key, now), default_of(key), SETTINGS[key]) for key in SETTINGS]
    context = {
        "rows": rows,
        "changes": AdministeredSetting.objects.select_related("proposal__proposer", "proposal__approver").order_by(
            "-pk"
        ),
        "today": today,
        "proposes": user_of(request).may(Action.PROPOSE_SETTINGS),
        "refused": refused,
        "days": CalendarDay.objects.filter(calendar__in=DECLARED_BY_TWO).select_related("declared_by").order_by("-day"),
        "f": {
            "setting": SettingForm(initial={"valid_from": today}),
            "day": DayForm(auto_id="day_%s", initial={"is_working": "no"}),
            **(forms_in_place or {}),
        },
    }
    return pages.show(request, "creditdata/control/settings.html", context, status=status)


@FORM
@may(Action.PROPOSE_SETTINGS)
def propose_setting(request: HttpRequest) -> HttpResponseBase:
    """Propose a value and the day from which it holds."""
    return _propose(request, SettingForm(request.POST), Operation.CHANGE_SETTING, _settings, "setting")


@FORM
@may(Action.PROPOSE_SETTINGS)
def propose_day(request: HttpRequest) -> HttpResponseBase:
    """Propose that a day of a calendar be declared, or its declaration withdrawn (CRD-1-h)."""
    return _propose(request, DayForm(request.POST, auto_id="day_%s"), Operation.DECLARE_DAY, _settings, "day")


@require_GET
@may(Action.VIEW_EXEMPTIONS)
def show_exemptions(request: HttpRequest) -> HttpResponse:
    """Exemptions: the Registrar sees all, a licensee its own."""
    return _exemptions(request)


def _exemptions(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    rows = Exemption.objects.select_related("licensee", "proposal__proposer", "proposal__approver")
    if not user.holds(Role.REGISTRAR_OFFICER, Role.REGISTRAR_APPROVER):
        rows = rows.filter(licensee__in=[place for place in places_of(user, {Role.LICENSEE_SECURITY}) if place])
    context = {
        "rows": rows,
        "operations": {one.value: label for one, label in control_words.OPERATION.items()},
        "today": today,
        "proposes": user.may(Action.PROPOSE_EXEMPTIONS),
        "refused": refused,
        "form": (forms_in_place or {}).get("exemption", ExemptionForm(initial={"valid_from": today})),
    }
    return pages.show(request, "creditdata/control/exemptions.html", context, status=status)


@FORM
@may(Action.PROPOSE_EXEMPTIONS)
def propose_exemption(request: HttpRequest) -> HttpResponseBase:
    """Propose that a licensee be exempted."""
    return _propose(request, ExemptionForm(request.POST), Operation.EXEMPT, _exemptions, "exemption")


def _propose(request: HttpRequest, form: Any, operation: Operation, show: Any, place: str) -> HttpResponseBase:
    return act(
        request, dual_control.propose, said=PROPOSED, to=reverse("credit:proposals", args=["own"]),
        again=partial(show, request), form=form, place=place,
        arguments={"operation": operation, "licensee_id": None},
        given=lambda one: {"payload": one.payload, "reasons": one.cleaned_data["reasons"]},  # type: ignore[attr-defined]
    )  # fmt: skip
