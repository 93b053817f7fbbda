"""The outbox in the admin site: to be read only; the outbox page retries."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Notification


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):
    list_display = ["created_at", "channel", "kind", "address", "about", "state", "attempts", "next_attempt_at"]
    list_filter = ["state", "channel"]
    search_fields = ["=address", "=about"]
    exclude = ["body"]  # it may hold a one-time code
    ordering = ["-created_at", "-id"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
