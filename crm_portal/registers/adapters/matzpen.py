"""Matzpen, the real-estate system that knows each assessment's representatives (2.2.1, 6.6)."""

from dataclasses import dataclass
from typing import Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class Assessment:
    """One real-estate tax case."""

    number: str
    tax_type: str
    area: str
    customers: tuple[str, ...]  # id numbers
    representatives: tuple[str, ...]  # id numbers


class Matzpen(Protocol):
    def assessment(self, number: str) -> Assessment | None:
        """The case; None when there is none of this number."""

    def is_active_lawyer(self, representative_id: str) -> bool:
        """Whether he is a lawyer whose licence is active (CRM-6.6-i)."""


class LocalMatzpen:
    """Answers from `matzpen.json`."""

    def assessment(self, number: str) -> Assessment | None:
        row = local.table("matzpen", "matzpen.json")["assessments"].get(number)
        if row is None:
            return None
        people = tuple(row["customers"]), tuple(row["representatives"])
        return Assessment(number, row["tax_type"], row["area"], *people)

    def is_active_lawyer(self, representative_id: str) -> bool:
        return representative_id in local.table("matzpen", "matzpen.json")["active_lawyers"]
