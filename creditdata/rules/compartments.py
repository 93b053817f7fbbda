"""
Compartments (CRD-77-b): the parts into which the service is split, and which roles one person may not hold together.

The sets are rows of a table; those shipped render the column "must not" of section 12.1. A set that holds within one
organisation is asked of each licensee by itself; the others, of everything a person holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crm_portal.errors import Refusal
from crm_portal.people.rules.roles import Role

from .reasons import Reason

CLAUSE = "CRD-77-b"


class Compartment(StrEnum):
    INTAKE = "intake"
    RECORDS = "records"
    REPORTS = "reports"
    REQUESTS = "requests"
    CONTRACTS = "contracts"
    APPROVAL = "approval"
    SECURITY = "security"
    KEYS = "keys"  # of the archive: sealing, opening, rotating
    SUPERVISION = "supervision"  # the Registrar's
    INQUIRY = "inquiry"  # a requester's
    SUPPLY = "supply"  # a source's


COMPARTMENTS: Mapping[Role, frozenset[Compartment]] = MappingProxyType(
    {
        Role.LICENSEE_INTAKE: frozenset({Compartment.INTAKE}),
        Role.LICENSEE_RECORDS: frozenset({Compartment.RECORDS}),
        Role.LICENSEE_REPORTS: frozenset({Compartment.REPORTS}),
        Role.LICENSEE_REQUESTS: frozenset({Compartment.REQUESTS}),
        Role.LICENSEE_CONTRACTS: frozenset({Compartment.CONTRACTS}),
        Role.LICENSEE_APPROVER: frozenset({Compartment.APPROVAL}),
        Role.LICENSEE_SECURITY: frozenset({Compartment.SECURITY, Compartment.KEYS}),
        Role.REGISTRAR_OFFICER: frozenset({Compartment.SUPERVISION}),
        Role.REGISTRAR_APPROVER: frozenset({Compartment.SUPERVISION}),
        Role.REQUESTER_USER: frozenset({Compartment.INQUIRY}),
        Role.SOURCE_INTEGRATOR: frozenset({Compartment.SUPPLY}),
    }
)
CREDIT_ROLES = frozenset(COMPARTMENTS)
LICENSEE_ROLES = frozenset(
    {
        Role.LICENSEE_INTAKE, Role.LICENSEE_RECORDS, Role.LICENSEE_REPORTS, Role.LICENSEE_REQUESTS,
        Role.LICENSEE_CONTRACTS, Role.LICENSEE_APPROVER, Role.LICENSEE_SECURITY,
    }
)  # fmt: skip
SUBJECT_DATA = (Role.LICENSEE_INTAKE, Role.LICENSEE_RECORDS, Role.LICENSEE_REPORTS, Role.LICENSEE_REQUESTS)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, and where; `licensee` is None beside the Registrar."""

    role: Role
    licensee: int | None = None


@dataclass(frozen=True, slots=True)
class ForbiddenSet:
    """Roles that one person may not hold together, and what this keeps apart."""

    roles: frozenset[Role]
    why: str  # key of `labels.COMPARTMENT_RULE`
    within_one: bool = True  # organisation


def _pairs(first: Role, others: Iterable[Role], why: str, *, within_one: bool = True) -> Iterator[ForbiddenSet]:
    return (ForbiddenSet(frozenset({first, other}), why, within_one) for other in others)


SHIPPED: tuple[ForbiddenSet, ...] = (
    *_pairs(Role.LICENSEE_INTAKE, [Role.LICENSEE_REPORTS, Role.LICENSEE_SECURITY], "intake"),
    *_pairs(Role.LICENSEE_RECORDS, [Role.LICENSEE_SECURITY], "records"),
    *_pairs(Role.LICENSEE_REPORTS, [Role.LICENSEE_RECORDS, Role.LICENSEE_REQUESTS], "reports"),
    *_pairs(Role.LICENSEE_REQUESTS, [Role.LICENSEE_CONTRACTS], "requests"),
    *_pairs(Role.LICENSEE_CONTRACTS, [Role.LICENSEE_INTAKE, Role.LICENSEE_RECORDS, Role.LICENSEE_REPORTS], "contracts"),
    *_pairs(Role.LICENSEE_APPROVER, sorted(LICENSEE_ROLES - {Role.LICENSEE_APPROVER}), "approver"),
    *_pairs(Role.LICENSEE_SECURITY, [Role.LICENSEE_REPORTS, Role.LICENSEE_REQUESTS], "security"),
    *_pairs(Role.REGISTRAR_OFFICER, SUBJECT_DATA, "registrar_officer", within_one=False),
    *_pairs(Role.REGISTRAR_APPROVER, SUBJECT_DATA, "registrar_officer", within_one=False),
    *_pairs(Role.REGISTRAR_OFFICER, [Role.REGISTRAR_APPROVER], "registrar_approver"),
    *_pairs(Role.REQUESTER_USER, sorted(LICENSEE_ROLES), "requester_user", within_one=False),
    *_pairs(
        Role.SOURCE_INTEGRATOR, [Role.REQUESTER_USER, Role.LICENSEE_REPORTS], "source_integrator", within_one=False
    ),
)


def conflicts(held: Iterable[Held], rules: Iterable[ForbiddenSet]) -> list[ForbiddenSet]:
    """The forbidden sets that these roles of one person amount to, in the order of the rules."""
    roles = frozenset(held)
    places = {one.licensee for one in roles}
    everywhere = {one.role for one in roles}
    by_place = [{one.role for one in roles if one.licensee == place} for place in places]
    return [
        rule
        for rule in rules
        if (any(rule.roles <= here for here in by_place) if rule.within_one else rule.roles <= everywhere)
    ]


def refusals(held: Iterable[Held], rules: Iterable[ForbiddenSet]) -> list[Refusal]:
    """Each forbidden set as a refusal at the role that is asked for."""
    return [
        Refusal(Reason.COMPARTMENT_CONFLICT, ("role",), {"rule": rule.why}, CLAUSE) for rule in conflicts(held, rules)
    ]
