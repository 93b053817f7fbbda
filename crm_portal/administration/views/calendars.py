"""M4: the business calendars, month by month."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from crm_portal.errors import Refused
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused
from crm_portal.worktime.labels import CALENDAR
from crm_portal.worktime.rules.calendars import DECLARED_BY_TWO, CalendarName
from crm_portal.worktime.selectors import FIRST_YEAR, LAST_YEAR

from ..forms.calendars import DayForm, ImportForm, WithdrawalForm
from ..rules.access import Action
from ..screens import HEADING, tabs_of
from ..selectors.months import day_cell, month_of
from ..services import calendars
from ..tables import Screen
from .who import keeper, posted
from .working import order_refresh


@require_safe
@may(Action.KEEP)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a month of one of the calendars."""
    name, first = _name(request.GET.get("calendar", "")), _month(request.GET.get("month", ""))
    context = {
        **_place(request, name),
        "month": month_of(name, first),
        "today": timezone.localdate(),
        "weekdays": [cell.day for cell in month_of(name, first).weeks[0]],
    }
    return pages.show(request, "administration/calendar.html", context)


@require_http_methods(["GET", "POST"])
@may(Action.KEEP)
def day(request: HttpRequest, name: str, on: str) -> HttpResponse:
    """Show one day; declare it, or withdraw its declaration."""
    if name not in set(CalendarName):
        raise Http404
    chosen = _day(on)
    cell = day_cell(CalendarName(name), chosen)
    declared = cell.declared
    initial = {"is_working": "no" if cell.is_working else "yes", "name": cell.holiday}
    if declared is not None:
        initial = {
            "is_working": "yes" if declared.is_working else "no", "name": declared.name, "reason": declared.reason
        }  # fmt: skip
    withdraws = request.method == "POST" and "withdraw" in request.POST
    declaration = DayForm(None if withdraws else posted(request), initial=initial)
    withdrawal = WithdrawalForm(request.POST if withdraws else None)
    status = 200
    if request.method == "POST":
        form = withdrawal if withdraws else declaration
        if _done(request, form, name, chosen):
            order_refresh()
            return pages.done(request, _("Saved. The clocks run by it."), to=f"{_address(name)}&month={chosen:%Y-%m}")
        status = 422
    context = {**_place(request, CalendarName(name)), "cell": cell, "form": declaration, "withdrawal": withdrawal}
    context["is_declared_by_two"] = name in DECLARED_BY_TWO
    return pages.show(request, "administration/day.html", context, status=status)


@require_http_methods(["GET", "POST"])
@may(Action.KEEP)
def load(request: HttpRequest) -> HttpResponse:
    """Import a file of dated holidays into one calendar."""
    name = _name(request.POST.get("calendar", "") or request.GET.get("calendar", ""))
    form = ImportForm(posted(request), request.FILES if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                count = calendars.import_days(
                    calendar=name.value, days=form.cleaned_data["file"], reason=form.cleaned_data["reason"],
                    by=keeper(request), at=timezone.now(),
                )  # fmt: skip
            except Refused as refused:
                explain(form, refused)
            else:
                order_refresh()
                said = ngettext("One day was declared.", "%(count)d days were declared.", count) % {"count": count}
                return pages.done(request, said, to=_address(name))
        else:
            note_refused(request, form, timezone.now(), target=("calendar", name.value))
    context = {**_place(request, name, reverse("administration:calendar_import")), "form": form}
    return pages.show(request, "administration/calendar_import.html", context, status=status)


def _done(request: HttpRequest, form: forms.Form, name: str, chosen: date) -> bool:
    """Carry out what the day's page sent; the form says why not."""
    if not form.is_valid():
        note_refused(request, form, timezone.now(), target=("calendar", f"{name} {chosen}"))
        return False
    said: dict[str, Any] = {"calendar": name, "day": chosen, "by": keeper(request), "at": timezone.now()}
    try:
        if isinstance(form, WithdrawalForm):
            calendars.withdraw_day(reason=form.cleaned_data["why"], **said)
        else:
            calendars.declare_day(**form.cleaned_data, **said)
    except Refused as refused:
        explain(form, refused, {"reason": "why"} if isinstance(form, WithdrawalForm) else None)
        return False
    return True


def _place(request: HttpRequest, name: CalendarName, current: str = "") -> dict[str, Any]:
    here = current or reverse("administration:calendar")
    return {
        "heading": HEADING[Screen.CALENDAR],
        "tabs": tabs_of(Screen.CALENDAR, keeper(request), here),
        "calendar": name.value,
        "calendar_label": dict(CALENDAR)[name.value],
        "calendars": CALENDAR,
    }


def _address(name: str) -> str:
    return f"{reverse('administration:calendar')}?calendar={name}"


def _name(said: str) -> CalendarName:
    return CalendarName(said) if said in set(CalendarName) else CalendarName.AUTHORITY


def _month(said: str) -> date:
    """The month of an address such as 2026-04; this one when it says none that the calendar knows."""
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)
    return first if FIRST_YEAR < first.year < LAST_YEAR else timezone.localdate().replace(day=1)


def _day(said: str) -> date:
    try:
        chosen = date.fromisoformat(said)
    except ValueError:
        raise Http404 from None
    if not FIRST_YEAR <= chosen.year <= LAST_YEAR:
        raise Http404
    return chosen
