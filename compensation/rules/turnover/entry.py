"""The turnover track by plain data: what is read, its ranges, and the code at each field (section 5.3)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import HIGHEST, InvalidInput

from .. import exclusions, location
from ..assessment import Assessment
from ..codes import ClaimantFlag, ClaimantKind, NewBusinessCase, VatReporting
from ..programme import Programme
from ..reading import Facts
from ..reasons import Reason
from . import complement, rows, turnovers, wages
from .amount import Business, assess
from .complement import Inputs
from .rows import Month, Opening, Position, Row
from .turnovers import Report, Turnover
from .wages import Wages

NONE = Decimal(0)
_SUMS = ("capital_sales", "buyer_reported", "reg_6z", "group_internal", "related_party_unapproved")
_FIGURES = ("base", "eligibility", "complement", "wages")
_PARTS = ("equipment_inputs", "zero_rated_inputs", "s131_expenses", "related_party_inputs_unapproved")

_OF_COMPLEMENT = (*_PARTS, "denominator", "vat_file_inputs")


def entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The track by plain data."""
    facts = Facts(inputs)
    business = read(facts, programme)
    facts.nothing_else()
    return assess(business, programme)


def read(facts: Facts, programme: Programme) -> Business:
    """
    The business of a case.

    :raises InvalidInput: at the first fact that cannot be read or is out of its range
    """
    claimant, named, opening = exclusions.read(facts), _flags(facts), _opening(facts)
    is_cash_basis = facts.flag("cash_basis", ClaimantFlag.CASH_BASIS in named)
    position = _placed(facts, claimant, named, opening, programme)
    _same_as_computed(facts, position, opening)
    parts, has_branch_inside = _branches(facts, programme)
    if parts:
        named |= {ClaimantFlag.BRANCHES}
    sources = _sources(facts, parts)
    declared = [facts.flag(name, True) for name in ("vat_on_receipt", "receipts_in_following_month")]
    rate = facts.fraction("manager_rate", NONE, code=Reason.TUR_BAD_RATE) if facts.has("manager_rate") else None
    facts.raw("manager_rate")
    has_base = any(source.has("base") for source in sources)
    needs_rate = has_base and rate is None and position.has_complement and position.has_base
    return Business(
        claimant=claimant,
        location=location.read(facts, programme),
        position=position,
        base=turnovers.pooled([_turnover(one, "base", position, programme) for one in sources]) if has_base else None,
        eligibility=turnovers.pooled([_turnover(one, "eligibility", position, programme) for one in sources]),
        inputs=complement.pooled([_inputs(one, needs=needs_rate) for one in sources]),
        wages=_pooled_wages(sources, position, named),
        manager_base=_whole(facts, "manager_base", Reason.TUR_BAD_AMOUNT) if facts.has("manager_base") else None,
        manager_rate=rate,
        flags=frozenset(named),
        is_cash_basis_declared=not is_cash_basis or all(declared),
        is_eligibility_reported=facts.flag("eligibility_reported", True),
        is_group_claim=facts.flag("group_claim", False),
        has_branch_inside=has_branch_inside,
        monthly=_monthly(facts),
    )


def position_of(inputs: Mapping[str, Any], programme: Programme) -> Position:
    """
    The row of the table for the facts of a case, whatever its figures say.

    :raises InvalidInput: at a fact that cannot be read
    """
    facts = Facts(inputs)
    return _placed(facts, exclusions.read(facts), _flags(facts), _opening(facts), programme)


def _placed(
    facts: Facts,
    claimant: exclusions.ClaimantFacts,
    named: set[ClaimantFlag],
    opening: Opening | None,
    programme: Programme,
) -> Position:
    kind = claimant.kind
    if not facts.has("kind") and claimant.is_public_institution_9_2_b:
        kind = ClaimantKind.EPI  # a public institution that may claim is an eligible one (CMP-4.8-d)
    is_cash_basis = facts.flag("cash_basis", ClaimantFlag.CASH_BASIS in named)
    method = _method(facts, claimant.reporting, named)
    return rows.place(kind, method, is_cash_basis=is_cash_basis, opening=opening, programme=programme)


def _flags(facts: Facts) -> set[ClaimantFlag]:
    if not facts.has("flags"):
        facts.raw("flags")
        is_branches = facts.text("kind").lower() == "branches"
        return {ClaimantFlag.BRANCHES} if is_branches else set()
    names = Facts({str(place): name for place, name in enumerate(facts.items("flags"))}, facts.where("flags"))
    found = {
        names.choice(str(place), ClaimantFlag, ClaimantFlag.BRANCHES) for place, _ in enumerate(facts.items("flags"))
    }
    if facts.has("kind") and facts.text("kind").lower() == "branches":
        found.add(ClaimantFlag.BRANCHES)
    return found


def _method(facts: Facts, reporting: VatReporting, named: set[ClaimantFlag]) -> VatReporting:
    """Who changed the method between the two periods claims on the bi-monthly one (CMP-4.4-a)."""
    base = facts.choice("reporting_base", VatReporting, reporting)
    eligibility = facts.choice("reporting_eligibility", VatReporting, reporting)
    if base is not eligibility or ClaimantFlag.CHANGED_REPORTING in named:
        return VatReporting.BI_MONTHLY
    return base if facts.has("reporting_base") and facts.has("reporting_eligibility") else reporting


def _opening(facts: Facts) -> Opening | None:
    if not facts.has("new_business"):
        facts.raw("new_business")
        return None
    part = facts.part("new_business")
    opened_on = part.day("opened_on")
    if opened_on is None:
        raise InvalidInput(Code.FIELD_REQUIRED, part.where("opened_on"))
    opening = Opening(opened_on, part.day("first_report_period_end"))
    part.nothing_else(("sub_case", "base_months", "complement_months"))
    return opening


def _same_as_computed(facts: Facts, position: Position, opening: Opening | None) -> None:
    """
    What the system computes itself may be told, as a check, but not changed (CMP-4.6-n).

    :raises InvalidInput: at a sub-case, a number of months or a period that is another than the law's
    """
    if not facts.has("periods", "new_business"):
        facts.raw("periods")
        return
    periods = facts.part("periods")
    for name, months in (("base", position.base), ("eligibility", position.eligibility)):
        if periods.has(name) and tuple(_month(periods, name, item) for item in periods.items(name)) != months:
            raise InvalidInput(Code.INVALID_VALUE, periods.where(name))
        periods.raw(name)
    periods.nothing_else()
    if opening is None:
        return
    part = facts.part("new_business")
    if position.new_case is None and part.has("sub_case", "base_months", "complement_months"):
        raise InvalidInput(Code.INVALID_VALUE, part.where("opened_on"))
    if position.new_case is None:
        return
    if part.choice("sub_case", NewBusinessCase, position.new_case) is not position.new_case:
        raise InvalidInput(Code.INVALID_VALUE, part.where("sub_case"))
    for name, computed in (("base_months", position.base_divisor), ("complement_months", position.complement_months)):
        if part.has(name) and part.number(name) != computed:
            raise InvalidInput(Code.INVALID_VALUE, part.where(name))


def _branches(facts: Facts, programme: Programme) -> tuple[list[Facts], bool | None]:
    """The branches in the special area, and whether there is one; those outside are left out (CMP-4.6-k)."""
    parts = facts.parts("branches")
    inside = []
    for part in parts:
        town = part.town("town", programme.towns)
        if town is None or town.is_special:
            inside.append(part)
        part.text("name")
        part.nothing_else(_FIGURES)
    return inside, bool(inside) if parts else None


def _sources(facts: Facts, branches: list[Facts]) -> list[Facts]:
    """Where the figures are: in each branch that counts, or in the claimant's own sums."""
    if not any(branch.has(*_FIGURES) for branch in branches):
        return [facts]
    for branch in branches:
        for name in ("base", "eligibility"):
            if not branch.has(name):
                raise InvalidInput(Code.FIELD_REQUIRED, branch.where(name))
    return branches


def _whole(
    facts: Facts, name: str, code: Reason, default: Decimal | None = None, *, most: Decimal = HIGHEST
) -> Decimal:
    """A sum in whole ILS."""
    return facts.number(name, default, most=most, places=0, code=code).quantize(Decimal(1))


def _turnover(facts: Facts, name: str, position: Position, programme: Programme) -> Turnover:
    part = facts.part(name)
    gross = _reported(part, name, position, programme)
    if gross is None:
        gross = NONE if not facts.has(name) else None
        gross = _whole(part, "gross", Reason.TUR_BAD_AMOUNT, gross, most=programme.highest_turnover)
    elif part.has("gross"):
        raise InvalidInput(Code.INVALID_VALUE, part.where("gross"))
    part.raw("gross")
    sums = {one: _whole(part, one, Reason.TUR_BAD_AMOUNT) for one in _SUMS if part.has(one)}
    adjustment = part.number("manager_adjustment", NONE, least=None, places=0, code=Reason.TUR_BAD_AMOUNT)
    stays_in = _whole(part, "group_internal_excluded_member", Reason.TUR_BAD_AMOUNT, NONE)
    part.nothing_else(_SUMS)
    turnover = Turnover(gross=gross, manager_adjustment=adjustment, group_internal_excluded_member=stays_in, **sums)
    if turnover.neutralised + stays_in > gross:
        first = next((one for one in _SUMS if sums.get(one)), "gross")
        raise InvalidInput(Reason.TUR_NEUTRALISED_OVER_GROSS, part.where(first))
    if turnover.net < 0:
        raise InvalidInput(Reason.TUR_NEUTRALISED_OVER_GROSS, part.where("manager_adjustment"))
    return turnover


def _reported(part: Facts, name: str, position: Position, programme: Programme) -> Decimal | None:
    """The turnover by the reports themselves; None when they are not given."""
    if not part.has("reports"):
        part.raw("reports")
        return None
    reports = []
    for one in part.parts("reports"):
        received = one.day("received_on")
        if received is None:
            raise InvalidInput(Code.FIELD_REQUIRED, one.where("received_on"))
        period = _month(one, "period", one.text("period"))
        reports.append(Report(period, _whole(one, "gross", Reason.TUR_BAD_AMOUNT), received))
        one.nothing_else()
    has_bar = name == "base" and position.row in {Row.REPORTER, Row.CASH_BASIS}
    found = turnovers.counted(reports, programme.base_reports_received_until if has_bar else None)
    return sum(found.values(), NONE)


def _inputs(facts: Facts, *, needs: bool) -> Inputs:
    part = facts.part("complement")
    reported = _whole(part, "reported_inputs", Reason.TUR_BAD_INPUTS, NONE)
    parts = {one: _whole(part, one, Reason.TUR_BAD_INPUTS) for one in _PARTS if part.has(one)}
    if parts.get("equipment_inputs", NONE) > reported:
        raise InvalidInput(Reason.TUR_BAD_INPUTS, part.where("equipment_inputs"))
    denominator = None
    if part.has("denominator"):
        denominator = _whole(part, "denominator", Reason.TUR_ZERO_DENOMINATOR)
        if denominator == 0:
            raise InvalidInput(Reason.TUR_ZERO_DENOMINATOR, part.where("denominator"))
    elif needs:
        raise InvalidInput(Reason.TUR_ZERO_DENOMINATOR, part.where("denominator"))
    vat_file = _whole(part, "vat_file_inputs", Reason.TUR_BAD_INPUTS) if part.has("vat_file_inputs") else None
    part.nothing_else(_OF_COMPLEMENT)
    found = Inputs(reported_inputs=reported, denominator=denominator, vat_file_inputs=vat_file, **parts)
    if found.current < 0:
        raise InvalidInput(Reason.TUR_BAD_INPUTS, part.where("related_party_inputs_unapproved"))
    return found


def _pooled_wages(sources: list[Facts], position: Position, named: set[ClaimantFlag]) -> Wages | None:
    found = [_wages(source, position, named) for source in sources if source.has("wages")]
    for source in sources:
        source.raw("wages")
    return wages.pooled(found) if found else None


def _wages(facts: Facts, position: Position, named: set[ClaimantFlag]) -> Wages:
    part = facts.part("wages")

    def money(name: str, default: Decimal | None = NONE) -> Decimal:
        return part.number(name, default, code=Reason.TUR_BAD_WAGES)  # an average may have a fraction

    payroll = money("annual_wage_2022") if part.has("annual_wage_2022") else None
    average = NONE
    if position.row is Row.EPI and payroll is not None:
        average = payroll / rows.MONTHS_OF_YEAR  # the monthly average of 2022 (CMP-4.6-ab)
    found = Wages(
        wage_base=money("wage_base", average),
        wage_eligibility=money("wage_eligibility"),
        reserve_refund_base=money("reserve_refund_base"),
        reserve_refund_eligibility=money("reserve_refund_eligibility"),
        tips_base=money("tips_base"),
        tips_eligibility=money("tips_eligibility"),
        annual_wage_2022=payroll if position.new_case is None else None,  # no full year to compare with (10)
        half_year_divisor=_half_year_divisor(part, position, named),
    )
    part.nothing_else(("annual_wage_2022",))
    if found.base < 0:
        raise InvalidInput(Reason.TUR_BAD_WAGES, part.where("reserve_refund_base"))
    if found.reserve_refund_eligibility > found.wage_eligibility:
        raise InvalidInput(Reason.TUR_BAD_WAGES, part.where("reserve_refund_eligibility"))
    if found.annual_wage_2022 is not None and found.wage_base > found.annual_wage_2022:
        raise InvalidInput(Reason.TUR_BAD_WAGES, part.where("wage_base"))
    return found


def _half_year_divisor(part: Facts, position: Position, named: set[ClaimantFlag]) -> int | None:
    """6 for one month and 3 for two (decision 8); another is refused."""
    half_year = rows.MONTHS_OF_YEAR // 2 // position.months
    if part.has("half_year_divisor"):
        if part.whole("half_year_divisor", code=Reason.TUR_BAD_WAGES) != half_year:
            raise InvalidInput(Reason.TUR_BAD_WAGES, part.where("half_year_divisor"))
        return half_year
    part.raw("half_year_divisor")
    return half_year if ClaimantFlag.HALF_YEAR_WITHHOLDING in named else None


def _monthly(facts: Facts) -> dict[Month, Decimal]:
    """Turnovers of single months, by their ISO names, for the red-flag checks (CMP-4.6-f)."""
    given = facts.raw("monthly_turnovers")
    if given is None:
        return {}
    part = facts.part("monthly_turnovers")
    return {_month(part, name, name): _whole(part, name, Reason.TUR_BAD_AMOUNT) for name in map(str, given)}


def _month(facts: Facts, name: str, given: object) -> Month:
    """A month as `2022-10`."""
    try:
        if not isinstance(given, str) or len(given) != len("2022-10") or given[4] != "-":
            raise ValueError
        year, month = int(given[:4]), int(given[5:])
    except ValueError:
        raise InvalidInput(Code.INVALID_VALUE, facts.where(name)) from None
    if not (year >= 1900 and 1 <= month <= rows.MONTHS_OF_YEAR):
        raise InvalidInput(Code.INVALID_VALUE, facts.where(name))
    return year, month
