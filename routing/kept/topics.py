"""M1: tax systems, triplets, and which teams handle a triplet from when to when."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm_portal.administration.tables import (
    Column,
    Ending,
    Filter,
    Look,
    Related,
    Rows,
    Screen,
    Table,
    by_field,
    overlapping,
)
from crm_portal.errors import Code, Refusal
from crm_portal.people.models import User

from ..models import BusinessUnit, TaxSystem, Team, Triplet, TripletTeam

FLAGS = (
    ("is_internal", _("Internal")), ("is_section17", _("Section 17")), ("is_msm_topic", _("MSM topic")),
    ("is_nsa", _("NSA")), ("tax_year_required", _("Tax year")), ("has_information_panel", _("Information panel")),
)  # fmt: skip


def tax_systems() -> list[tuple[str, str]]:
    return list(TaxSystem.objects.values_list("code", "name"))


def units() -> list[tuple[int, str]]:
    return list(BusinessUnit.objects.values_list("pk", "name"))


def topics_of(row: Any) -> str:
    """The two upper levels of the triplet that a row belongs to."""
    return f"{row.triplet.main_topic} / {row.triplet.sub_topic}"


def _flags(triplet: Triplet) -> list[str]:
    shown = [str(label) for name, label in FLAGS if getattr(triplet, name)]
    return shown if triplet.requires_identification else [*shown, gettext("No identification")]


def _levels(triplet: Triplet, by: User | None) -> Iterable[Refusal]:
    if not triplet.is_internal and triplet.internal_case:
        yield Refusal(Code.INVALID_VALUE, ("internal_case",), {"because": "case_of_internal_only"}, "CRM-7-n")
    same = Triplet.objects.exclude(pk=triplet.pk).filter(
        tax_system=triplet.tax_system_id,
        main_topic=triplet.main_topic,
        sub_topic=triplet.sub_topic,
        detail=triplet.detail,
    )
    if same.exists():
        yield Refusal(Code.DUPLICATE, ("detail",), {"because": "triplet_exists"}, "CRM-4.1-b")
    if triplet.handle_level < triplet.view_level:
        yield Refusal(Code.INVALID_VALUE, ("handle_level",), {"because": "handle_below_view"}, "CRM-2.2.2-a")


def _not_chosen(triplet: Triplet) -> Iterable[str]:
    yield gettext("Nobody can choose the triplet for a new inquiry any more.")


def _triplets_of(system: TaxSystem) -> Iterable[str]:
    count = Triplet.objects.active().filter(tax_system=system).count()
    if count:
        yield ngettext(
            "One active triplet belongs to the tax system; switch it off too if it should not be chosen.",
            "%(count)d active triplets belong to the tax system; switch them off too if they should not be chosen.",
            count,
        ) % {"count": count}


def _other_defaults(link: TripletTeam) -> Iterable[tuple[TripletTeam, Mapping[str, Any]]]:
    """A new default takes the place of the present one from its first day, so that no day is without one."""
    if not link.is_default_for_unit:
        return
    others = TripletTeam.objects.exclude(pk=link.pk).filter(
        triplet=link.triplet_id, unit=link.team.unit_id, is_default_for_unit=True
    )
    for other in overlapping(others, link).select_related("team__unit", "triplet"):
        if other.team_id != link.team_id:
            yield other, {"is_default_for_unit": False}


def _living_team(link: TripletTeam, by: User | None) -> Iterable[Refusal]:
    if not (link.team.is_active and link.team.unit.is_active):
        yield Refusal(Code.INVALID_VALUE, ("team",), {"because": "team_dissolved"}, "CRM-7-p")


def _count_teams(rows: Rows) -> Rows:
    counted: Rows = rows.select_related("tax_system").annotate(team_count=Count("triplet_teams__team", distinct=True))
    return counted


TABLES = (
    Table(
        key="triplets",
        screen=Screen.TOPICS,
        model=Triplet,
        label=_("Triplets"),
        one=_("Triplet"),
        icon="layers",
        intro=_("What an inquiry may be about, and what follows from it: routing, identification, levels, SLA."),
        fields=(
            "code", "tax_system", "main_topic", "sub_topic", "detail", "is_internal", "internal_case",
            "requires_identification", "tax_year_required", "is_section17", "is_msm_topic", "is_nsa",
            "poa_limited_topic", "has_information_panel", "view_level", "handle_level", "sla_target_hours",
        ),
        fixed=("code", "tax_system"),
        columns=(
            Column(_("Triplet"), "detail", sub=lambda row: f"{row.main_topic} / {row.sub_topic}"),
            Column(_("Tax system"), "tax_system.name", less=True),
            Column(_("Properties"), _flags, Look.TAGS, less=True),
            Column(_("Levels"), lambda row: f"{row.view_level} / {row.handle_level}", Look.CODE, less=True),
            Column(_("SLA hours"), "sla_target_hours", Look.NUMBER),
            Column(_("Teams"), "team_count", Look.NUMBER),
        ),
        ending=Ending.SWITCHED,
        search=("code", "main_topic", "sub_topic", "detail"),
        filters=(
            Filter("system", _("Tax system"), tax_systems, by_field("tax_system")),
            Filter("flag", _("Property"), lambda: FLAGS, lambda rows, name: (
                rows.filter(**{name: True}) if name in dict(FLAGS) else rows
            )),
        ),
        rows=_count_teams,
        choices={
            "tax_system": lambda: TaxSystem.objects.filter(is_active=True),
            "view_level": lambda: [(level, str(level)) for level in range(4)],
            "handle_level": lambda: [(level, str(level)) for level in range(4)],
        },
        hints={
            "view_level": _("Employees below it neither see nor count inquiries on the triplet."),
            "handle_level": _("Not below the level to view."),
            "sla_target_hours": _("Empty: the target of the tax system, or none."),
        },
        checks=_levels,
        consequences=_not_chosen,
        related=(
            Related("triplet-teams", "triplet"), Related("nsa-units", "triplet"), Related("first-lines", "triplet"),
            Related("fixed-units", "triplet"),
        ),
        moves_clocks=frozenset({"sla_target_hours"}),
    ),
    Table(
        key="tax-systems",
        screen=Screen.TOPICS,
        model=TaxSystem,
        label=_("Tax systems"),
        one=_("Tax system"),
        icon="coin",
        intro=_("The tax systems of the triplets. Their SLA target counts where a triplet has none of its own."),
        fields=("code", "name", "sla_target_hours", "position"),
        fixed=("code",),
        columns=(
            Column(_("Name"), "name", sub="code"),
            Column(_("SLA hours"), "sla_target_hours", Look.NUMBER),
            Column(_("Position"), "position", Look.NUMBER),
        ),
        ending=Ending.SWITCHED,
        search=("code", "name"),
        consequences=_triplets_of,
        related=(Related("triplets", "tax_system"),),
        moves_clocks=frozenset({"sla_target_hours"}),
    ),
    Table(
        key="triplet-teams",
        screen=Screen.TOPICS,
        model=TripletTeam,
        label=_("Teams of triplets"),
        one=_("Team of a triplet"),
        icon="users",
        intro=_("Which teams may handle a triplet, and which of them receives it in each unit. A change counts for new "
                "inquiries only."),
        fields=("triplet", "team", "is_default_for_unit", "valid_from", "valid_until"),
        fixed=("triplet", "team"),
        once=("triplet", "team"),
        columns=(
            Column(_("Triplet"), "triplet.detail", sub=topics_of),
            Column(_("Team"), "team.name", sub="unit.name"),
            Column(_("Default in its unit"), "is_default_for_unit", Look.FLAG),
        ),
        ending=Ending.DATED,
        search=("triplet__detail", "triplet__sub_topic", "triplet__code", "team__name", "unit__name"),
        filters=(
            Filter("system", _("Tax system"), tax_systems, by_field("triplet__tax_system")),
            Filter("unit", _("Business unit"), units, by_field("unit")),
            Filter("default", _("Default"), lambda: (("yes", _("Default in its unit")), ("no", _("Not default"))),
                   by_field("is_default_for_unit")),
        ),
        rows=lambda rows: rows.select_related("triplet__tax_system", "team__unit", "unit"),
        choices={
            "triplet": lambda: Triplet.objects.active().select_related("tax_system"),
            "team": lambda: Team.objects.active().select_related("unit"),
        },
        narrowed_by={"unit": ("team", "unit")},
        hints={"is_default_for_unit": _("Takes the place of the present default from the first day on.")},
        checks=_living_team,
        yields=_other_defaults,
        head_team_reads=True,
    ),
)  # fmt: skip
