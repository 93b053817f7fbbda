"""The daily follow-up of coordinators, trustees and managers (screen E15, CRM-3.4-g)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import HTTP_STATUS, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages

from ..rules.access import Action
from ..selectors.following_up import SHOWN, days_before, follow_ups_on, holders
from ..selectors.meters import Sla
from ..selectors.moments import Moment
from ..selectors.supervision import supervised_teams
from ..selectors.views import view_of
from ..services import following_up
from .who import user_of

CHART_VIEW = "team_in_treatment_offices"  # V3: the same stock as a list and a chart


@require_GET
@may(Action.FOLLOW_UP)
def today(request: HttpRequest) -> HttpResponse:
    """Who holds what today."""
    return _show(request)


@require_GET
@may(Action.FOLLOW_UP)
def day(request: HttpRequest, day: str) -> HttpResponse:
    """What became of the follow-up of an earlier day."""
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    now = Moment.of(timezone.now())
    if asked == now.today:
        return redirect("inquiries:follow_up")
    if asked > now.today:
        raise Http404
    teams = list(supervised_teams(user_of(request)))
    context = {"shown": follow_ups_on(asked, teams), "is_working": now.authority.is_business_day(asked)}
    return render(request, "inquiries/follow_up_day.html", context)


@require_http_methods(["GET", "POST"])
@may(Action.FOLLOW_UP)
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Confirm that today's list was gone over, for the teams that are named."""
    if request.method == "GET":
        return redirect("inquiries:follow_up")
    teams = [int(pk) for pk in request.POST.getlist("team") if pk.isdecimal() and len(pk) < 16]
    try:
        following_up.confirm(team_ids=teams, by=user_of(request), at=timezone.now())
    except Refused as refused:
        return _show(request, status=HTTP_STATUS[refused.code], refused=sentences(refused))
    return pages.done(request, _("The follow-up of today was confirmed."), to=reverse("inquiries:follow_up"))


def _show(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    user, now = user_of(request), Moment.of(timezone.now())
    teams = list(supervised_teams(user))
    people = holders(user, teams, now)
    lines = [line for one in people for line in one.lines]
    shown = follow_ups_on(now.today, teams)
    context = {
        "teams": teams,
        "holders": people,
        "total": len(lines),
        "is_cut": len(lines) == SHOWN,
        "of_absent": sum(len(one.lines) for one in people if one.until),
        "over": sum(line.meter.state == Sla.OVER for line in lines),
        "day": shown,
        "unconfirmed": [team for team, row in shown.rows if row is None or row.confirmed_at is None],
        "is_working": now.authority.is_business_day(now.today),
        "before": days_before(now.today, teams, now.authority),
        "view": view_of(user, CHART_VIEW),
        "now": now.at,
        **more,
    }
    return render(request, "inquiries/follow_up.html", context, status=status)
