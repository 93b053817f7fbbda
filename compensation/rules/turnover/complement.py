"""The saved-expense complement c: which part of the lost turnover was not saved (4.6, letters r to ae)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..codes import NewBusinessCase, Sector
from ..programme import Programme
from ..rounding import RATE, to_rate
from .rows import MONTHS_OF_YEAR, Position, Row

NONE, ONE = Decimal(0), Decimal(1)
NOTHING, EVERYTHING = NONE.quantize(RATE), ONE.quantize(RATE)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Current inputs of 2022 or of a new business's window, and the turnover that they are divided by (CMP-4.6-y)."""

    reported_inputs: Decimal = NONE
    equipment_inputs: Decimal = NONE
    zero_rated_inputs: Decimal = NONE
    s131_expenses: Decimal = NONE
    related_party_inputs_unapproved: Decimal = NONE
    denominator: Decimal | None = None  # None when the manager sets the rate without it
    vat_file_inputs: Decimal | None = None  # what the VAT file has of them

    @property
    def current(self) -> Decimal:
        """Without equipment and related parties; with zero-rated inputs and expenses that are no inputs."""
        return (
            self.reported_inputs
            - self.equipment_inputs
            + self.zero_rated_inputs
            + self.s131_expenses
            - self.related_party_inputs_unapproved
        )


def has_wage_part(position: Position) -> bool:
    """An exempt dealer's complement has no wage part, also a new one's (CMP-4.6-u)."""
    return position.row is not Row.EXEMPT and position.new_case is not NewBusinessCase.EXEMPT


def counted_part(position: Position, programme: Programme) -> Decimal:
    """Of the inputs: 0.85, and the whole expenses of an eligible public institution's activity (CMP-4.6-t)."""
    return ONE if position.row is Row.EPI else programme.inputs_counted


def computed(
    inputs: Decimal, turnover: Decimal, saved_wages: Decimal, position: Position, programme: Programme
) -> Decimal:
    """
    c by the formula of the row, rounded to two decimals of a percent before it is multiplied (CMP-4.6-x).

    A new business's inputs and turnover are of the same months, so that only its saved wages, which are of a year,
    need its turnover for a year (CMP-4.6-s). One division at the end, so that no digit is lost on the way.
    """
    saved = inputs * counted_part(position, programme)
    if not has_wage_part(position):
        return to_rate(ONE - saved / turnover)
    year = Decimal(MONTHS_OF_YEAR)
    return to_rate(ONE - (saved * year + saved_wages * position.complement_months) / (turnover * year))


def applied(rate: Decimal, sector: Sector, programme: Programme) -> Decimal:
    """Not below 0, and not above the ceiling of the sector (CMP-4.6-ad, CMP-4.6-ae, CMP-4.6-af)."""
    ceiling = _ceilings(programme).get(sector, EVERYTHING)
    return max(NOTHING, min(rate, to_rate(ceiling)))


def looks_like_tax(inputs: Inputs, programme: Programme) -> bool:
    """Whether the tax on the inputs was typed in the place of their amounts (CMP-4.6-y)."""
    if not inputs.vat_file_inputs:
        return False
    share = inputs.reported_inputs / inputs.vat_file_inputs
    return programme.inputs_like_tax_from <= share <= programme.inputs_like_tax_until


def pooled(inputs: Sequence[Inputs]) -> Inputs:
    """The inputs and turnovers of all branches that are entitled; one rate serves them all (CMP-4.6-w)."""
    if len(inputs) == 1:
        return inputs[0]
    denominators = [one.denominator for one in inputs if one.denominator is not None]
    return Inputs(
        reported_inputs=sum((one.reported_inputs for one in inputs), NONE),
        equipment_inputs=sum((one.equipment_inputs for one in inputs), NONE),
        zero_rated_inputs=sum((one.zero_rated_inputs for one in inputs), NONE),
        s131_expenses=sum((one.s131_expenses for one in inputs), NONE),
        related_party_inputs_unapproved=sum((one.related_party_inputs_unapproved for one in inputs), NONE),
        denominator=sum(denominators, NONE) if denominators else None,
        vat_file_inputs=sum((one.vat_file_inputs for one in inputs if one.vat_file_inputs is not None), NONE) or None,
    )


def _ceilings(programme: Programme) -> Mapping[Sector, Decimal]:
    return {Sector.FUEL: programme.fuel_complement_cap, Sector.MANPOWER: programme.manpower_complement_cap}
