"""
Inquiries and their codes in the admin site: to look at, never to change.

Status, owner, triplet, history and messages are changed by services alone (section 0 of the specification), and the
department keeps the codes in its screen M5 (CRM-9-b).
"""

from django.contrib import admin

from crm_portal.people.admin_site import ReadOnlyAdmin

from .models import Attachment, Channel, ClosingReason, FeedbackStatus, Inquiry, Message, StatusHistory


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
class ChannelAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "position", "is_imported_only", "is_active")


@admin.register(ClosingReason)
class ClosingReasonAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "position", "is_system_only", "is_active")


@admin.register(FeedbackStatus)
class FeedbackStatusAdmin(ReadOnlyAdmin):
    list_display = ("status", "is_on")
