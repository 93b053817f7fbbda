"""The certification authority: who holds a smart card (CRM-2.2.1-d)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils import timezone

from crm_portal.registers import local
from crm_portal.registers.errors import CardRefused


class HolderKind(StrEnum):
    REPRESENTATIVE = "representative"
    EMPLOYEE = "employee"  # of a representative


@dataclass(frozen=True, slots=True)
class CardHolder:
    """Who entered, and for which representative."""

    card_number: str
    kind: HolderKind
    representative_id: str
    representative_name: str  # last name first
    id_number: str  # of the holder
    last_name: str
    first_name: str
    valid_until: date

    @property
    def is_the_representative(self) -> bool:
        return self.kind is HolderKind.REPRESENTATIVE


class SmartCards(Protocol):
    def holder(self, card_number: str, *, on: date | None = None) -> CardHolder:
        """
        Whose card it is, valid on that day (today when none is given).

        :raises CardRefused: when it is unknown, expired or revoked
        """


class LocalSmartCards:
    """Answers from `people.json`."""

    def holder(self, card_number: str, *, on: date | None = None) -> CardHolder:
        for representative in local.people("smart_cards")["representatives"]:
            for card in representative["cards"]:
                if card["card_number"] == card_number:
                    return _holder(representative, card, on or timezone.localdate())
        raise CardRefused("unknown")


def _holder(representative: dict[str, str], card: dict[str, str], on: date) -> CardHolder:
    valid_until = date.fromisoformat(card["valid_until"])
    if card["state"] != "active":
        raise CardRefused(card["state"])
    if on > valid_until:
        raise CardRefused("expired")
    return CardHolder(
        card_number=card["card_number"],
        kind=HolderKind(card["holder"]),
        representative_id=representative["id_number"],
        representative_name=f"{representative['last_name']} {representative['first_name']}".strip(),
        id_number=card["id_number"],
        last_name=card["last_name"],
        first_name=card["first_name"],
        valid_until=valid_until,
    )
