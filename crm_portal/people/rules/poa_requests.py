"""
Requests for a power of attorney limited to one topic (CRM-6.6-f): on which files, and what may follow what.

The income-tax files meant are 91 (refunds of employees), 10 (closed self-employed, no balance) and 95 (rent tax); a
customer without any file is treated as 95.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crm_portal.errors import Code, Refusal

from .roles import PoaRequestState

CLAUSE = "CRM-6.6-f"
LIMITED_FILE_TYPES = ("91", "10", "95")
NO_FILE = ""


class Step(StrEnum):
    """What somebody does with a request."""

    APPROVE = "approve"
    DECLINE = "decline"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"  # the representative, before the customer decided


_S = PoaRequestState
STEPS: Mapping[Step, tuple[PoaRequestState, PoaRequestState]] = MappingProxyType(
    {
        Step.APPROVE: (_S.PENDING, _S.APPROVED),
        Step.DECLINE: (_S.PENDING, _S.DECLINED),
        Step.REVOKE: (_S.APPROVED, _S.REVOKED),
        Step.WITHDRAW: (_S.PENDING, _S.REVOKED),
    }
)
OF_CUSTOMER = frozenset({Step.APPROVE, Step.DECLINE, Step.REVOKE})
STANDING = frozenset({_S.PENDING, _S.APPROVED})  # another one for the same topic is refused meanwhile


@dataclass(frozen=True, slots=True)
class IncomeTaxFile:
    """A customer's file as the rules look at it."""

    file_type: str
    is_active: bool


def has_other_active_file(files: Iterable[IncomeTaxFile]) -> bool:
    """Whether the customer has an active file of another type, for which the register alone decides."""
    return any(file.is_active and file.file_type not in LIMITED_FILE_TYPES for file in files)


def file_type_of(files: Iterable[IncomeTaxFile]) -> str:
    """The type of file a request stands on; empty when there is none of the three."""
    held = {file.file_type for file in files}
    return next((kind for kind in LIMITED_FILE_TYPES if kind in held), NO_FILE)


def refusal(step: Step, state: PoaRequestState) -> Refusal | None:
    """Why this step cannot be taken now."""
    if STEPS[step][0] is state:
        return None
    return Refusal(Code.INVALID_TRANSITION, ("state",), {"because": "poa_request_settled"}, CLAUSE)
