"""
A programme: the figures, dates and towns of one emergency, as dated data (conventions; CMP-1.3-a).

Rules receive it as an argument and name no figure of their own. The first one is Swords of Iron; its figures ship in
`compensation/reference/`, and the manager changes them in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .codes import Eligibility, LocationRow, Track
from .towns import Towns

PRE_CLAIM_ADVANCE = "pre_claim_advance"  # the matrix has a column for it beside the tracks


@dataclass(frozen=True, slots=True)
class Programme:
    """What held on one day; money in ILS, rates as fractions, periods as their first and last days."""

    code: str
    version: str  # of the figures, kept with each computation (CMP-4.6-ag)
    towns: Towns
    matrix: Mapping[LocationRow, Mapping[str, Eligibility]]  # by `Track` and PRE_CLAIM_ADVANCE (CMP-2.6-a)
    rest_days: frozenset[date]  # Saturdays apart: the holiday table (CMP-3.2.1-b)
    # 1.3, 1.12, 8.1
    determining_from: date
    determining_until: date
    window_opens_on: date
    window_months: int
    pre_claim_advance_until: date
    # 3.2, 3.3
    day_value: Decimal
    default_full_time_hours: Decimal
    least_full_time_hours: Decimal
    most_full_time_hours: Decimal
    least_hours_absent: Decimal
    highest_child_age: int
    least_epi_share: Decimal
    # 3.5, 4.8, 5.4.3
    missing_reports_presume_inactive: int
    highest_long_works_share: Decimal
    # 4.5, 4.6
    turnover_cap: Decimal
    inputs_counted: Decimal
    wages_loaded: Decimal
    fuel_complement_cap: Decimal
    manpower_complement_cap: Decimal
    base_reports_received_until: date
    active_before: date
    new_business_from: date
    new_business_until: date
    base_year: int
    highest_turnover: Decimal
    red_flag_deviation: Decimal  # from the mean of twelve months (CMP-4.6-f)
    red_flag_earlier_drop: Decimal
    inputs_like_tax_from: Decimal  # a share of the inputs of the VAT file (CMP-4.6-y)
    inputs_like_tax_until: Decimal
    # 5.3, 6.1, 7.2
    field_worker_value: Decimal
    agriculture_cap: Decimal
    most_field_workers: int
    contractor_cap: Decimal
    aid_plan_wage_share: Decimal
    red_agriculture_cap: Decimal
    # 8 to 10
    decision_months: int
    most_extension_days: int
    payment_days: int
    first_advance_after_days: int
    first_advance_share: Decimal
    second_advance_after_days: int
    second_advance_share: Decimal
    overpayment_days: int
    correction_years: int
    withholding_rate: Decimal  # without a certificate
    objection_days: int
    objection_decision_months: int
    objection_completeness_days: int
    objection_longest_months: int
    appeal_days: int
    court_appeal_days: int
    warnings_before_days: tuple[int, ...] = (30, 14, 7, 1)
    advance_escalates_after_days: int = 3
    reminder_after_days: tuple[int, ...] = (3, 7)
    government_decisions: Mapping[str, date] = field(default_factory=dict)  # number to date (CMP-1.9-a)

    def eligibility(self, row: LocationRow, column: Track | str) -> Eligibility:
        """A cell of the matrix."""
        return self.matrix[row][str(column)]
