"""Users with their roles and absences; representatives; customers, to look up only."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
from .rules.roles import UserKind
from .services import second_factor

for unused in (Group, Authenticator, EmailAddress):  # roles decide, and a second factor is nobody else's to see
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


class RoleGrantInline(admin.TabularInline):
    """The roles of an employee; nobody changes his own."""

    model = RoleGrant
    extra = 0

    def _is_own(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and obj.pk == request.user.pk

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self._is_own(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self._is_own(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self._is_own(request, obj) and super().has_delete_permission(request, obj)


class AbsenceInline(admin.TabularInline):
    """When an employee is away."""

    model = Absence
    fk_name = "user"
    fields = ("from_on", "until_on")
    extra = 0


@admin.register(User)
class EmployeeAdmin(UserAdmin):
    """Accounts. The admin site opens employees' accounts only; the others open their own by entering."""

    list_display = ("username", "last_name", "first_name", "kind", "is_active")
    list_filter = ("kind", "is_active", "role_grants__role")
    search_fields = ("username", "last_name", "first_name")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("kind", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "kind", "is_active")}),
        (_("Details"), {"fields": ("last_name", "first_name", "email", "phone", "language", "shortcuts_enabled")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "last_name", "first_name", "usable_password", "password1", "password2")}),
    )
    inlines = (RoleGrantInline, AbsenceInline)
    actions = ("reset_second_factor",)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None and obj.is_employee else ()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Absence:
            for one in formset.extra_forms:
                one.instance.entered_by, one.instance.entered_at = request.user, timezone.now()
        super().save_formset(request, form, formset, change)

    @admin.action(description=_("Let them set up the second factor anew"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.filter(kind=UserKind.EMPLOYEE.value):
            second_factor.reset(user=user, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        self.message_user(request, _("At the next sign-in they set up an authenticator app."), messages.SUCCESS)


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
class CustomerAdmin(admin.ModelAdmin):
    """Who a customer is. Nobody changes it here: the customer does, with a code to the new address."""

    list_display = ("sort_name", "id_number", "kind", "registered_at")
    list_filter = ("kind",)
    search_fields = ("id_number", "foreign_number", "sort_name")
    show_full_result_count = False
    inlines = (TaxFileInline, PowerInline)
