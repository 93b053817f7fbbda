"""The exclusions questionnaire, drawn from the rules' own list of the track (CMP-2.1-c, CMP-2.5-a)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...labels import REASON
from ...models import Claim
from ...rules.codes import ClaimantFlag, ClaimantKind, Track
from ...rules.exclusions import EXCLUSIONS, SELF_EMPLOYED
from ...rules.programme import Programme
from ...selectors.facts import declares_wages_paid
from ...services.drafting import Saved
from .base import DayField, PercentField, StepForm, YesNoField

TICKED: Mapping[str, Any] = {  # what a tick says to the rules
    "is_state": True,
    "is_budgeted_body_or_health_corporation": True,
    "is_hmo": True,
    "is_public_institution_9_2_b": True,
    "is_financial_institution": True,
    "is_provident_fund": True,
    "is_mutual_fund": True,
    "is_stock_exchange_member": True,
    "sells_real_estate_inventory": True,
    "long_works_share_2022": "1",
    "vat_s33_exempt_years": [2022],
}
MISSING_REPORTS = [(str(count), str(count)) for count in range(4)]


class FactsForm(StepForm):
    """What excludes a claimant, and what the track asks about the business."""

    excluded = forms.MultipleChoiceField(
        label=_("Is the business one of these?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever is one of these gets no compensation on this track. Mark nothing if none is true."),
    )  # fmt: skip
    own_income_share = PercentField(
        label=_("Share of the income of 2022 that is not support and donations, in percent"),
        help_text=_("Of the whole income, by the annual report (section 131)."),
    )
    activity_income_share = PercentField(label=_("Share of it from regular sales of services or products, in percent"))
    opened_on = DayField(label=_("The day the business opened"))
    first_report_period_end = DayField(
        label=_("Last day of the period of the first VAT report"), required=False,
        help_text=_("Leave empty if the first report was for the month, or the two months, of the opening."),
    )  # fmt: skip
    closure_reported_on = DayField(
        label=_("If the business was reported as closed: the day of the report"), required=False
    )
    vat_reports_missing_of_last_three = forms.TypedChoiceField(
        label=_("How many of the last three VAT reports due before the war were not filed?"), choices=MISSING_REPORTS,
        coerce=int,
    )  # fmt: skip
    vat_on_receipt = YesNoField(label=_("Do you owe VAT when the money is received?"))
    receipts_in_following_month = YesNoField(label=_("Do most current receipts arrive in the month after the deal?"))
    eligibility_reported = YesNoField(
        label=_("Was the report of the eligibility period already filed?"),
        help_text=_("A turnover claim needs the report of the period to have been filed by law."),
    )
    group_claim = YesNoField(
        label=_("Is this claim for several members of the VAT group?"),
        help_text=_("Each member files a claim of its own."),
    )
    form_102_filed_2023_10 = YesNoField(label=_("Was form 102 for October 2023 filed?"))
    turnover_harmed = YesNoField(label=_("Did your turnover fall because of your absence?"))
    is_execution_contractor = YesNoField(
        label=_("Are you an execution contractor as in section 38C of the Aid Plan Law?")
    )
    has_employees = YesNoField(label=_("Does the business employ anybody?"))
    withholding_file = YesNoField(label=_("Does it have a withholding file?"))
    agriculture_in_third_schedule = YesNoField(label=_("Is the damage to crops in fields of a third-schedule town?"))
    has_absent_employees = YesNoField(label=_("Were employees absent because of the security situation?"))
    wages_paid_for_absence = YesNoField(
        label=_("Were they paid wages for the days of absence?"), required=False,
        help_text=_("No employee was absent? This question does not concern you."),
    )  # fmt: skip
    sections = (
        (_("About the business"), "", ("opened_on", "first_report_period_end", "own_income_share",
            "activity_income_share", "vat_on_receipt", "receipts_in_following_month", "is_execution_contractor",
            "has_employees", "withholding_file", "agriculture_in_third_schedule", "turnover_harmed", "group_claim")),
        (_("Reports"), "", ("eligibility_reported", "form_102_filed_2023_10", "vat_reports_missing_of_last_three",
            "closure_reported_on")),
        (_("Wages of absent employees"), _("Compensation on any track depends on it (clause 2.5)."),
            ("has_absent_employees", "wages_paid_for_absence")),
        (_("Who is not entitled"), "", ("excluded",)),
    )  # fmt: skip

    def __init__(self, *args: Any, claim: Claim, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claim = claim
        asked = _asked(claim)
        for name in list(self.fields):
            if name not in asked and name not in ("version", "tab"):
                del self.fields[name]
        if "excluded" in self.fields:
            field = self.fields["excluded"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
            field.choices = [
                (one.asks, REASON[one.code]) for one in EXCLUSIONS[Track(claim.track)] if one.asks in TICKED
            ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("has_absent_employees") and given.get("wages_paid_for_absence") is None:
            self.add_error("wages_paid_for_absence", self.fields["has_absent_employees"].error_messages["required"])
        return given

    def saved(self) -> Saved:
        said = {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "tab", "excluded") and value not in (None, "")
        }
        said |= {name: TICKED[name] for name in self.value("excluded", [])}
        return Saved(columns={"declares_wages_paid": declares_wages_paid(said)}, answers={"said": said})


def _asked(claim: Claim) -> set[str]:
    """The questions that concern this claimant on this track."""
    track, kind, flags = Track(claim.track), claim.kind, claim.flags
    asked = {"has_absent_employees", "wages_paid_for_absence"}
    if track in EXCLUSIONS and any(one.asks in TICKED for one in EXCLUSIONS[track]):
        asked |= {"excluded", "closure_reported_on", "vat_reports_missing_of_last_three"}
    if ClaimantFlag.NEW_BUSINESS.value in flags and track is not Track.RED:
        asked |= {"opened_on", "first_report_period_end"} if track is Track.TURNOVER else {"opened_on"}
    if kind == ClaimantKind.EPI.value:
        asked |= {"own_income_share", "activity_income_share"}
    if track is Track.TURNOVER:
        asked |= {"eligibility_reported"}
        if ClaimantFlag.CASH_BASIS.value in flags:
            asked |= {"vat_on_receipt", "receipts_in_following_month"}
        if kind == ClaimantKind.VAT_GROUP_MEMBER.value:
            asked |= {"group_claim"}
    if track is Track.WAGE:
        asked |= {"form_102_filed_2023_10"} if kind not in SELF_EMPLOYED else set()
        asked |= {"turnover_harmed"} if kind == ClaimantKind.SELF_EMPLOYED_RESIDENT.value else set()
    if track is Track.EXECUTION_CONTRACTOR:
        asked |= {"is_execution_contractor"}
    if track is Track.AGRICULTURE:
        asked |= {"has_employees", "withholding_file"}
    if track is Track.RED:
        asked |= {"agriculture_in_third_schedule"}
    return asked
