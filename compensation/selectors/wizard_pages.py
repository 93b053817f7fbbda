"""What the pages of the wizard show beside their form: the steps, the ledger, the checklist."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..models import Claim, ClaimDocument
from ..rules.assessment import Assessment, Finding, Step
from ..rules.documents import Item
from ..rules.programme import Programme
from ..rules.wizard import ORDER, WizardStep
from . import drafts


@dataclass(frozen=True, slots=True)
class Mark:
    """One step of the bar on top."""

    step: WizardStep
    is_now: bool
    is_done: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """The live computation: the amount, its lines, and what was found."""

    steps: tuple[Step, ...] = ()
    amount: Decimal | None = None
    notes: tuple[Finding, ...] = ()  # that change or hold nothing back
    refusals: tuple[Finding, ...] = ()
    missing: int = 0  # figures that cannot be read yet

    @property
    def total(self) -> Step | None:
        """The last line, which is the amount."""
        return self.steps[-1] if self.steps else None

    @property
    def lines(self) -> tuple[Step, ...]:
        return self.steps[:-1]


@dataclass(frozen=True, slots=True)
class Line:
    """A document that is needed, and the file that stands for it."""

    item: Item
    document: ClaimDocument | None


def marks(claim: Claim, now: WizardStep) -> list[Mark]:
    """The steps as the bar draws them; whatever was saved once may be opened again."""
    reached = ORDER.index(WizardStep(claim.step)) if claim.step else 0
    return [
        Mark(step, step is now, is_done=place < reached, is_open=drafts.may_open(step, claim))
        for place, step in enumerate(ORDER)
    ]


def ledger_of(assessed: drafts.Assessed) -> Ledger:
    """The ledger of an assessment; without one it tells how many figures are missing."""
    found: Assessment | None = assessed.assessment
    if found is None:
        return Ledger(missing=len(assessed.invalid))
    finals = tuple(finding for finding in found.findings if finding.is_final)
    return Ledger(
        steps=found.steps,
        amount=found.amount if found.steps else None,
        notes=tuple(finding for finding in found.findings if not finding.is_final),
        refusals=finals,
    )


def lines_of(claim: Claim, programme: Programme) -> list[Line]:
    """The checklist, each line with its newest file that did not fail."""
    files: dict[Any, ClaimDocument] = {}
    for one in drafts.uploaded(claim):
        files[one.requirement, one.year] = one
    return [Line(item, files.get(item.key)) for item in drafts.checklist_of(claim, programme)]
