"""The representatives register: powers of attorney of income tax and VAT (2.2.1, 6.6)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class Licensed:
    """A representative as the register knows him."""

    id_number: str
    name: str  # last name first
    kind: str  # lawyer, accountant, tax_adviser
    licence_number: str
    is_active_licence: bool


@dataclass(frozen=True, slots=True)
class Power:
    """A power of attorney that is valid on the day asked for."""

    representative_id: str
    customer_id: str
    tax_system: str
    valid_from: date
    valid_until: date | None = None
    limited_topic: str = ""  # severance, provident_funds, medical_committees; empty: not limited


class RepresentativesRegister(Protocol):
    def representative(self, representative_id: str) -> Licensed | None:
        """Who it is; None when the register does not know the number."""

    def power(self, representative_id: str, customer_id: str, tax_system: str, on: date) -> Power | None:
        """
        The power that is valid on that day in that tax system; None without one.

        One without a limit comes before a limited one.
        """

    def represented_by(self, representative_id: str, on: date) -> tuple[Power, ...]:
        """Every power that the representative holds on that day."""


class LocalRepresentativesRegister:
    """Answers from `people.json`."""

    def representative(self, representative_id: str) -> Licensed | None:
        row = _representative(representative_id)
        if row is None:
            return None
        name = f"{row['last_name']} {row['first_name']}".strip()
        return Licensed(row["id_number"], name, row["kind"], row["licence_number"], row["is_active_licence"])

    def power(self, representative_id: str, customer_id: str, tax_system: str, on: date) -> Power | None:
        powers = (
            power
            for power in self.represented_by(representative_id, on)
            if (power.customer_id, power.tax_system) == (customer_id, tax_system)
        )
        return min(powers, key=lambda power: (power.limited_topic, power.valid_from), default=None)

    def represented_by(self, representative_id: str, on: date) -> tuple[Power, ...]:
        row = _representative(representative_id)
        powers = (_power(row["id_number"], given) for given in row["powers"]) if row else ()
        return tuple(
            power
            for power in powers
            if power.valid_from <= on and (power.valid_until is None or on <= power.valid_until)
        )


def _representative(id_number: str) -> dict[str, Any] | None:
    known = local.people("representatives_register")["representatives"]
    return next((row for row in known if row["id_number"] == id_number), None)


def _power(representative_id: str, given: dict[str, Any]) -> Power:
    until = given["valid_until"]
    return Power(
        representative_id=representative_id,
        customer_id=given["customer"],
        tax_system=given["tax_system"],
        valid_from=date.fromisoformat(given["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        limited_topic=given["limited_topic"],
    )
