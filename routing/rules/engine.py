"""
The routing algorithm (CRM specification 4.6; execution instruction, clause 7).

`RULES` is the table of 4.6 in its order: the first rule whose conditions all hold wins. Facts in, decision out: no
clock and no database, so the same facts and tables always give the same decision.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from . import conditions as when
from . import targets as to
from .codes import Because, Cause, Outcome, Register, RoutingRule
from .conditions import Condition
from .facts import Facts, Tables
from .targets import Target


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of 4.6: when all conditions hold, the inquiry goes to the target, which may read registers itself."""

    code: RoutingRule
    conditions: tuple[Condition, ...]
    target: Callable[[Facts, Tables], Target | Cause]
    clause: str
    reads: tuple[Register, ...] = ()


RULES = (
    Rule(RoutingRule.INTERNAL_HQ, (when.INTERNAL,), to.hq_team, "CRM-7-l"),
    Rule(RoutingRule.RE_FIRST_LINE, (when.REAL_ESTATE,), to.first_line, "CRM-7-k"),
    Rule(RoutingRule.NSA, (when.BOOKKEEPING_AUDIT,), to.nsa_unit, "CRM-7-h"),
    Rule(RoutingRule.MSM_SECTION17, (when.SECTION17, when.MSM_ADDRESS), to.msm_of_address, "CRM-7-f"),
    Rule(RoutingRule.MSM_TOPIC, (when.MSM_TOPIC, when.MSM_ADDRESS), to.msm_of_address, "CRM-7-g"),
    Rule(RoutingRule.IT_FILE_OFFICE, (when.INCOME_TAX, when.REPORTING_FILE), to.office_of_reporting_file, "CRM-7-b"),
    Rule(
        RoutingRule.IT_ADDRESS_OFFICE,
        (when.INCOME_TAX, when.NO_REPORTING_FILE),
        to.office_of_address,
        "CRM-7-c",
        reads=(Register.POPULATION,),
    ),
    Rule(RoutingRule.VAT_FILE_OFFICE, (when.VAT, when.DEALER_FILE), to.office_of_dealer_file, "CRM-7-i"),
    Rule(
        RoutingRule.VAT_KEY,
        (when.VAT, when.NO_DEALER_FILE),
        to.office_of_key,
        "CRM-7-j",
        reads=(Register.POPULATION, Register.VAT_KEY),  # the key is asked with the registered address
    ),
    Rule(RoutingRule.FIXED_UNIT, (when.OTHER_TAX_SYSTEM,), to.fixed_unit, "A-25"),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """What became of one rule, by which condition or cause, and the clause it renders."""

    rule: RoutingRule
    outcome: Outcome
    because: Because | Cause
    clause: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the inquiry goes and why. Unit and team are None only where no head team exists at all."""

    rule: RoutingRule
    unit: str | None
    team: str | None
    is_fallback: bool
    cause: Cause | None
    reasons: tuple[Reason, ...]


def decide(facts: Facts, tables: Tables) -> Decision:
    """Say which rule decides, and to which unit and team it sends; whatever is missing leads to the head team."""
    reasons: list[Reason] = []
    for rule in RULES:
        judged = judge(rule, facts, tables)
        if judged.outcome is Outcome.NOT_MATCHED:
            reasons.append(judged)
            continue
        if judged.outcome is Outcome.UNANSWERED:
            return _to_head_team(judged, reasons, tables)
        target = rule.target(facts, tables)
        if isinstance(target, Cause):
            return _to_head_team(_failed(rule, target, facts), reasons, tables)
        team = target.team or to.team_inside(facts.triplet.code, target.unit, tables)
        if isinstance(team, Cause):
            failed = Reason(rule.code, Outcome.NOT_CARRIED_OUT, team, rule.clause, {"unit": target.unit})
            return _to_head_team(failed, reasons, tables)
        matched = Reason(rule.code, Outcome.MATCHED, judged.because, rule.clause, target.details)
        return Decision(rule.code, target.unit, team, False, None, (*reasons, matched))
    raise AssertionError("The conditions of the last rules of 4.6 leave no case open.")


def judge(rule: Rule, facts: Facts, tables: Tables) -> Reason:
    """Whether the rule matches; the reason names the first condition that fails, or the last one when all hold."""
    for condition in rule.conditions:
        if condition.reads in facts.registers_down:
            details = {"register": condition.reads}
            return Reason(rule.code, Outcome.UNANSWERED, Cause.REGISTER_DOWN, rule.clause, details)
        if not condition.holds(facts, tables):
            return Reason(rule.code, Outcome.NOT_MATCHED, condition.name, rule.clause)
    return Reason(rule.code, Outcome.MATCHED, rule.conditions[-1].name, rule.clause)


def next_register(facts: Facts, tables: Tables, asked: Collection[Register]) -> Register | None:
    """The register to ask next, so that none is asked whose answer cannot change the decision."""
    for rule in RULES:
        for condition in rule.conditions:
            if condition.reads in facts.registers_down:
                return None  # the decision is made: the head team
            if condition.reads is not None and condition.reads not in asked:
                return condition.reads
            if not condition.holds(facts, tables):
                break
        else:
            if not facts.registers_down.isdisjoint(rule.reads):
                return None
            return next((register for register in rule.reads if register not in asked), None)
    return None


def _failed(rule: Rule, cause: Cause, facts: Facts) -> Reason:
    down = sorted(facts.registers_down.intersection(rule.reads)) if cause is Cause.REGISTER_DOWN else []
    details = {"register": down[0]} if down else {}
    return Reason(rule.code, Outcome.NOT_CARRIED_OUT, cause, rule.clause, details)


def _to_head_team(failed: Reason, reasons: list[Reason], tables: Tables) -> Decision:
    """The last rule of 4.6. An HQ party that is not connected stays under its own rule, whose row says so itself."""
    head = tables.teams[tables.head_team] if tables.head_team is not None else None
    unit, team = (head.unit, head.code) if head else (None, None)
    cause = Cause(failed.because)
    if cause is Cause.HQ_NOT_CONNECTED:
        connected = Reason(failed.rule, Outcome.MATCHED, cause, "CRM-7-m")
        return Decision(failed.rule, unit, team, True, cause, (*reasons, connected))
    last = Reason(RoutingRule.HEAD_TEAM_FALLBACK, Outcome.MATCHED, cause, "CRM-7-p", failed.details)
    return Decision(last.rule, unit, team, True, cause, (*reasons, failed, last))
