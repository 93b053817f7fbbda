"""Which figures a claim must give: the row of clause 4.6 decides on the turnover track (CMP-2.3-a, CMP-4.6-aj)."""

from collections.abc import Iterator
from datetime import date

from crm_portal.facts import InvalidInput

from ..models import Claim
from ..rules.codes import ClaimantFlag, ClaimantKind, Track, VatReporting
from ..rules.programme import Programme
from ..rules.turnover.complement import has_wage_part
from ..rules.turnover.rows import Opening, Position, Row, place


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
    except (InvalidInput, ValueError):
        return None
