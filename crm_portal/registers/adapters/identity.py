"""Identity data for the registration to the personal area (CRM-2.2.1-a)."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is whose details matched."""

    id_number: str
    kind: str  # person or company
    last_name: str
    first_name: str


class IdentityCheck(Protocol):
    def matches(self, id_number: str, *, id_issued_on: date, birth_date: date | None = None) -> Identity | None:
        """
        The person when every detail given is right; None otherwise, without saying what was wrong.

        Of a company the details are the day of its certificate and the day of its registration.
        """


class LocalIdentityCheck:
    """Answers from `people.json`."""

    def matches(self, id_number: str, *, id_issued_on: date, birth_date: date | None = None) -> Identity | None:
        for row in local.people("identity")["customers"]:
            if not id_number or row["id_number"] != id_number:
                continue
            issued, born = date.fromisoformat(row["id_issued_on"]), date.fromisoformat(row["birth_date"])
            if issued == id_issued_on and birth_date in {None, born}:
                return Identity(id_number, row["kind"], row["last_name"], row["first_name"])
        return None
