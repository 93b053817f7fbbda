"""Users with their roles and absences, and customers, to look up only; representatives, whom no screen keeps."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from .admin_site import ReadOnlyAdmin
from .models import (
    Absence,
    Customer,
    PowerOfAttorney,
    Representative,
    RepresentativeEmployee,
    RoleGrant,
    TaxFile,
    User,
)

for unused in (Group, Authenticator, EmailAddress):  # roles decide, and a second factor is nobody else's to see
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant


class AbsenceInline(admin.TabularInline):
    model = Absence
    fk_name = "user"
    fields = ("from_on", "until_on")


@admin.register(User)
class AccountAdmin(ReadOnlyAdmin):
    """Accounts; the screens of administration open, change and end employees' accounts."""

    list_display = ("username", "last_name", "first_name", "kind", "is_active")
    list_filter = ("kind", "is_active", "role_grants__role")
    search_fields = ("username", "last_name", "first_name")
    ordering = ("username",)
    fields = (
        "username", "kind", "is_active", "last_name", "first_name", "email", "phone", "language", "shortcuts_enabled",
        "last_login", "date_joined",
    )  # fmt: skip
    inlines = (RoleGrantInline, AbsenceInline)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None and obj.is_employee else ()


class CardInline(admin.TabularInline):
    """The cards of a representative's office."""

    model = RepresentativeEmployee
    extra = 0
    raw_id_fields = ("user",)


@admin.register(Representative)
class RepresentativeAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "licence_number", "is_active_licence")
    list_filter = ("kind", "is_active_licence")
    search_fields = ("name", "id_number", "licence_number")
    inlines = (CardInline,)


class TaxFileInline(admin.TabularInline):
    model = TaxFile
    extra = 0


class PowerInline(admin.TabularInline):
    model = PowerOfAttorney
    extra = 0


@admin.register(Customer)
class CustomerAdmin(ReadOnlyAdmin):
    """Who a customer is. Nobody changes it here: the customer does, with a code to the new address."""

    list_display = ("sort_name", "id_number", "kind", "registered_at")
    list_filter = ("kind",)
    search_fields = ("id_number", "foreign_number", "sort_name")
    inlines = (TaxFileInline, PowerInline)
