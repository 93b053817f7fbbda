"""Decide where an inquiry goes, and keep the decision with what it was decided on (CRM-7-a)."""

from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from crm_portal.people.models import Customer, User

from ..models import RoutingDecision, Team, Triplet
from ..rules import engine
from ..rules.facts import Facts
from ..selectors import head_team, tables_on
from .asking import facts_of


def decide(*, triplet: Triplet, customer: Customer | None, at: datetime, by: User | None = None) -> RoutingDecision:
    """
    Route an inquiry on this triplet about this customer, by the tables of the day.

    Whatever is missing or cannot be asked leads to the head team, with the cause. Call it inside the transaction
    that opens the inquiry; `by` is who asks the registers.
    """
    facts, decision = _decided(triplet, customer, by=by, at=at)
    team = _team_of(decision)
    return RoutingDecision.objects.create(
        facts=snapshot(facts, on=timezone.localdate(at).isoformat()),
        rule=decision.rule.value,
        unit=team.unit,
        team=team,
        is_fallback=decision.is_fallback,
        cause=decision.cause.value if decision.cause else "",
        reasons=[asdict(reason) for reason in decision.reasons],
        decided_at=at,
    )


def recommend(*, triplet: Triplet, customer: Customer | None, at: datetime, by: User | None = None) -> Team:
    """Where an inquiry that is here already would go under this triplet; nothing is kept (CRM-5.2.5-a, CRM-6.4-c)."""
    return _team_of(_decided(triplet, customer, by=by, at=at)[1])


def _decided(
    triplet: Triplet, customer: Customer | None, *, by: User | None, at: datetime
) -> tuple[Facts, engine.Decision]:
    tables = tables_on(timezone.localdate(at), triplet=triplet)
    facts = facts_of(triplet, customer, tables, by=by, at=at)
    return facts, engine.decide(facts, tables)


def _team_of(decision: engine.Decision) -> Team:
    return Team.objects.select_related("unit").get(code=decision.team) if decision.team else head_team()


def snapshot(facts: Facts, *, on: str) -> dict[str, object]:
    """The facts in the shape that `manage.py route` reads (docs/routing.md), so that a decision can be replayed."""
    return {
        "triplet": facts.triplet.code,
        "flags": {name: value for name, value in asdict(facts.triplet).items() if name.startswith("is_")},
        "tax_files": [asdict(file) for file in facts.tax_files],
        "locality": facts.locality,
        "vat_key_unit": facts.vat_key_unit,
        "registers_down": sorted(facts.registers_down),
        "on": on,
    }
