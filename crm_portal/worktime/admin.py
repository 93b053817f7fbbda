"""Declared days and runs of timers in the admin site: to be read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import CalendarDay, TimerRun


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CalendarDay)
class CalendarDayAdmin(ReadOnlyAdmin):
    list_display = ("day", "calendar", "is_working", "name", "reason", "declared_by")
    list_filter = ("calendar", "is_working")
    search_fields = ("name", "reason")
    date_hierarchy = "day"


@admin.register(TimerRun)
class TimerRunAdmin(ReadOnlyAdmin):
    list_display = ("name", "at", "started_at", "finished_at", "done", "failed")
    list_filter = ("name",)
