"""
The external systems, each behind an adapter that `settings.REGISTERS` chooses (CRM specification, 4.7).

``population(by=user, at=at).address_of(id_number)``: every call is audited; a system that cannot be reached raises
`RegisterUnavailable`. The questions and answers of each stand in `adapters`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.utils import timezone

from .adapters.computerised_file import ComputerisedFile
from .adapters.identity import IdentityCheck
from .adapters.matzpen import Matzpen
from .adapters.origin import Origin, RememberedOrigin
from .adapters.population import Population
from .adapters.recordings import Recordings
from .adapters.representatives import RepresentativesRegister
from .adapters.shaam import Shaam
from .adapters.smart_cards import SmartCards
from .adapters.triage import Triage
from .adapters.vat_key import VatKey
from .calling import adapter
from .errors import CardRefused, RegisterUnavailable

if TYPE_CHECKING:
    from crm_portal.people.models import User

__all__ = [
    "CardRefused",
    "RegisterUnavailable",
    "computerised_file",
    "identity",
    "matzpen",
    "origin",
    "population",
    "recordings",
    "representatives_register",
    "shaam",
    "smart_cards",
    "triage",
    "vat_key",
]


def population(*, by: "User | None" = None, at: datetime | None = None) -> Population:
    """The population register: where somebody lives."""
    return cast("Population", adapter("population", by=by, at=at))


def shaam(*, by: "User | None" = None, at: datetime | None = None) -> Shaam:
    """The Authority's computing service: tax files, section, work grants, the employee's password."""
    return cast("Shaam", adapter("shaam", by=by, at=at))


def representatives_register(*, by: "User | None" = None, at: datetime | None = None) -> RepresentativesRegister:
    """The powers of attorney of income tax and VAT."""
    return cast("RepresentativesRegister", adapter("representatives_register", by=by, at=at))


def matzpen(*, by: "User | None" = None, at: datetime | None = None) -> Matzpen:
    """Real estate: who is registered on an assessment, and which lawyer is active."""
    return cast("Matzpen", adapter("matzpen", by=by, at=at))


def identity(*, by: "User | None" = None, at: datetime | None = None) -> IdentityCheck:
    """Whether somebody who registers knows what only the person knows."""
    return cast("IdentityCheck", adapter("identity", by=by, at=at))


def smart_cards(*, by: "User | None" = None, at: datetime | None = None) -> SmartCards:
    """The certification authority: whose card it is."""
    return cast("SmartCards", adapter("smart_cards", by=by, at=at))


def vat_key(*, by: "User | None" = None, at: datetime | None = None) -> VatKey:
    """The file-opening key: which VAT office serves somebody without a dealer file."""
    return cast("VatKey", adapter("vat_key", by=by, at=at))


def computerised_file(*, by: "User | None" = None, at: datetime | None = None) -> ComputerisedFile:
    """The external document system of real-estate taxation."""
    return cast("ComputerisedFile", adapter("computerised_file", by=by, at=at))


def recordings(*, by: "User | None" = None, at: datetime | None = None) -> Recordings:
    """Recorded calls of the information centres."""
    return cast("Recordings", adapter("recordings", by=by, at=at))


def origin(*, by: "User | None" = None, at: datetime | None = None) -> Origin:
    """The country an address of the network belongs to; an address is asked about, and audited, once an hour."""
    return RememberedOrigin(cast("Origin", adapter("origin", by=by, at=at)), at or timezone.now())


def triage(*, by: "User | None" = None, at: datetime | None = None) -> Triage:
    """Triplets that suit a description."""
    return cast("Triage", adapter("triage", by=by, at=at))
