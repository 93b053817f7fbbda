"""Shaam, the Authority's computing service: tax files, section, work grants, the employee's password (2.2.8, 4.7)."""

import hashlib
import hmac
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class TaxFileRow:
    """A file of somebody in one tax system, as Shaam knows it."""

    tax_system: str
    file_number: str  # with its leading 0
    file_type: str
    is_active: bool
    annual_report_required: bool
    managing_unit: str  # code of a business unit
    section: str


@dataclass(frozen=True, slots=True)
class WorkGrant:
    """One year's work grant, what query 003 showed."""

    year: int
    amount: Decimal
    state: str


class Shaam(Protocol):
    def tax_files(self, id_number: str) -> tuple[TaxFileRow, ...]:
        """All files of somebody, in every tax system."""

    def section_of(self, id_number: str) -> str:
        """The section of his income-tax office that treats him; empty without one (CRM-4.1-d)."""

    def work_grants(self, id_number: str) -> tuple[WorkGrant, ...]:
        """His work grants, newest first."""

    def password_matches(self, username: str, password: str) -> bool:
        """Whether it is this employee's Shaam password."""


class LocalShaam:
    """Answers from `people.json` and `shaam_passwords.json` (salted scrypt)."""

    def tax_files(self, id_number: str) -> tuple[TaxFileRow, ...]:
        return tuple(TaxFileRow(**row) for row in _customer(id_number).get("tax_files", ()))

    def section_of(self, id_number: str) -> str:
        files = [row for row in self.tax_files(id_number) if row.tax_system == "income_tax"]
        files.sort(key=lambda row: (not row.is_active, not row.annual_report_required, row.file_number))
        return files[0].section if files else ""

    def work_grants(self, id_number: str) -> tuple[WorkGrant, ...]:
        grants = (
            WorkGrant(row["year"], Decimal(row["amount"]), row["state"])
            for row in _customer(id_number).get("work_grants", ())
        )
        return tuple(sorted(grants, key=lambda grant: grant.year, reverse=True))

    def password_matches(self, username: str, password: str) -> bool:
        entry = local.table("shaam", "shaam_passwords.json").get(username)
        salt, wanted = (entry["salt"], entry["hash"]) if entry else ("00", "00")  # as slow for an unknown name
        return hmac.compare_digest(hashed(password, bytes.fromhex(salt)), wanted)


def hashed(password: str, salt: bytes) -> str:
    """The form in which the local file keeps a password."""
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1).hex()


def _customer(id_number: str) -> dict[str, Any]:
    found = (row for row in local.people("shaam")["customers"] if id_number and row["id_number"] == id_number)
    return next(found, {})
