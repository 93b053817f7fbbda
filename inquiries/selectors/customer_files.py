"""What a customer file shows (screen E12), in a number of queries that does not grow with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from crm_portal import registers
from crm_portal.people.models import Customer, PoaRequest, PowerOfAttorney, Section60Representation, TaxFile, User
from crm_portal.registers import RegisterUnavailable
from routing.models import BusinessUnit, TaxSystem

from ..models import Inquiry
from .visibility import readable_by, visible_to


@dataclass(frozen=True, slots=True)
class File:
    """One tax file, in words."""

    file: TaxFile
    tax_system: str
    unit: str


@dataclass(frozen=True, slots=True)
class Power:
    """One power of attorney, and whether it holds today."""

    power: PowerOfAttorney
    tax_system: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """Everything about the customer beside his inquiries."""

    customer: Customer
    tax_files: Sequence[File]
    powers: Sequence[Power]
    requests: Sequence[PoaRequest]
    section_60: Sequence[Section60Representation]

    @property
    def is_represented(self) -> bool:
        return bool(self.powers or self.requests or self.section_60)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of his inquiries is narrowed to; an empty condition does not count."""

    state: str = ""  # "active" or "closed"
    tax_system: str = ""
    status: str = ""
    unit: int | None = None
    opened_from: datetime | None = None
    opened_to: datetime | None = None


def file_of(customer: Customer, *, today: date) -> CustomerFile:
    """The customer file, with its representations: powers, requests for one, section 60 (CRM-2.1.1-a)."""
    systems = dict(TaxSystem.objects.values_list("code", "name"))
    files = list(customer.tax_files.all())
    units = dict(
        BusinessUnit.objects.filter(code__in={file.managing_unit for file in files}).values_list("code", "name")
    )
    powers = customer.powers.select_related("representative").order_by("-valid_from", "-id")
    return CustomerFile(
        customer=customer,
        tax_files=[
            File(one, systems.get(one.tax_system, one.tax_system), units.get(one.managing_unit, "")) for one in files
        ],
        powers=[Power(one, systems.get(one.tax_system, one.tax_system), _holds(one, today)) for one in powers],
        requests=list(customer.poa_requests.select_related("representative")),
        section_60=list(customer.section_60.select_related("representative").order_by("-registered_at")),
    )


def inquiries_of(user: User, customer: Customer) -> QuerySet[Inquiry]:
    """V8: every inquiry of the customer, of any tax system, unit, channel and status (CRM-2-a)."""
    return readable_by(user).filter(customer=customer).submitted()


def narrowed_to(rows: QuerySet[Inquiry], wanted: Wanted) -> QuerySet[Inquiry]:
    """The rows for which every condition holds."""
    conditions = {
        "closed_at__isnull": {"active": True, "closed": False}.get(wanted.state),
        "triplet__tax_system": wanted.tax_system or None,
        "status": wanted.status or None,
        "handling_unit": wanted.unit,
        "opened_at__gte": wanted.opened_from,
        "opened_at__lt": wanted.opened_to,
    }
    return rows.filter(Q(**{name: value for name, value in conditions.items() if value is not None}))


def outside_lists(user: User, inquiries: Sequence[Inquiry]) -> set[int]:
    """Which of them the user only views, because they lie outside what his roles reach."""
    keys = {inquiry.pk for inquiry in inquiries}
    return keys - set(visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def registered_address(customer: Customer, *, by: User, at: datetime) -> tuple[str, bool]:
    """The address in the population register, and whether the register answered."""
    if not customer.id_number:
        return "", True
    try:
        found = registers.population(by=by, at=at).address_of(customer.id_number)
    except RegisterUnavailable:
        return "", False
    if found is None:
        return "", True
    street = f"{found.street} {found.house}".strip()
    return ", ".join(part for part in (street, found.locality, found.postcode) if part), True


def _holds(power: PowerOfAttorney, today: date) -> bool:
    return power.valid_from <= today and (power.valid_until is None or power.valid_until >= today)
