"""
What every rule of a track answers: the figures, how they came about, and what was found on the way.

A rule makes a :class:`Step` for each line that a claimant reads in the ledger; `compensation.labels.STEP` has its
words in both languages, so a step holds no text but its key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from crm_portal.steps import Step as Step
from crm_portal.steps import Unit as Unit

from .reasons import Reason


class Outcome(StrEnum):
    COMPUTED = "computed"
    REFUSED = "refused"  # an exclusion or a missing precondition
    MANUAL_REVIEW = "manual_review"  # never decided by the machine alone


@dataclass(frozen=True, slots=True)
class Finding:
    """A code that a rule hit, and the input it concerns. Several may be hit; all of them are shown (CMP-2.3-a)."""

    code: Reason
    clause: str
    where: str = ""  # the input's path, as in `InvalidInput`
    is_final: bool = True  # refuses the claim; otherwise a warning, a cap, or something to be examined by hand
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer of a track's rules; `figures` has the keys that the golden file expects of the track."""

    outcome: Outcome
    figures: Mapping[str, object]
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The compensation in whole ILS; 0 when it is refused."""
        amount = self.figures.get("amount")
        return amount if isinstance(amount, Decimal) else Decimal(0)


def refused(findings: Sequence[Finding]) -> Assessment:
    """The answer for whoever gets nothing: why, with every hit (CMP-2.3-a)."""
    return Assessment(
        Outcome.REFUSED,
        {"amount": Decimal(0), "allowed": False, "reason": principal(findings)},
        findings=tuple(findings),
    )


def principal(findings: Sequence[Finding]) -> Reason | None:
    """The one reason that is named first: what refuses before what warns, and of two closures the earlier."""
    codes = {finding.code for finding in findings}
    ordered = sorted(findings, key=lambda finding: not finding.is_final)
    return next((finding.code for finding in ordered if codes.isdisjoint(_SAID_BY.get(finding.code, ()))), None)


_SAID_BY = {Reason.AGR_CLOSED_BEFORE_PERIOD: {Reason.AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD}}  # the narrower says it
