"""Claimed against computed, line by line, and what the register says (CMP-2.3-h)."""

from dataclasses import dataclass
from decimal import Decimal

from crm_portal.facts import InvalidInput

from ..models import Claim
from ..rules.assessment import Assessment, Step, Unit
from ..rules.engine import assess
from ..rules.overlay import leaves
from ..rules.programme import Programme
from .inputs import claimants_inputs, engine_track, reviewed_inputs
from .registers import agree, reported


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the computation on the claimant's figures and on the review's; either may be missing."""

    key: str
    clause: str
    unit: Unit
    claimed: Decimal | None
    computed: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Computed less claimed; None when there is nothing to subtract, or no difference."""
        if self.claimed is None or self.computed is None or self.claimed == self.computed:
            return None
        return self.computed - self.claimed


@dataclass(frozen=True, slots=True)
class Figure:
    """An input: as claimed, as the register has it, as the review uses it."""

    path: str
    claimed: object
    reported: Decimal | None
    reviewed: object

    @property
    def differs(self) -> bool:
        return str(self.claimed) != str(self.reviewed) or (
            self.reported is not None and not agree(Decimal(str(self.reviewed)), self.reported)
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a reviewer lays side by side; a side that the rules cannot read is None with its reason."""

    lines: list[Line]
    figures: list[Figure]
    claimed: Assessment | None
    computed: Assessment | None
    invalid: InvalidInput | None = None


def compare(claim: Claim, programme: Programme) -> Comparison:
    """The two computations of a claim, made anew by the rules of today."""
    claimed, _ = _assessed(claim, claimants_inputs(claim), programme)
    computed, invalid = _assessed(claim, reviewed_inputs(claim), programme)
    return Comparison(list(_lines(claimed, computed)), list(_figures(claim)), claimed, computed, invalid)


def _assessed(
    claim: Claim, inputs: dict[str, object], programme: Programme
) -> tuple[Assessment | None, InvalidInput | None]:
    try:
        return assess(engine_track(claim).value.lower(), inputs, programme), None
    except InvalidInput as invalid:
        return None, invalid


def _lines(claimed: Assessment | None, computed: Assessment | None) -> "list[Line]":
    before: dict[str, Step] = {step.key: step for step in claimed.steps} if claimed is not None else {}
    after: dict[str, Step] = {step.key: step for step in computed.steps} if computed is not None else {}
    lines = []
    for key in dict.fromkeys([*before, *after]):
        step = after.get(key) or before[key]
        lines.append(
            Line(
                key,
                step.clause,
                step.unit,
                before[key].value if key in before else None,
                after[key].value if key in after else None,
            )
        )
    return lines


def _figures(claim: Claim) -> "list[Figure]":
    given, reviewed = dict(leaves(claimants_inputs(claim))), dict(leaves(reviewed_inputs(claim)))
    held = reported(claim)
    paths = [path for path in dict.fromkeys([*given, *reviewed]) if _is_number(reviewed.get(path, given.get(path)))]
    return [Figure(path, given.get(path, ""), held.get(path), reviewed.get(path, "")) for path in paths]


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or value in (None, ""):
        return False
    return str(value).replace(".", "", 1).removeprefix("-").isdigit()
