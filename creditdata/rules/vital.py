"""
Vital operations, each of which needs a second person (CRD-77-a): who proposes it, who approves, and what is approved.

What is approved is the exact payload: its one canonical text, and the SHA-256 of that text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from crm_portal.people.rules.roles import Role

from .compartments import LICENSEE_ROLES

VALID_FOR = timedelta(hours=24)  # timer 31


class Operation(StrEnum):
    """What nobody does alone."""

    CORRECT_DATA = "correct_data"
    OVERRIDE_INTAKE = "override_intake"  # of a row in NEEDS_REVIEW
    SEAL = "seal"
    UNSEAL = "unseal"
    PURGE = "purge"
    GIVE_ROLE = "give_role"
    TAKE_ROLE = "take_role"
    ROTATE_KEY = "rotate_key"
    EXPORT_MANY = "export_many"
    CHANGE_SETTING = "change_setting"  # thresholds too
    DECLARE_DAY = "declare_day"  # by hand, in a calendar of this service (CRD-1-h)
    EXEMPT = "exempt"  # a licensee, from this very rule (CRD-77-d)
    FINALISE_PAYMENTS = "finalise_payments"
    END_WIND_DOWN = "end_wind_down"


@dataclass(frozen=True, slots=True)
class Vital:
    """Who proposes an operation and who approves it; a licensee's own is approved at that licensee."""

    proposers: frozenset[Role]
    approver: Role


APPROVERS = frozenset({Role.LICENSEE_APPROVER, Role.REGISTRAR_APPROVER})


def _at_licensee(*proposers: Role) -> Vital:
    return Vital(frozenset(proposers), Role.LICENSEE_APPROVER)


def _at_registrar() -> Vital:
    return Vital(frozenset({Role.REGISTRAR_OFFICER}), Role.REGISTRAR_APPROVER)


AT_LICENSEE: Mapping[Operation, Vital] = MappingProxyType(
    {
        Operation.CORRECT_DATA: _at_licensee(Role.LICENSEE_RECORDS),
        Operation.OVERRIDE_INTAKE: _at_licensee(Role.LICENSEE_INTAKE),
        Operation.SEAL: _at_licensee(Role.LICENSEE_SECURITY),
        Operation.UNSEAL: _at_licensee(Role.LICENSEE_SECURITY),
        Operation.PURGE: _at_licensee(Role.LICENSEE_SECURITY),
        Operation.GIVE_ROLE: _at_licensee(Role.LICENSEE_SECURITY),
        Operation.TAKE_ROLE: _at_licensee(Role.LICENSEE_SECURITY),
        Operation.ROTATE_KEY: _at_licensee(Role.LICENSEE_SECURITY),
        Operation.EXPORT_MANY: _at_licensee(*(LICENSEE_ROLES - {Role.LICENSEE_APPROVER})),
    }
)
AT_REGISTRAR: Mapping[Operation, Vital] = MappingProxyType(
    dict.fromkeys(
        (
            Operation.GIVE_ROLE, Operation.TAKE_ROLE, Operation.PURGE, Operation.EXPORT_MANY, Operation.CHANGE_SETTING,
            Operation.DECLARE_DAY, Operation.EXEMPT, Operation.FINALISE_PAYMENTS, Operation.END_WIND_DOWN,
        ),
        _at_registrar(),
    )
)  # fmt: skip
NEVER_EXEMPT = frozenset({Operation.EXEMPT})


def vital(operation: Operation, *, at_licensee: bool) -> Vital | None:
    """Who proposes and approves it there; None where it is not done at all."""
    return (AT_LICENSEE if at_licensee else AT_REGISTRAR).get(operation)


def canonical(operation: Operation, licensee: int | None, payload: Mapping[str, Any]) -> str:
    """
    The one text of what is proposed: keys in order, no spaces, days and sums as text.

    :raises TypeError: for a value that has no plain form
    """
    whole = {"operation": operation.value, "licensee": licensee, "payload": payload}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def fingerprint(text: str) -> str:
    """The SHA-256 of a canonical text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def payload_of(text: str) -> dict[str, Any]:
    """The payload that a canonical text holds."""
    payload: dict[str, Any] = json.loads(text)["payload"]
    return payload


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no plain form")
