"""What people read for the figures of a programme: their names, their values, and the subjects they stand under."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from crm_portal.ui.templatetags.portal import day, ident, money, num

from .rules.assembling import PARAMETERS


class Kind(Enum):
    """What a figure is, and so how it is shown and asked for."""

    DAY = auto()
    MONEY = auto()
    SHARE = auto()  # kept as a fraction, shown and asked for in percent
    WHOLE = auto()
    NUMBER = auto()
    LIST = auto()  # whole numbers, with commas


_PERIODS = pgettext_lazy("programme figure", "Periods and eligibility")
_OTHERS = pgettext_lazy("programme figure", "Contractor, red track, advances before a claim")
_AFTER = pgettext_lazy("programme figure", "Objection and appeal")
_SUBJECTS: Mapping[int, Promise] = {  # by the first number of the clause
    1: _PERIODS,
    2: _PERIODS,
    3: pgettext_lazy("programme figure", "Wage track"),
    4: pgettext_lazy("programme figure", "Turnover track"),
    5: pgettext_lazy("programme figure", "Agriculture track"),
    6: _OTHERS,
    7: _OTHERS,
    8: pgettext_lazy("programme figure", "Filing, decision and payment"),
    9: _AFTER,
    10: _AFTER,
}
_MONEY = frozenset({
    "day_value", "turnover_cap", "highest_turnover", "field_worker_value", "agriculture_cap", "contractor_cap",
    "red_agriculture_cap",
})  # fmt: skip
_SHARES = frozenset({
    "least_epi_share", "highest_long_works_share", "inputs_counted", "fuel_complement_cap", "manpower_complement_cap",
    "red_flag_deviation", "red_flag_earlier_drop", "inputs_like_tax_from", "inputs_like_tax_until",
    "aid_plan_wage_share", "first_advance_share", "second_advance_share", "withholding_rate",
})  # fmt: skip
_KINDS = {date.fromisoformat: Kind.DAY, int: Kind.WHOLE, Decimal: Kind.NUMBER}


def kind_of(key: str) -> Kind:
    """What a figure of the programme is."""
    if key in _MONEY:
        return Kind.MONEY
    if key in _SHARES:
        return Kind.SHARE
    return _KINDS.get(PARAMETERS[key], Kind.LIST)


def percent(value: str) -> Decimal:
    """A fraction as percent, without decimals that say nothing."""
    shown = (Decimal(value) * 100).normalize()
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def shown(key: str, value: str) -> SafeString | str:
    """The value of a figure as it is read."""
    match kind_of(key):
        case Kind.DAY:
            return day(date.fromisoformat(value))
        case Kind.MONEY:
            return money(Decimal(value))
        case Kind.SHARE:
            return format_html('<bdi class="num">{}%</bdi>', percent(value))
        case Kind.LIST:
            return ident(", ".join(value.split(",")))
        case _:
            return ident(value) if key == "base_year" else num(Decimal(value))


def clause_order(clause: str) -> tuple[int, ...]:
    """Clauses in the order of the instruction: 8.4 before 8.10."""
    return tuple(map(int, re.findall(r"\d+", clause)))


def subject_of(clause: str) -> Promise:
    """Under which heading the figures of a clause stand."""
    return _SUBJECTS.get(next(iter(clause_order(clause)), 1), _PERIODS)


PARAMETER: Mapping[str, Promise] = {
    "active_before": pgettext_lazy("programme figure", "Active before"),
    "advance_escalates_after_days": pgettext_lazy("programme figure", "Days until an advance is brought up again"),
    "agriculture_cap": pgettext_lazy("programme figure", "Cap of the agriculture track"),
    "aid_plan_wage_share": pgettext_lazy("programme figure", "Share of wages under the Aid Plan Law"),
    "appeal_days": pgettext_lazy("programme figure", "Days to appeal"),
    "base_reports_received_until": pgettext_lazy("programme figure", "Base reports received until"),
    "base_year": pgettext_lazy("programme figure", "Base year"),
    "contractor_cap": pgettext_lazy("programme figure", "Cap of the execution contractor track"),
    "correction_years": pgettext_lazy("programme figure", "Years to correct a determination"),
    "court_appeal_days": pgettext_lazy("programme figure", "Days to appeal to the court"),
    "day_value": pgettext_lazy("programme figure", "Value of a full day of absence"),
    "decision_months": pgettext_lazy("programme figure", "Months to decide a claim"),
    "default_full_time_hours": pgettext_lazy("programme figure", "Hours of a full-time day"),
    "determining_from": pgettext_lazy("programme figure", "Determining period from"),
    "determining_until": pgettext_lazy("programme figure", "Determining period until"),
    "field_worker_value": pgettext_lazy("programme figure", "Compensation for a field worker"),
    "first_advance_after_days": pgettext_lazy("programme figure", "Days until the first advance"),
    "first_advance_share": pgettext_lazy("programme figure", "Share of the first advance"),
    "fuel_complement_cap": pgettext_lazy("programme figure", "Highest complement in fuel trade"),
    "highest_child_age": pgettext_lazy("programme figure", "Highest age of a child"),
    "highest_long_works_share": pgettext_lazy("programme figure", "Highest share of long works"),
    "highest_turnover": pgettext_lazy("programme figure", "Highest turnover that can be entered"),
    "inputs_counted": pgettext_lazy("programme figure", "Share of inputs that counts"),
    "inputs_like_tax_from": pgettext_lazy("programme figure", "Inputs look like tax from"),
    "inputs_like_tax_until": pgettext_lazy("programme figure", "Inputs look like tax until"),
    "least_epi_share": pgettext_lazy("programme figure", "Least share of own income of an institution"),
    "least_full_time_hours": pgettext_lazy("programme figure", "Fewest hours of a full-time day"),
    "least_hours_absent": pgettext_lazy("programme figure", "Fewest hours of absence"),
    "manpower_complement_cap": pgettext_lazy("programme figure", "Highest complement of a manpower contractor"),
    "missing_reports_presume_inactive": pgettext_lazy("programme figure", "Missing reports that presume inactivity"),
    "most_extension_days": pgettext_lazy("programme figure", "Most days of extension to decide"),
    "most_field_workers": pgettext_lazy("programme figure", "Most field workers that can be entered"),
    "most_full_time_hours": pgettext_lazy("programme figure", "Most hours of a full-time day"),
    "new_business_from": pgettext_lazy("programme figure", "New business from"),
    "new_business_until": pgettext_lazy("programme figure", "New business until"),
    "objection_completeness_days": pgettext_lazy("programme figure", "Days to decide from completeness"),
    "objection_days": pgettext_lazy("programme figure", "Days to object"),
    "objection_decision_months": pgettext_lazy("programme figure", "Months to decide an objection"),
    "objection_longest_months": pgettext_lazy("programme figure", "Longest extension of an objection, months"),
    "overpayment_days": pgettext_lazy("programme figure", "Days to return an overpayment"),
    "payment_days": pgettext_lazy("programme figure", "Days to pay"),
    "pre_claim_advance_until": pgettext_lazy("programme figure", "Last day of the first campaign of advances"),
    "red_agriculture_cap": pgettext_lazy("programme figure", "Cap of growing fields in the red track"),
    "red_flag_deviation": pgettext_lazy("programme figure", "Deviation from the mean that is pointed out"),
    "red_flag_earlier_drop": pgettext_lazy("programme figure", "Earlier drop that is pointed out"),
    "reminder_after_days": pgettext_lazy("programme figure", "Days until an employee is reminded"),
    "second_advance_after_days": pgettext_lazy("programme figure", "Days until the second advance"),
    "second_advance_share": pgettext_lazy("programme figure", "Share of the second advance"),
    "turnover_cap": pgettext_lazy("programme figure", "Cap of the turnover track"),
    "wages_loaded": pgettext_lazy("programme figure", "Load on saved wages"),
    "warnings_before_days": pgettext_lazy("programme figure", "Days of warning before acceptance by lapse of time"),
    "window_months": pgettext_lazy("programme figure", "Months to file"),
    "window_opens_on": pgettext_lazy("programme figure", "The window to file opens on"),
    "withholding_rate": pgettext_lazy("programme figure", "Withholding without a certificate"),
}
