"""Which figures a claim must give: the row of clause 4.6 decides on the turnover track (CMP-2.3-a, CMP-4.6-aj)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from crm_portal.errors import Code, Refusal
from crm_portal.facts import InvalidInput

from ..models import Claim
from ..rules.codes import ClaimantFlag, ClaimantKind, Track, VatReporting
from ..rules.programme import Programme
from ..rules.turnover.complement import has_wage_part
from ..rules.turnover.rows import Opening, Position, Row, place
from .facts import questions_of

_TURNOVERS = ("gross", "capital_sales", "reg_6z", "group_internal", "buyer_reported", "related_party_unapproved")
_WAGES = ("wage_base", "wage_eligibility", "reserve_refund_base", "reserve_refund_eligibility", "tips_base",
          "tips_eligibility", "annual_wage_2022")  # fmt: skip
_COMPLEMENT = ("denominator", "reported_inputs", "equipment_inputs", "zero_rated_inputs", "s131_expenses",
               "related_party_inputs_unapproved")  # fmt: skip
_DEEPEST = 2  # dots in the path of a figure
CLAIMANTS_OWN: Mapping[Track, frozenset[str]] = {  # a figure that the fund alone determines is in none
    Track.TURNOVER: frozenset(
        {f"{period}.{name}" for period in ("base", "eligibility") for name in _TURNOVERS}
        | {f"wages.{name}" for name in _WAGES}
        | {f"complement.{name}" for name in _COMPLEMENT}
    ),
    Track.AGRICULTURE: frozenset({"fields.town", "fields.dunams", "workers.id"}),
    Track.EXECUTION_CONTRACTOR: frozenset({"fixed_costs", "eligible_wage", "drop_rate"}),
    Track.RED: frozenset({"manager_determined"}),  # the sum of his own sheet
    Track.WAGE: frozenset({"ratio_income.own_income", "ratio_income.total_income"}),
    Track.FIXED_COSTS: frozenset(),
}


def refusals(claim: Claim, answers: Mapping[str, Any]) -> Iterator[Refusal]:
    """Facts and figures wait for the track, and are only those that it asks of the claimant (CMP-1.8-a)."""
    said, figures = answers.get("said") or {}, answers.get("figures") or {}
    if not said and not figures:
        return
    if not claim.track:
        yield Refusal(Code.FIELD_REQUIRED, ("track",), clause="CMP-2.2-a")
        return
    track = Track(claim.track)
    for name in sorted(name for name in said if name not in questions_of(track) or not _is_plain(said[name])):
        yield Refusal(Code.INVALID_VALUE, (f"facts.{name}",), clause="CMP-2.1-c")
    for path in _paths(figures):
        if re.sub(r"\.\d+", "", path) not in CLAIMANTS_OWN[track]:
            yield Refusal(Code.INVALID_VALUE, (f"figures.{path}",), clause="CMP-1.8-a")


def _is_plain(answer: object) -> bool:
    """Whether it is one value, or a list of such."""
    return all(not isinstance(one, dict | list) for one in (answer if isinstance(answer, list) else [answer]))


def _paths(given: object, path: str = "") -> Iterator[str]:
    """The path of each single value; whatever is nested deeper than any figure is taken for one."""
    members: Iterable[tuple[object, object]] | None = None
    if isinstance(given, Mapping):
        members = given.items()
    elif isinstance(given, list):
        members = enumerate(given)
    if members is None or path.count(".") > _DEEPEST:
        yield path
        return
    for name, inner in members:
        yield from _paths(inner, f"{path}.{name}" if path else str(name))


def required(claim: Claim, programme: Programme) -> frozenset[str]:
    """The paths of the figures without which a claim is not complete, although some rules would count nothing."""
    return frozenset(_required(claim, programme))


def missing(claim: Claim, programme: Programme) -> list[str]:
    """Those that were not given; reports one by one stand for the turnover of a period."""
    given = claim.answers.get("figures", {})
    return [path for path in sorted(required(claim, programme)) if not _is_given(given, path)]


def _is_given(given: object, path: str) -> bool:
    name, _, rest = path.partition(".")
    if not isinstance(given, dict):
        return False
    if rest:
        return _is_given(given.get(name), rest)
    return given.get(name) not in (None, "") or (name == "gross" and bool(given.get("reports")))


def _required(claim: Claim, programme: Programme) -> Iterator[str]:
    track = Track(claim.track)
    if track is Track.TURNOVER:
        yield from _of_turnover(position_of(claim, programme))
    elif track is Track.EXECUTION_CONTRACTOR:
        yield from ("fixed_costs", "eligible_wage", "drop_rate")
    elif track is Track.RED:
        yield "manager_determined"
    elif track is Track.WAGE and claim.kind == ClaimantKind.EPI.value:
        yield from ("ratio_income.own_income", "ratio_income.total_income")


def _of_turnover(position: Position | None) -> Iterator[str]:
    yield from ("base.gross", "eligibility.gross")
    if position is None or has_wage_part(position):
        yield "wages.wage_eligibility"
        if position is None or position.row is not Row.EPI:
            yield "wages.wage_base"
        if position is None or position.new_case is None:
            yield "wages.annual_wage_2022"
    if position is None or position.has_complement:
        yield from ("complement.denominator", "complement.reported_inputs")


def position_of(claim: Claim, programme: Programme) -> Position | None:
    """The row of the table that applies; None while a fact that decides it is missing or wrong."""
    facts = claim.answers.get("facts", {})
    part = facts.get("new_business") or {}
    flags = set(claim.flags)
    try:
        opening = None
        if part.get("opened_on"):
            end = part.get("first_report_period_end")
            opening = Opening(date.fromisoformat(part["opened_on"]), date.fromisoformat(end) if end else None)
        method = VatReporting(str(facts.get("reporting", "monthly")).upper())
        if ClaimantFlag.CHANGED_REPORTING.value in flags:
            method = VatReporting.BI_MONTHLY
        kind = ClaimantKind(claim.kind or ClaimantKind.REGULAR.value)
        is_cash = ClaimantFlag.CASH_BASIS.value in flags
        return place(kind, method, is_cash_basis=is_cash, opening=opening, programme=programme)
    except (InvalidInput, TypeError, ValueError):
        return None
