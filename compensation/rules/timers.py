"""The entry `timers` of the engine: which facts of a case are named decides which clock is asked."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from crm_portal.errors import Code, Refusal
from crm_portal.facts import InvalidInput

from . import clocks
from .assessment import Assessment, Finding, Outcome
from .clocks import ClaimClock, Deadline, ObjectionClock, Stop
from .programme import Programme
from .reading import Facts
from .reasons import Reason

_FROM_A_DAY: Mapping[str, Callable[[date, Programme], Deadline]] = {  # the event that starts a claimant's deadline
    "received_on": clocks.objection_deadline,
    "objection_decision_served_on": clocks.appeal_deadline,
    "committee_decision_served_on": clocks.court_appeal_deadline,
    "demand_served_on": clocks.return_deadline,
}
_A_PAIR = ("from", "until")


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """Reckon every deadline that the named facts start; without any, the last day of the first advance campaign."""
    facts = Facts(inputs)
    figures: dict[str, object] = {}
    refusals = [*_claim(facts, programme, figures), *_objection(facts, programme, figures)]
    if (opens_on := facts.day("opens_on")) is not None:
        _show(clocks.filing_window(opens_on, programme, extended_to=facts.day("extended_to")), figures)
    for name, deadline in _FROM_A_DAY.items():
        if (day := facts.day(name)) is not None:
            _show(deadline(day, programme), figures)
    if (decided_on := facts.day("decided_on")) is not None:
        figures["pay_by"] = clocks.pay_by(decided_on, programme)
        figures["last_day"] = clocks.correction_last_day(decided_on, programme)
    facts.nothing_else()
    if not inputs:
        figures["last_day"] = programme.pre_claim_advance_until  # CMP-7.3.8-a
    if refusals:
        return _refused(refusals, figures)
    return Assessment(Outcome.COMPUTED, figures)


def stops_of(facts: Facts, name: str = "stops") -> tuple[Stop, ...]:
    """Pairs of days; the second one is null while details are outstanding."""
    stops = []
    for place, pair in enumerate(facts.items(name)):
        path = f"{facts.where(name)}.{place}"
        if not isinstance(pair, list | tuple) or len(pair) != len(_A_PAIR):
            raise InvalidInput(Code.INVALID_VALUE, path)
        days = Facts(dict(zip(_A_PAIR, pair, strict=True)), path)
        from_on, until_on = days.day("from"), days.day("until")
        if from_on is None or (until_on is not None and until_on < from_on):
            raise InvalidInput(Code.INVALID_VALUE, path)
        stops.append(Stop(from_on, until_on))
    return tuple(stops)


def _claim(facts: Facts, programme: Programme, figures: dict[str, object]) -> Iterable[Refusal]:
    stops = stops_of(facts)
    given = facts.items("extensions_days")
    days = tuple(
        Facts({str(place): value}, "extensions_days").whole(str(place), least=1) for place, value in enumerate(given)
    )
    were_requested = bool(stops) or not facts.has("stops")  # a case that is silent about requests does not exclude
    refusals = tuple(clocks.extension_refusals(days, were_details_requested=were_requested, programme=programme))
    filed_on = facts.day("filed_on")
    if filed_on is not None and not refusals:
        clock = ClaimClock(filed_on, stops, days)
        due = clock.decision_due_on(programme)
        figures |= {
            "decision_due": due,
            "deemed_accepted_on": clock.deemed_accepted_on(programme),
            "advance_60_due": clock.advance_60_due_on(programme),
            "advance_10_due": clock.advance_10_due_on(programme),
            "warnings": [day for _, day in clocks.warnings(due, programme)] if due else [],
        }
    return refusals


def _objection(facts: Facts, programme: Programme, figures: dict[str, object]) -> Iterable[Refusal]:
    delivered_on = facts.day("objection_on")
    if delivered_on is None:
        return ()
    clock = ObjectionClock(delivered_on, facts.day("completeness_confirmed_on"), facts.day("extended_to"))
    figures["latest"] = clock.latest_extension(programme)
    refusals = tuple(clock.refusals(programme))
    if not refusals:
        figures["decision_due"] = clock.decision_due_on(programme)
        figures["deemed_accepted_on"] = clock.deemed_accepted_on(programme)
    return refusals


def _show(deadline: Deadline, figures: dict[str, object]) -> None:
    figures["raw_last_day"] = deadline.raw_last_day
    figures["last_day"] = deadline.last_day


def _refused(refusals: list[Refusal], figures: dict[str, object]) -> Assessment:
    findings = tuple(Finding(Reason(one.code), one.clause, where="".join(one.fields[:1])) for one in refusals)
    return Assessment(Outcome.REFUSED, figures | {"error": refusals[0].code}, findings=findings)
