"""Look for what a clerk must settle before a claim is approved: hits, red flags, differences from the registers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crm_portal.audit.services.recording import command
from crm_portal.facts import InvalidInput
from crm_portal.people.models import User

from ..models import Claim, ReviewFinding
from ..rules.codes import ClaimState
from ..rules.reasons import CROSS_CLAIM
from ..selectors.registers import differences
from . import computing, moving


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found; what is not blocking only advises (CMP-4.6-f)."""

    code: str
    where: str = ""
    is_blocking: bool = True
    details: dict[str, Any] = field(default_factory=dict)


@command("claim.examine")
def examine(*, claim_id: int, by: User | None, at: datetime) -> int:
    """Look again at a claim that waits for approval; returns how many things wait to be settled (CMP-3.2.2.2-f)."""
    claim = moving.lock(claim_id)
    if claim.state != ClaimState.PENDING_APPROVAL.value:
        return 0
    return look(claim, by=by, at=at)


def look(claim: Claim, *, by: User | None, at: datetime) -> int:
    """
    Keep what is found of a locked claim, each thing once; what was settled stays settled.

    Returns how many things still wait to be settled.
    """
    for found in findings(claim, at):
        ReviewFinding.objects.get_or_create(
            claim=claim,
            code=found.code,
            where=found.where,
            defaults={"is_blocking": found.is_blocking, "details": found.details, "found_at": at},
        )
    return open_findings(claim)


def open_findings(claim: Claim) -> int:
    """How many findings hold an approval back."""
    return claim.findings.filter(is_blocking=True, settled_at__isnull=True).count()


def findings(claim: Claim, at: datetime) -> Iterator[Found]:
    """What the rules hit on the reviewed figures, and where these differ from what the authority holds (CMP-2.3-k)."""
    try:
        assessment = computing.assess(claim, at, is_claimants=False)
    except InvalidInput as invalid:
        yield Found(str(invalid.code), invalid.where)
    else:
        for hit in assessment.findings:
            is_blocking = hit.is_final or hit.code in CROSS_CLAIM
            yield Found(str(hit.code), hit.where, is_blocking=is_blocking, details=_plain(hit.details))
    for difference in differences(claim):
        yield Found(
            "REGISTER_DIFFERS" if difference.reported is not None else "NOT_IN_REGISTER",
            difference.path,
            details={"claimed": str(difference.claimed), "reported": str(difference.reported or "")},
        )


def _plain(details: Any) -> dict[str, Any]:
    return {str(name): value if isinstance(value, int | bool) else str(value) for name, value in dict(details).items()}
