"""The compensation of the turnover track: min(cap, round(max(0, B − E) × c)), step by step (4.5, 4.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .. import exclusions, location
from ..assessment import Assessment, Finding, Outcome, Step, Unit, principal, refused
from ..codes import ClaimantFlag, Track
from ..exclusions import ClaimantFacts
from ..location import Location
from ..programme import Programme
from ..reasons import Reason
from ..rounding import to_rate, to_shekel
from . import complement, flags, ledger
from .complement import Inputs
from .rows import Month, Position
from .turnovers import Turnover, base_turnover
from .wages import Wages, as_figure, saved_wages

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Business:
    """What the track asks; no `base` when only preconditions and exclusions are in question."""

    claimant: ClaimantFacts
    location: Location
    position: Position
    base: Turnover | None = None
    eligibility: Turnover = field(default_factory=Turnover)
    inputs: Inputs = field(default_factory=Inputs)
    wages: Wages | None = None
    manager_base: Decimal | None = None  # where the law leaves the base to the manager (CMP-4.6-p)
    manager_rate: Decimal | None = None  # CMP-4.6-ac
    flags: frozenset[ClaimantFlag] = frozenset()
    is_cash_basis_declared: bool = True  # both conditions of CMP-4.6-o
    is_eligibility_reported: bool = True  # CMP-4.6-d
    is_group_claim: bool = False  # in the name of several members (CMP-4.6-j)
    has_branch_inside: bool | None = None  # None: the claimant's branches are not listed
    monthly: Mapping[Month, Decimal] = field(default_factory=dict)


def assess(business: Business, programme: Programme) -> Assessment:
    """The whole of clause 4 on one business."""
    found = [*preconditions(business), *exclusions.hits(Track.TURNOVER, business.claimant, programme)]
    if any(finding.is_final for finding in found):
        return refused(found)
    if business.base is None and business.manager_base is None:
        outcome = Outcome.MANUAL_REVIEW if found else Outcome.COMPUTED
        return Assessment(outcome, {"allowed": True, "reason": principal(found)}, findings=tuple(found))
    return _computed(business, found, programme)


def preconditions(business: Business) -> list[Finding]:
    """Where the business is (4.3), and what must be declared or reported before anything is computed."""
    found = list(_location(business))
    if business.position.is_unnamed_combination:
        found.append(Finding(Reason.TUR_COMBINED_ROWS, "CMP-4.6-aj", "kind", is_final=False))
    if not business.is_cash_basis_declared:
        found.append(Finding(Reason.TUR_NOT_CASH_BASIS, "CMP-4.6-o", "cash_basis"))
    if not business.is_eligibility_reported:
        found.append(Finding(Reason.TUR_PERIOD_NOT_REPORTED, "CMP-4.6-d", "eligibility_reported"))
    if business.is_group_claim:
        found.append(Finding(Reason.TUR_GROUP_CLAIM, "CMP-4.6-j", "group_claim"))
    return found


def _location(business: Business) -> tuple[Finding, ...]:
    """Of who has branches, the branches inside count (CMP-4.6-k); otherwise both towns must lie inside."""
    if ClaimantFlag.BRANCHES not in business.flags:
        return location.findings(business.location, Reason.TUR_NOT_SPECIAL_AREA, "CMP-4.3-a")
    if business.has_branch_inside is False:
        return (Finding(Reason.TUR_NOT_SPECIAL_AREA, "CMP-4.3-a", "branches"),)
    return ()


def _computed(business: Business, found: list[Finding], programme: Programme) -> Assessment:
    position, steps = business.position, []
    base = business.manager_base
    if base is None and business.base is not None and position.has_base:
        base = base_turnover(business.base, position)
        steps.extend(ledger.of_base(business.base, base, position))
    if base is None:
        return _undefined(Reason.TUR_BASE_UNDEFINED, "CMP-4.6-p", found)
    if business.manager_base is not None:
        steps.append(Step("tur_base_by_manager", base, "4.6"))
    eligibility = business.eligibility.net
    drop = base - eligibility
    steps.append(
        Step(
            "tur_eligibility",
            eligibility,
            "4.6",
            "T − N",
            (("T", business.eligibility.gross), ("N", ledger.taken_out(business.eligibility))),
        )
    )
    steps.append(Step("tur_drop", drop, "4.6", "B − E", (("B", base), ("E", eligibility))))

    figures: dict[str, object] = {"base_turnover": base, "eligibility_turnover": eligibility, "drop": drop}
    saved = _saved(business, figures, steps, programme)
    rate = _rate(business, saved, figures, steps, programme)
    if rate is None:
        return _undefined(Reason.TUR_COMPLEMENT_UNDEFINED, "CMP-4.6-q", found, figures, steps)

    before_cap = to_shekel(max(NONE, drop) * rate)
    amount = min(programme.turnover_cap, before_cap)
    steps.append(
        Step("tur_before_cap", before_cap, "4.6", "max(0, B − E) × c", (("B", base), ("E", eligibility), ("c", rate)))
    )
    steps.append(Step("tur_amount", amount, "4.5", "min(A, cap)", (("A", before_cap), ("cap", programme.turnover_cap))))
    is_manual = any(not finding.is_final for finding in found)

    found.extend(_findings(business, drop, before_cap, figures, programme))
    found.extend(flags.red_flags(business.monthly, base, eligibility, position, programme))
    if _lacks_payroll(business, saved):
        found.append(Finding(Reason.TUR_BAD_WAGES, "CMP-4.6-z", "wages.annual_wage_2022", is_final=False))
        is_manual = True
    figures |= {"amount_before_cap": before_cap, "amount": amount, "allowed": True, "reason": principal(found)}
    outcome = Outcome.MANUAL_REVIEW if is_manual else Outcome.COMPUTED
    return Assessment(outcome, figures, tuple(steps), tuple(found))


def _saved(business: Business, figures: dict[str, object], steps: list[Step], programme: Programme) -> Decimal:
    """Saved wages; none without wages, and none of an exempt dealer (CMP-4.6-u)."""
    if business.wages is None or not complement.has_wage_part(business.position):
        figures["saved_wages"] = NONE
        return NONE
    wages = business.wages
    saved = saved_wages(wages, business.position, programme)
    steps.extend(ledger.of_wages(wages, saved, business.position, programme))
    figures["saved_wages"] = as_figure(saved.total)
    figures["saved_wages_before_cap"] = as_figure(saved.before_cap)
    if saved.cap is not None:
        figures["saved_wages_cap"] = as_figure(saved.cap)
    return saved.total


def _rate(
    business: Business, saved: Decimal, figures: dict[str, object], steps: list[Step], programme: Programme
) -> Decimal | None:
    """The complement that is applied; None when the law has no data for it and the manager set none."""
    position, inputs, claimant = business.position, business.inputs, business.claimant
    rate = None
    if position.has_complement and inputs.denominator:
        current, turnover = inputs.current, inputs.denominator
        computed = complement.computed(current, turnover, saved, position, programme)
        figures["complement_computed"] = computed
        steps.extend(ledger.of_rate(inputs, saved, computed, position, programme))
        rate = complement.applied(computed, claimant.sector, programme)
        if rate != computed:
            key = "tur_rate_not_negative" if computed < 0 else "tur_rate_of_sector"
            steps.append(Step(key, rate, "4.6", "c", (("c", computed),), Unit.RATE))
    if business.manager_rate is not None:
        rate = to_rate(business.manager_rate)  # overrides the sector's ceiling too (CMP-4.6-ac)
        steps.append(Step("tur_rate_by_manager", rate, "4.6", unit=Unit.RATE))
    if rate is not None:
        figures["complement_applied"] = rate
    return rate


def _findings(
    business: Business, drop: Decimal, before_cap: Decimal, figures: Mapping[str, object], programme: Programme
) -> list[Finding]:
    """What the result itself says: the cap, no drop, no complement, inputs that look like tax."""
    found = []
    if before_cap > programme.turnover_cap:
        found.append(Finding(Reason.TUR_CAP_2500000, "CMP-4.5-a", is_final=False))
    if drop <= 0:
        found.append(Finding(Reason.TUR_NO_DROP, "CMP-4.6-a", "eligibility.gross", is_final=False))
    computed = figures.get("complement_computed")
    if business.manager_rate is None and isinstance(computed, Decimal) and computed <= 0:
        found.append(Finding(Reason.TUR_COMPLEMENT_ZERO, "CMP-4.6-af", "complement", is_final=False))
    if complement.looks_like_tax(business.inputs, programme):
        found.append(
            Finding(Reason.TUR_INPUTS_LOOK_LIKE_TAX, "CMP-4.6-y", "complement.reported_inputs", is_final=False)
        )
    return found


def _lacks_payroll(business: Business, saved: Decimal) -> bool:
    """Saved wages that no payroll of a full year bounds are not decided by the machine; a new business has none."""
    wages = business.wages
    return wages is not None and saved > 0 and wages.annual_wage_2022 is None and business.position.new_case is None


def _undefined(
    code: Reason,
    clause: str,
    found: list[Finding],
    figures: Mapping[str, object] | None = None,
    steps: list[Step] | None = None,
) -> Assessment:
    """The law has no data for it: the manager determines (decision 11)."""
    found = [Finding(code, clause, "new_business", is_final=False), *found]
    return Assessment(
        Outcome.MANUAL_REVIEW,
        {**(figures or {}), "amount": NONE, "allowed": True, "reason": code},
        tuple(steps or ()),
        tuple(found),
    )
