"""Keep the figures of the reports: measure what moved, then add up anew the days that it moved."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.worktime.rules.calendars import CalendarName

from ..models import DailyFigure, FiguresDay, FiguresState
from ..selectors.sources import SOURCES
from . import measuring, refreshing

DAYS_AT_ONCE = 31


def refresh_report_figures(*, at: datetime) -> int:
    """
    Bring the figures up to this instant; gives how many inquiries were measured.

    What was missed since the last run is caught up. Two at once do no harm: a day is added up by one of them.
    """
    measured = measuring.measure_stale(at=at)
    while _add_up_some():
        pass
    with transaction.atomic():
        state = _state()
        if state.refreshed_at is None or state.refreshed_at < at:
            state.refreshed_at, state.counted_by = at, state.counted_by or _options()
            state.save(update_fields=["refreshed_at", "counted_by"])
    return measured


def rebuild_sla_cache(*, at: datetime) -> int:
    """
    After a change of the calendar work every cached time out anew (CRM-2.1.7-e); gives how many.

    A change is a day declared or withdrawn, or another weekend, other hours or another share that is near. It stays
    noted until all is done, so a run that was interrupted is taken up again by the next.
    """
    state, options_now = FiguresState.objects.first(), _options()
    if state is None or not (state.changed_days or state.counted_by not in ("", options_now)):
        return 0
    measuring.forget(state.changed_days if state.counted_by == options_now else None)
    done = refreshing.refresh_sla_cache(at=at) + refresh_report_figures(at=at)
    with transaction.atomic():
        now = _state()
        now.changed_days = now.changed_days[len(state.changed_days) :]  # what was declared meanwhile is still to do
        now.counted_by = options_now
        now.save(update_fields=["changed_days", "counted_by"])
    return done


def note_calendar_change(*, calendar: CalendarName, day: date) -> None:
    """Remember, in the transaction that changes a day of the authority's calendar, that times changed by it."""
    if calendar is not CalendarName.AUTHORITY:
        return
    state = _state()
    state.changed_days = [*state.changed_days, day]
    state.save(update_fields=["changed_days"])


def _options() -> str:
    """The options by which the clock counts."""
    counting = (options.WEEKEND_DAYS, options.WORKING_HOURS, options.SLA_NEAR_PERCENT)
    return repr([configured(option) for option in counting])


def _state() -> FiguresState:
    """The one row, locked until the transaction ends."""
    FiguresState.objects.bulk_create([FiguresState()], ignore_conflicts=True)
    return FiguresState.objects.select_for_update().get(pk=FiguresState.ONLY)


@transaction.atomic
def _add_up_some() -> bool:
    """Add up the oldest marked days; False when there are none, or another worker is at it."""
    if not measuring.alone():
        return False
    marked = FiguresDay.objects.select_for_update().order_by("day")
    days = list(marked.values_list("day", flat=True)[:DAYS_AT_ONCE])
    if not days:
        return False
    DailyFigure.objects.filter(day__in=days).delete()
    DailyFigure.objects.bulk_create(_figures(days), batch_size=1000)
    FiguresDay.objects.filter(day__in=days).delete()
    return True


def _figures(days: Sequence[date]) -> list[DailyFigure]:
    return [_figure(figure.value, row) for figure, rows in SOURCES.items() for row in rows(days)]


def _figure(figure: str, row: dict[str, Any]) -> DailyFigure:
    return DailyFigure(
        figure=figure,
        day=row["d_day"],
        unit_id=row["d_unit"],
        team_id=row["d_team"],
        triplet_id=row["d_triplet"],
        channel=row["d_channel"],
        key=row["d_key"] or "",
        count=row["d_count"],
        total=row["d_total"] or 0,
    )
