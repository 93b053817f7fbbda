"""The lines of the computation in the layout of the instruction's example (CMP-4.6-ag): each value, and of what."""

from decimal import Decimal

from ..assessment import Step, Unit
from ..programme import Programme
from . import complement
from .complement import Inputs
from .rows import Position
from .turnovers import Turnover
from .wages import SavedWages, Wages

NONE = Decimal(0)


def taken_out(turnover: Turnover) -> Decimal:
    """What is taken out of a period, an adjustment of the manager with it."""
    return turnover.neutralised - turnover.manager_adjustment


def of_base(turnover: Turnover, base: Decimal, position: Position) -> list[Step]:
    net = turnover.net
    first = Step("tur_base_net", net, "4.6", "T − N", (("T", turnover.gross), ("N", taken_out(turnover))))
    if position.base_divisor == 1 and position.base_factor == 1:
        return [first]
    values = (("T", net), ("m", position.base_divisor), ("k", Decimal(position.base_factor)))
    formula = "T ÷ m × k" if position.base_factor > 1 else "T ÷ m"
    return [first, Step("tur_base_average", base, "4.6", formula, values[: 2 + (position.base_factor > 1)])]


def of_wages(wages: Wages, saved: SavedWages, position: Position, programme: Programme) -> list[Step]:
    base, eligibility, factor = wages.base, wages.eligibility, Decimal(position.wage_factor)
    divided = wages.half_year_divisor is not None
    values = [("We", wages.wage_eligibility), ("Re", wages.reserve_refund_eligibility)]
    if wages.half_year_divisor is not None:
        values.append(("h", Decimal(wages.half_year_divisor)))
    steps = [
        Step("tur_wages_base", base, "4.6", "Wb − Rb", (("Wb", wages.wage_base), ("Rb", wages.reserve_refund_base))),
        Step("tur_wages_eligibility", eligibility, "4.6", "(We − Re) ÷ h" if divided else "We − Re", tuple(values)),
        Step(
            "tur_saved_before_cap",
            saved.before_cap,
            "4.6",
            "max(0, Wb − We) × F × k",
            (("Wb", base), ("We", eligibility), ("F", factor), ("k", programme.wages_loaded)),
        ),
    ]
    capped = saved.before_cap
    if saved.cap is not None and wages.annual_wage_2022 is not None:
        steps.append(
            Step(
                "tur_saved_cap",
                saved.cap,
                "4.6",
                "P × k",
                (("P", wages.annual_wage_2022), ("k", programme.wages_loaded)),
            )
        )
        capped = min(capped, saved.cap)
    if saved.tips:
        values = [("tb", wages.tips_base), ("te", wages.tips_eligibility), ("F", factor)]
        steps.append(Step("tur_tips", saved.tips, "4.6", "max(0, tb − te) × F", tuple(values)))
    steps.append(Step("tur_saved_wages", saved.total, "4.6", "max(0, W − t)", (("W", capped), ("t", saved.tips))))
    return steps


def of_rate(inputs: Inputs, saved: Decimal, computed: Decimal, position: Position, programme: Programme) -> list[Step]:
    current, turnover, counted = (
        inputs.current,
        inputs.denominator or NONE,
        complement.counted_part(position, programme),
    )
    steps = [
        Step(
            "tur_inputs",
            current,
            "4.6",
            "I − e + z + x − r",
            (
                ("I", inputs.reported_inputs),
                ("e", inputs.equipment_inputs),
                ("z", inputs.zero_rated_inputs),
                ("x", inputs.s131_expenses),
                ("r", inputs.related_party_inputs_unapproved),
            ),
        )
    ]
    values = [("I", current), ("k", counted), ("T", turnover)]
    formula = "1 − I × k ÷ T"
    if complement.has_wage_part(position):
        values.insert(2, ("S", saved))
        formula = "1 − (I × k + S) ÷ T"
        if position.new_case is not None:
            values.append(("m", position.complement_months))
            formula = "1 − (I ÷ m × 12 × k + S) ÷ (T ÷ m × 12)"
    steps.append(Step("tur_rate", computed, "4.6", formula, tuple(values), Unit.RATE))
    return steps
