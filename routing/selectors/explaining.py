"""A decision in words, for whoever may see why (CRM-7-a, CRM-7-q)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import labels
from ..models import RoutingDecision, Team
from ..rules.codes import Cause, Outcome
from ..rules.engine import Decision, Reason


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one rule."""

    rule: str
    sentence: str
    clause: str
    outcome: str

    @property
    def matched(self) -> bool:
        return self.outcome == Outcome.MATCHED

    @property
    def failed(self) -> bool:
        """It applies, but leads nowhere."""
        return self.outcome in (Outcome.NOT_CARRIED_OUT, Outcome.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where an inquiry goes, by which rule, and what became of the rules before it."""

    rule: str
    team: Team | None
    is_fallback: bool
    cause: str
    lines: list[Line]


def explain(decision: RoutingDecision | Decision) -> Explanation:
    """Put a stored decision, or one just worked out, into words."""
    team: Team | None
    if isinstance(decision, RoutingDecision):
        team, cause = decision.team, decision.cause
    else:
        team = Team.objects.select_related("unit").filter(code=decision.team).first()
        cause = decision.cause or ""
    return Explanation(
        rule=labels.rule_label(decision.rule),
        team=team,
        is_fallback=decision.is_fallback,
        cause=str(labels.CAUSE[Cause(cause)]) if cause else "",
        lines=_lines(decision.reasons),
    )


def _lines(reasons: Iterable[Reason | Mapping[str, Any]]) -> list[Line]:
    return [
        Line(labels.rule_label(one["rule"]), labels.reason_sentence(one), one["clause"], one["outcome"])
        for one in map(labels.as_stored, reasons)
    ]
