"""The lines of a computation, by `Step.key`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# The lines of a computation, by `Step.key`.
STEP: Mapping[str, Promise] = {
    "adv_amount": pgettext_lazy("Step", "Advance, with all advances before within the provisional amount"),
    "pay_approved": pgettext_lazy("Step", "Compensation determined"),
    "pay_linkage_and_interest": pgettext_lazy("Step", "Linkage differentials and interest"),
    "pay_gross": pgettext_lazy("Step", "Compensation with linkage and interest"),
    "pay_withholding_total": pgettext_lazy("Step", "Tax withheld, that of advances with it"),
    "pay_tax_debt": pgettext_lazy("Step", "Tax debts"),
    "pay_liens": pgettext_lazy("Step", "Liens"),
    "pay_advance_set_off": pgettext_lazy("Step", "Set-off of advances, net"),
    "pay_net_payment": pgettext_lazy("Step", "To be paid"),
    "pay_overpayment_demand": pgettext_lazy("Step", "To be returned, gross"),
    "agr_workers": pgettext_lazy("Step", "Employees of the fields in the special area"),
    "agr_before_cap": pgettext_lazy("Step", "Employees × the sum for each"),
    "agr_amount": pgettext_lazy("Step", "Compensation, up to the cap"),
    "con_fixed_costs": pgettext_lazy("Step", "Fixed costs"),
    "con_wage_part": pgettext_lazy("Step", "Part of the eligible wage by the drop rate"),
    "con_before_cap": pgettext_lazy("Step", "Fixed costs and the part of the wage"),
    "con_amount": pgettext_lazy("Step", "Compensation, up to the cap"),
    "fix_wage": pgettext_lazy("Step", "Full wage paid for the days of absence"),
    "fix_already_paid": pgettext_lazy("Step", "Part already paid under the Aid Plan Law"),
    "fix_amount": pgettext_lazy("Step", "Top-up of the wage"),
    "red_determined": pgettext_lazy("Step", "Amount determined by the manager"),
    "red_amount": pgettext_lazy("Step", "Compensation, up to the cap"),
    "wag_employee": pgettext_lazy("Step", "Compensation for one employee"),
    "wag_total": pgettext_lazy("Step", "Compensation for all employees"),
    "wag_ratio": pgettext_lazy("Step", "Part of the income that is not support and donations"),
    "wag_amount": pgettext_lazy("Step", "Compensation, in whole shekels"),
    "tur_base_net": pgettext_lazy("Step", "Turnover of the base period, net of what does not count"),
    "tur_base_average": pgettext_lazy("Step", "Turnover of the base period, on average"),
    "tur_base_by_manager": pgettext_lazy("Step", "Turnover of the base period as the manager determined"),
    "tur_eligibility": pgettext_lazy("Step", "Turnover of the eligibility period, net of what does not count"),
    "tur_drop": pgettext_lazy("Step", "Drop of turnover"),
    "tur_wages_base": pgettext_lazy("Step", "Wages of the base period, less reserve-duty refunds"),
    "tur_wages_eligibility": pgettext_lazy("Step", "Wages of the eligibility period, less reserve-duty refunds"),
    "tur_saved_before_cap": pgettext_lazy("Step", "Saved wages in terms of a year, with the employer's costs"),
    "tur_saved_cap": pgettext_lazy("Step", "Highest saved wages: the year's wages with the employer's costs"),
    "tur_tips": pgettext_lazy("Step", "Difference of tips in terms of a year"),
    "tur_saved_wages": pgettext_lazy("Step", "Saved wages"),
    "tur_inputs": pgettext_lazy("Step", "Current inputs"),
    "tur_rate": pgettext_lazy("Step", "Saved-expense complement"),
    "tur_rate_not_negative": pgettext_lazy("Step", "Saved-expense complement, not below zero"),
    "tur_rate_of_sector": pgettext_lazy("Step", "Saved-expense complement, up to the sector's ceiling"),
    "tur_rate_by_manager": pgettext_lazy("Step", "Saved-expense complement as the manager determined"),
    "tur_before_cap": pgettext_lazy("Step", "Drop of turnover × saved-expense complement"),
    "tur_amount": pgettext_lazy("Step", "Compensation, up to the cap of the track"),
}
