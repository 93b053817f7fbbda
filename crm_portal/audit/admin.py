"""The audit in the admin site: to be read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    list_display = ["id", "at", "action", "outcome", "code", "actor_name", "target_type", "target_label", "origin"]
    list_filter = ["outcome"]
    list_select_related = ["actor"]
    search_fields = ["=target_id", "=target_label", "actor_name", "=request_id"]
    date_hierarchy = "at"
    ordering = ["-id"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
