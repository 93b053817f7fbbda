"""The population register (CRM-7-c)."""

from dataclasses import dataclass
from typing import Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives by the register, not by his own words."""

    locality: str
    street: str = ""
    house: str = ""
    postcode: str = ""


class Population(Protocol):
    def address_of(self, id_number: str) -> Address | None:
        """The registered address; None when the register knows the number but no address, or not the number."""


class LocalPopulation:
    """Answers from `people.json`."""

    def address_of(self, id_number: str) -> Address | None:
        for customer in local.people("population")["customers"]:
            if id_number and customer["id_number"] == id_number:
                return Address(**customer["address"]) if customer["address"] else None
        return None
