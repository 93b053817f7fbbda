"""
The tables of routing in the admin site (screens M1-M3).

The site writes every edit into the audit, with what was before and after (CRM-7-q). Nothing is deleted but a
membership: a row of the tables ends by its last day, and an inquiry that was routed keeps its decision.
"""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import (
    BusinessUnit,
    FixedUnitRule,
    LocalityMap,
    NsaRule,
    RealEstateFirstLineRule,
    RoutingDecision,
    TaxSystem,
    Team,
    TeamMember,
    Triplet,
    TripletTeam,
    UnitMember,
)
from .rules.targets import FIRST_LINES


class KeptAdmin(admin.ModelAdmin):
    """A table whose rows are not deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class DatedAdmin(KeptAdmin):
    """A routing table: a new row holds from today unless said otherwise."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"valid_from": timezone.localdate(), **super().get_changeform_initial_data(request)}


@admin.register(TaxSystem)
class TaxSystemAdmin(KeptAdmin):
    list_display = ("code", "name", "position", "sla_target_hours", "is_active", "is_example")

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(Triplet)
class TripletAdmin(KeptAdmin):
    list_display = ("__str__", "tax_system", "is_internal", "is_section17", "is_msm_topic", "is_nsa", "is_active")
    list_filter = ("tax_system", "is_active", "is_internal", "is_section17", "is_msm_topic", "is_nsa", "is_example")
    list_select_related = ("tax_system",)
    search_fields = ("code", "main_topic", "sub_topic", "detail")


class MemberInline(admin.TabularInline):
    extra = 0
    raw_id_fields = ("user",)


class UnitMemberInline(MemberInline):
    model = UnitMember


class TeamMemberInline(MemberInline):
    model = TeamMember


@admin.register(BusinessUnit)
class BusinessUnitAdmin(KeptAdmin):
    list_display = ("code", "name", "kind", "hide_employee_name", "is_active", "is_example")
    list_filter = ("kind", "tax_systems", "is_active", "is_example")
    search_fields = ("code", "name")
    filter_horizontal = ("tax_systems",)
    inlines = (UnitMemberInline,)


@admin.register(Team)
class TeamAdmin(KeptAdmin):
    list_display = ("code", "name", "unit", "section", "is_head_team", "is_active", "is_example")
    list_filter = ("unit__kind", "is_active", "is_example", "unit")
    list_select_related = ("unit",)
    search_fields = ("code", "name", "unit__name")
    inlines = (TeamMemberInline,)


class TripletTeamForm(ModelForm):
    def clean(self) -> dict[str, Any] | None:
        """One default team for a triplet in a unit; the constraint would say so less kindly."""
        given = super().clean() or self.cleaned_data
        triplet, team = given.get("triplet"), given.get("team")
        if triplet and team and given.get("is_default_for_unit") and not given.get("valid_until"):
            others = TripletTeam.objects.exclude(pk=self.instance.pk).filter(
                triplet=triplet, unit=team.unit_id, is_default_for_unit=True, valid_until=None
            )
            if others.exists():
                message = _("The triplet already has a default team in this unit. End that one first.")
                self.add_error("is_default_for_unit", forms.ValidationError(message, code="duplicate"))
        return given


@admin.register(TripletTeam)
class TripletTeamAdmin(DatedAdmin):
    form = TripletTeamForm
    exclude = ("unit",)
    list_display = ("triplet", "unit", "team", "is_default_for_unit", "valid_from", "valid_until")
    list_filter = ("is_default_for_unit", "unit", "triplet__tax_system")
    list_select_related = ("triplet", "unit", "team__unit")
    search_fields = ("triplet__code", "triplet__detail", "team__name", "unit__name")
    autocomplete_fields = ("triplet", "team")


@admin.register(LocalityMap)
class LocalityMapAdmin(DatedAdmin):
    list_display = ("locality", "income_tax_office", "vat_office", "msm_unit", "valid_from", "valid_until")
    list_filter = ("income_tax_office", "vat_office", "msm_unit", "is_example")
    list_select_related = ("income_tax_office", "vat_office", "msm_unit")
    search_fields = ("locality",)


@admin.register(NsaRule, FixedUnitRule)
class PresetUnitAdmin(DatedAdmin):
    list_display = ("triplet", "unit", "valid_from", "valid_until")
    list_select_related = ("triplet", "unit")
    search_fields = ("triplet__code", "triplet__detail", "unit__name")
    autocomplete_fields = ("triplet",)


class FirstLineForm(ModelForm):
    def clean_unit(self) -> BusinessUnit:
        """CRM-7-k: no inquiry of real estate goes straight to an office."""
        unit = cast("BusinessUnit", self.cleaned_data["unit"])
        if unit.kind not in FIRST_LINES:
            raise forms.ValidationError(_("The first line is the national unit or an information centre."))
        return unit


@admin.register(RealEstateFirstLineRule)
class RealEstateFirstLineAdmin(PresetUnitAdmin):
    form = FirstLineForm


@admin.register(RoutingDecision)
class RoutingDecisionAdmin(admin.ModelAdmin):
    """What was decided; nobody changes it."""

    list_display = ("decided_at", "rule", "team", "is_fallback", "cause")
    list_filter = ("rule", "is_fallback", "cause")
    list_select_related = ("team__unit",)
    date_hierarchy = "decided_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
