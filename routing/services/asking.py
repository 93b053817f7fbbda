"""Gather the facts of one decision: only those registers are asked whose answer the rules need (4.7)."""

from dataclasses import replace
from datetime import datetime

from crm_portal import registers
from crm_portal.people.models import Customer, TaxFile, User
from crm_portal.registers.adapters.shaam import TaxFileRow

from ..models import Triplet
from ..rules import engine
from ..rules.codes import Register
from ..rules.facts import Facts, FileFacts, Tables
from ..selectors import triplet_facts


def facts_of(triplet: Triplet, customer: Customer | None, tables: Tables, *, by: User | None, at: datetime) -> Facts:
    """What routing needs to know about this customer for this triplet; a register that fails is noted as down."""
    facts, asked = Facts(triplet=triplet_facts(triplet)), set[Register]()
    if customer is None:
        return facts
    while register := engine.next_register(facts, tables, asked):
        asked.add(register)
        try:
            facts = _ask(register, facts, customer, by=by, at=at)
        except registers.RegisterUnavailable:
            facts = replace(facts, registers_down=facts.registers_down | {register})
    return facts


def _ask(register: Register, facts: Facts, customer: Customer, *, by: User | None, at: datetime) -> Facts:
    match register:
        case Register.SHAAM:
            return replace(facts, tax_files=_files(customer, by=by, at=at))
        case Register.POPULATION:
            address = registers.population(by=by, at=at).address_of(customer.id_number) if customer.id_number else None
            return replace(facts, locality=address.locality if address else None)
        case Register.VAT_KEY:
            key = registers.vat_key(by=by, at=at)
            return replace(facts, vat_key_unit=key.office_for(customer.id_number, facts.locality or ""))


def _files(customer: Customer, *, by: User | None, at: datetime) -> tuple[FileFacts, ...]:
    """Shaam's rows; a file that only the portal's own copy of the register holds counts too."""
    answered = registers.shaam(by=by, at=at).tax_files(customer.id_number) if customer.id_number else ()
    own = {(file.tax_system, file.file_number): _facts(file) for file in customer.tax_files.all()}
    shaam = {(row.tax_system, row.file_number): _facts(row) for row in answered}
    return tuple(file for _, file in sorted((own | shaam).items(), key=lambda item: item[0]))


def _facts(file: TaxFile | TaxFileRow) -> FileFacts:
    return FileFacts(
        tax_system=file.tax_system,
        file_number=file.file_number,
        file_type=file.file_type,
        is_active=file.is_active,
        annual_report_required=file.annual_report_required,
        managing_unit=file.managing_unit or None,
    )
