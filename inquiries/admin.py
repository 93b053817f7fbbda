"""
Inquiries in the admin site: to look at, never to change; the reference tables are the department's to keep (CRM-9-b).

Status, owner, triplet, history and messages are changed by services alone (section 0 of the specification).
"""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .models import Attachment, Channel, ClosingReason, FeedbackStatus, Inquiry, Message, StatusHistory


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at."""

    show_full_result_count = False  # counting a million rows costs more than it tells
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReferenceAdmin(admin.ModelAdmin):
    """A table of codes: a row that was used is switched off, not deleted, and keeps its code."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return (obj._meta.pk.name,) if obj is not None and obj._meta.pk is not None else ()


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    list_display = ("number", "status", "triplet", "handling_team", "owner", "opened_at")
    list_select_related = ("triplet", "handling_team__unit", "owner")
    list_filter = ("status",)
    search_fields = ("number__startswith",)


@admin.register(StatusHistory)
class StatusHistoryAdmin(ReadOnlyAdmin):
    list_display = ("inquiry", "at", "event", "to_status", "by_name")
    list_select_related = ("inquiry",)
    search_fields = ("inquiry__number__startswith",)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("inquiry", "sent_at", "side", "author_name")
    list_select_related = ("inquiry",)
    search_fields = ("inquiry__number__startswith",)


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("inquiry", "attached_at", "direction", "file", "show_on_internet")
    list_select_related = ("inquiry", "file")
    search_fields = ("inquiry__number__startswith",)


@admin.register(Channel)
class ChannelAdmin(ReferenceAdmin):
    list_display = ("code", "name", "position", "is_imported_only", "is_active")


@admin.register(ClosingReason)
class ClosingReasonAdmin(ReferenceAdmin):
    list_display = ("code", "name", "position", "is_system_only", "is_active")


@admin.register(FeedbackStatus)
class FeedbackStatusAdmin(ReferenceAdmin):
    list_display = ("status", "is_on")
