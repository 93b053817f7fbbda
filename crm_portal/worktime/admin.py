"""The declared days in the admin site; the services make the change, so that every clock is told."""

from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from .models import CalendarDay, TimerRun
from .rules.calendars import CalendarName
from .services import declaring

if TYPE_CHECKING:
    from crm_portal.people.models import User


def _who(request: HttpRequest) -> "User":
    return cast("User", request.user)  # the admin site lets in nobody else


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    list_display = ("day", "calendar", "is_working", "name", "reason", "declared_by")
    list_filter = ("calendar", "is_working")
    search_fields = ("name", "reason")
    date_hierarchy = "day"
    exclude = ("declared_by",)

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: ModelForm, change: bool) -> None:
        if change and {"calendar", "day"} & set(form.changed_data):
            was = CalendarDay.objects.get(pk=obj.pk)
            declaring.withdraw_day(declared=was, reason=obj.reason, by=_who(request), at=timezone.now())
        declared = declaring.declare_day(
            calendar=CalendarName(obj.calendar),
            day=obj.day,
            is_working=obj.is_working,
            name=obj.name,
            reason=obj.reason,
            by=_who(request),
            at=timezone.now(),
        )
        obj.pk = declared.pk

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        declaring.withdraw_day(declared=obj, reason=obj.reason, by=_who(request), at=timezone.now())


@admin.register(TimerRun)
class TimerRunAdmin(admin.ModelAdmin):
    list_display = ("name", "at", "started_at", "finished_at", "done", "failed")
    list_filter = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TimerRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TimerRun | None = None) -> bool:
        return False
