"""The information extension: what the registers know of an inquiry's customer, to be read only (4.7, CRM-2.2.8-a)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from crm_portal import registers
from crm_portal.audit.services.recording import command, record_read
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import PowerOfAttorney, User
from crm_portal.people.services import shaam
from crm_portal.registers import RegisterUnavailable
from crm_portal.worktime.rules.periods import day_of
from routing.models import BusinessUnit, TaxSystem

from ..models import Inquiry, StatusHistory
from ..rules import information
from ..rules.codes import HistoryEvent
from ..rules.information import Panel, Verified
from ..selectors import visibility
from ..selectors.representation import standing_of
from . import moving


@dataclass(frozen=True, slots=True)
class Shown:
    """One panel: its rows as the register gave them, or that the register could not be reached."""

    panel: Panel
    rows: Sequence[Any] = ()
    is_unavailable: bool = False


@dataclass(frozen=True, slots=True)
class Information:
    """All that is shown of one customer; none of it is kept."""

    number: str  # whose data they are
    panels: Sequence[Shown] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class _Question:
    inquiry: Inquiry
    number: str
    by: User
    at: datetime


@command("information.view", target="inquiry_id")
def view_information(*, inquiry_id: int, by: User, at: datetime) -> Information:
    """
    Show a handling employee what the registers know of the inquiry's customer, and write which panels he saw.

    A register that is down leaves its own panel empty, and the panel says so.

    :raises Refused: OUT_OF_SCOPE, VIEW_ONLY, OWN_NAME_ABOUT_CLIENT, CUSTOMER_NOT_VERIFIED, REAUTH_REQUIRED
    """
    inquiry = Inquiry.objects.select_related(*moving.WITH).filter(pk=inquiry_id).first()
    if inquiry is None:
        raise refuse(Code.OUT_OF_SCOPE)
    if inquiry.owner_id != by.pk or not visibility.may_see(by, inquiry):
        moving.handled(inquiry, by)
    refuse_if(information.refusals(verified_of(inquiry), is_identified=shaam.is_identified(by, at)))
    assert inquiry.customer is not None  # noqa: S101 - refused above
    own = inquiry.representative if inquiry.is_own_name else None
    asked = _Question(inquiry, own.id_number if own is not None else inquiry.customer.id_number, by, at)
    panels = [_answer(panel, asked) for panel in _panels_of(inquiry)]
    record_read(
        "information.view", by=by, at=at, target=inquiry, what={"panels": [shown.panel.value for shown in panels]}
    )
    return Information(asked.number, panels)


def verified_of(inquiry: Inquiry) -> Verified:
    """How the inquirer was identified, as the rule asks it."""
    verified_here = StatusHistory.objects.filter(inquiry=inquiry, event=HistoryEvent.VERIFICATION.value)
    return Verified(
        has_customer=inquiry.customer_id is not None,
        method=inquiry.verification_method,
        by_employee=verified_here.exists(),
        is_represented=inquiry.representative_id is not None and bool(inquiry.representation),
        is_own_name=inquiry.is_own_name,
        is_marked=standing_of(inquiry).is_blocked,
    )


def _panels_of(inquiry: Inquiry) -> tuple[Panel, ...]:
    triplet = inquiry.triplet
    return information.panels_for(
        tax_system=triplet.tax_system_id if triplet is not None else "",
        is_about_grants=triplet is not None and triplet.has_information_panel,
        assessment_number=inquiry.assessment_number,
    )


def _answer(panel: Panel, asked: _Question) -> Shown:
    try:
        return Shown(panel, _ASK[panel](asked))
    except RegisterUnavailable:
        return Shown(panel, is_unavailable=True)


def _work_grants(asked: _Question) -> Sequence[Any]:
    return registers.shaam(by=asked.by, at=asked.at).work_grants(asked.number)


def _tax_files(asked: _Question) -> Sequence[Any]:
    """The files by tax system, each with the names that people know; the inquiry's own system first."""
    files = registers.shaam(by=asked.by, at=asked.at).tax_files(asked.number)
    systems = dict(TaxSystem.objects.values_list("code", "name"))
    units = dict(BusinessUnit.objects.filter(code__in={row.managing_unit for row in files}).values_list("code", "name"))
    present = asked.inquiry.triplet.tax_system_id if asked.inquiry.triplet is not None else ""
    grouped: dict[str, list[Any]] = {}
    for row in sorted(files, key=lambda row: (row.tax_system != present, row.tax_system, row.file_number)):
        named = {"file": row, "unit": units.get(row.managing_unit, row.managing_unit)}
        grouped.setdefault(systems.get(row.tax_system, row.tax_system), []).append(named)
    return list(grouped.items())


def _address(asked: _Question) -> Sequence[Any]:
    address = registers.population(by=asked.by, at=asked.at).address_of(asked.number)
    return [] if address is None else [address]


def _representation(asked: _Question) -> Sequence[Any]:
    today = day_of(asked.at)
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    powers = PowerOfAttorney.objects.filter(valid, customer__id_number=asked.number, valid_from__lte=today)
    systems = dict(TaxSystem.objects.values_list("code", "name"))
    rows = powers.select_related("representative").order_by("tax_system", "valid_from") if asked.number else []
    return [{"power": row, "system": systems.get(row.tax_system, row.tax_system)} for row in rows]


def _assessment(asked: _Question) -> Sequence[Any]:
    """The real-estate case, if it is this customer's."""
    case = registers.matzpen(by=asked.by, at=asked.at).assessment(asked.inquiry.assessment_number)
    return [case] if case is not None and asked.number in case.customers else []


_ASK: Mapping[Panel, Callable[[_Question], Sequence[Any]]] = MappingProxyType(
    {
        Panel.WORK_GRANTS: _work_grants,
        Panel.TAX_FILES: _tax_files,
        Panel.ADDRESS: _address,
        Panel.REPRESENTATION: _representation,
        Panel.ASSESSMENT: _assessment,
    }
)
