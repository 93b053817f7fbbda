"""
The tables of routing in the admin site, to look up; the CRM department keeps them in its screens M1 to M3.

What was decided of an inquiry stands here too; nobody changes it.
"""

from django.contrib import admin

from crm_portal.people.admin_site import ReadOnlyAdmin

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


@admin.register(TaxSystem)
class TaxSystemAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "position", "sla_target_hours", "is_active", "is_example")


@admin.register(Triplet)
class TripletAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "tax_system", "is_internal", "is_section17", "is_msm_topic", "is_nsa", "is_active")
    list_filter = ("tax_system", "is_active", "is_internal", "is_section17", "is_msm_topic", "is_nsa", "is_example")
    list_select_related = ("tax_system",)
    search_fields = ("code", "main_topic", "sub_topic", "detail")


class UnitMemberInline(admin.TabularInline):
    model = UnitMember


class TeamMemberInline(admin.TabularInline):
    model = TeamMember


@admin.register(BusinessUnit)
class BusinessUnitAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "kind", "hide_employee_name", "is_active", "is_example")
    list_filter = ("kind", "tax_systems", "is_active", "is_example")
    search_fields = ("code", "name")
    inlines = (UnitMemberInline,)


@admin.register(Team)
class TeamAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "unit", "section", "is_head_team", "is_active", "is_example")
    list_filter = ("unit__kind", "is_active", "is_example", "unit")
    list_select_related = ("unit",)
    search_fields = ("code", "name", "unit__name")
    inlines = (TeamMemberInline,)


@admin.register(TripletTeam)
class TripletTeamAdmin(ReadOnlyAdmin):
    list_display = ("triplet", "unit", "team", "is_default_for_unit", "valid_from", "valid_until")
    list_filter = ("is_default_for_unit", "unit", "triplet__tax_system")
    list_select_related = ("triplet", "unit", "team__unit")
    search_fields = ("triplet__code", "triplet__detail", "team__name", "unit__name")


@admin.register(LocalityMap)
class LocalityMapAdmin(ReadOnlyAdmin):
    list_display = ("locality", "income_tax_office", "vat_office", "msm_unit", "valid_from", "valid_until")
    list_filter = ("income_tax_office", "vat_office", "msm_unit", "is_example")
    list_select_related = ("income_tax_office", "vat_office", "msm_unit")
    search_fields = ("locality",)


@admin.register(NsaRule, RealEstateFirstLineRule, FixedUnitRule)
class PresetUnitAdmin(ReadOnlyAdmin):
    list_display = ("triplet", "unit", "valid_from", "valid_until")
    list_select_related = ("triplet", "unit")
    search_fields = ("triplet__code", "triplet__detail", "unit__name")


@admin.register(RoutingDecision)
class RoutingDecisionAdmin(ReadOnlyAdmin):
    list_display = ("decided_at", "rule", "team", "is_fallback", "cause")
    list_filter = ("rule", "is_fallback", "cause")
    list_select_related = ("team__unit",)
    date_hierarchy = "decided_at"
