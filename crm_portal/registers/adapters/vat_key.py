"""The file-opening key: the VAT office of somebody without an active dealer file (CRM-7-j)."""

from typing import Protocol

from crm_portal.registers import local


class VatKey(Protocol):
    def office_for(self, id_number: str, locality: str) -> str | None:
        """The code of the office; None when the key has none for him."""


class LocalVatKey:
    """Answers from `vat_key.csv`: localities and their offices; a row with an id number comes before them."""

    def office_for(self, id_number: str, locality: str) -> str | None:
        table = local.rows("vat_key", "vat_key.csv")
        own = (row["unit"] for row in table if id_number and row["id_number"] == id_number)
        near = (row["unit"] for row in table if not row["id_number"] and row["locality"] == locality)
        return next(own, None) or next(near, None)
