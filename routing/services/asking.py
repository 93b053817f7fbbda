"""Gather the facts of one decision: the customer's files, and the registers that its rules need."""

from crm_portal.people.models import Customer

from ..models import Triplet
from ..rules.facts import Facts, FileFacts
from ..selectors import triplet_facts


def facts_of(triplet: Triplet, customer: Customer | None) -> Facts:
    """What routing may know about this customer for this triplet."""
    return Facts(triplet=triplet_facts(triplet), tax_files=_files(customer))


def _files(customer: Customer | None) -> tuple[FileFacts, ...]:
    if customer is None:
        return ()
    return tuple(
        FileFacts(
            tax_system=file.tax_system,
            file_number=file.file_number,
            file_type=file.file_type,
            is_active=file.is_active,
            annual_report_required=file.annual_report_required,
            managing_unit=file.managing_unit or None,
        )
        for file in customer.tax_files.all()
    )
