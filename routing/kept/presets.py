"""M3: the routing tables, dated. A change counts for new inquiries only; a stored decision keeps (CRM-7-q)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from crm_portal.administration.tables import Column, Ending, Filter, Rows, Screen, Table, by_field
from crm_portal.errors import Code, Refusal
from crm_portal.people.models import User

from ..models import BusinessUnit, FixedUnitRule, LocalityMap, NsaRule, RealEstateFirstLineRule, Triplet
from ..models.tables import TripletUnitRule
from ..models.topics import TripletQuerySet
from ..rules.codes import TaxSystemCode, UnitKind
from ..rules.targets import FIRST_LINES
from .topics import topics_of, units

NEW_ONLY = _("A change counts for new inquiries only.")
WITH_RULES = (TaxSystemCode.INCOME_TAX.value, TaxSystemCode.VAT.value, TaxSystemCode.REAL_ESTATE.value)


def _units(*kinds: UnitKind) -> "Iterable[BusinessUnit]":
    active = BusinessUnit.objects.filter(is_active=True)
    return active.filter(kind__in=[kind.value for kind in kinds]) if kinds else active


def _kinds_fit(row: LocalityMap, by: User | None) -> Iterable[Refusal]:
    """An office serves addresses of its own tax, and an MSM unit is one (CRM-7-c to CRM-7-j)."""
    for name, system in (("income_tax_office", TaxSystemCode.INCOME_TAX), ("vat_office", TaxSystemCode.VAT)):
        office = getattr(row, name)
        if office.kind != UnitKind.OFFICE or not office.tax_systems.filter(code=system.value).exists():
            yield Refusal(Code.INVALID_VALUE, (name,), {"because": "wrong_unit"}, "CRM-7-c")
    if row.msm_unit is not None and row.msm_unit.kind != UnitKind.MSM:
        yield Refusal(Code.INVALID_VALUE, ("msm_unit",), {"because": "wrong_unit"}, "CRM-7-f")


def _is_nsa(row: NsaRule, by: User | None) -> Iterable[Refusal]:
    if row.unit.kind != UnitKind.NSA:
        yield Refusal(Code.INVALID_VALUE, ("unit",), {"because": "wrong_unit"}, "CRM-7-h")


def _is_a_first_line(row: RealEstateFirstLineRule, by: User | None) -> Iterable[Refusal]:
    if row.unit.kind not in FIRST_LINES:
        yield Refusal(Code.INVALID_VALUE, ("unit",), {"because": "not_a_first_line"}, "CRM-7-k")


def _triplets(system: str = "", **flags: bool) -> TripletQuerySet:
    rows = Triplet.objects.active().select_related("tax_system").filter(is_internal=False, **flags)
    return rows.filter(tax_system=system) if system else rows


def _joined(rows: Rows) -> Rows:
    return rows.select_related("triplet", "unit").order_by(
        "triplet__main_topic", "triplet__sub_topic", "triplet__detail"
    )


def _preset(key: str, model: type[TripletUnitRule], **more: object) -> Table:
    return Table(
        key=key,
        screen=Screen.ROUTING,
        model=model,
        one=_("Unit of a triplet"),
        fields=("triplet", "unit", "valid_from", "valid_until"),
        fixed=("triplet",),
        once=("triplet",),
        columns=(
            Column(_("Triplet"), "triplet.detail", sub=topics_of),
            Column(_("Business unit"), "unit.name"),
        ),
        ending=Ending.DATED,
        search=("triplet__detail", "triplet__sub_topic", "triplet__code", "unit__name"),
        rows=_joined,
        head_team_reads=True,
        **more,  # type: ignore[arg-type]
    )


TABLES = (
    Table(
        key="localities",
        screen=Screen.ROUTING,
        model=LocalityMap,
        label=_("Localities"),
        one=_("Locality"),
        icon="home",
        intro=_("Which offices serve a locality of the population register. A change counts for new inquiries only."),
        fields=("locality", "income_tax_office", "vat_office", "msm_unit", "valid_from", "valid_until"),
        fixed=("locality",),
        once=("locality",),
        columns=(
            Column(_("Locality"), "locality"),
            Column(_("Income-tax office"), "income_tax_office.name"),
            Column(_("VAT office"), "vat_office.name"),
            Column(_("MSM unit"), "msm_unit.name"),
        ),
        ending=Ending.DATED,
        search=("locality", "income_tax_office__name", "vat_office__name", "msm_unit__name"),
        filters=(
            Filter("income", _("Income-tax office"), units, by_field("income_tax_office")),
            Filter("msm", _("MSM unit"), lambda: [(unit.pk, unit.name) for unit in _units(UnitKind.MSM)],
                   by_field("msm_unit")),
        ),
        rows=lambda rows: rows.select_related("income_tax_office", "vat_office", "msm_unit"),
        choices={
            "income_tax_office": lambda: _units(UnitKind.OFFICE).filter(  # type: ignore[attr-defined]
                tax_systems=TaxSystemCode.INCOME_TAX.value
            ),
            "vat_office": lambda: _units(UnitKind.OFFICE).filter(  # type: ignore[attr-defined]
                tax_systems=TaxSystemCode.VAT.value
            ),
            "msm_unit": lambda: _units(UnitKind.MSM),
        },
        hints={"locality": _("Spelt as the population register spells it.")},
        checks=_kinds_fit,
        head_team_reads=True,
    ),
    _preset(
        "nsa-units",
        NsaRule,
        label=_("NSA units"),
        icon="report",
        intro=_("The national bookkeeping unit that receives each triplet of bookkeeping audits."),
        choices={"triplet": lambda: _triplets(is_nsa=True), "unit": lambda: _units(UnitKind.NSA)},
        checks=_is_nsa,
    ),
    _preset(
        "first-lines",
        RealEstateFirstLineRule,
        label=_("First line of real estate"),
        icon="building",
        intro=_("National unit or information centre for each real-estate triplet; without a row, the national unit."),
        choices={
            "triplet": lambda: _triplets(TaxSystemCode.REAL_ESTATE.value),
            "unit": lambda: _units(*FIRST_LINES),
        },
        checks=_is_a_first_line,
    ),
    _preset(
        "fixed-units",
        FixedUnitRule,
        label=_("Fixed units"),
        icon="lock",
        intro=_("The one unit of each triplet of the other tax systems, such as deductions."),
        choices={"triplet": lambda: _triplets().exclude(tax_system__in=WITH_RULES), "unit": _units},
    ),
)  # fmt: skip
