"""Who claims, where, on which track, with which documents."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..rules.codes import (
    Annex,
    ClaimantFlag,
    ClaimantKind,
    Eligibility,
    LocationRow,
    NewBusinessCase,
    Regime,
    Sector,
    Track,
    VatReporting,
)
from ..rules.documents import Document

TRACK = [
    (Track.WAGE.value, pgettext_lazy("Track", "Wage track")),
    (Track.TURNOVER.value, pgettext_lazy("Track", "Turnover track")),
    (Track.AGRICULTURE.value, pgettext_lazy("Track", "Agriculture track")),
    (Track.EXECUTION_CONTRACTOR.value, pgettext_lazy("Track", "Execution-contractor track")),
    (Track.RED.value, pgettext_lazy("Track", "Red track")),
    (Track.FIXED_COSTS.value, pgettext_lazy("Track", "Fixed costs")),
]

LOCATION_ROW = [
    (LocationRow.EVACUATED.value, pgettext_lazy("LocationRow", "Evacuated by the government decisions")),
    (LocationRow.THIRD_SCHEDULE.value, pgettext_lazy("LocationRow", "Third schedule")),
    (LocationRow.FOURTH_SCHEDULE.value, pgettext_lazy("LocationRow", "Fourth schedule")),
    (LocationRow.SECOND_SCHEDULE.value, pgettext_lazy("LocationRow", "Second schedule")),
    (LocationRow.REST.value, pgettext_lazy("LocationRow", "Rest of the country")),
    (
        LocationRow.REST_WITH_BRANCH.value,
        pgettext_lazy(
            "LocationRow", "Rest of the country, with a branch in one of the schedules or in the government decisions"
        ),
    ),
    (
        LocationRow.REST_WITH_EMPLOYEE_RESIDENT.value,
        pgettext_lazy("LocationRow", "Rest of the country, with an employee living in the second schedule"),
    ),
]

ELIGIBILITY = [
    (Eligibility.ELIGIBLE.value, pgettext_lazy("Eligibility", "Eligible")),
    (Eligibility.ELIGIBLE_UNCONDITIONAL.value, pgettext_lazy("Eligibility", "Eligible unconditionally")),
    (
        Eligibility.ELIGIBLE_CHILDCARE_CONDITION.value,
        pgettext_lazy("Eligibility", "Eligible on the childcare condition"),
    ),
    (
        Eligibility.ELIGIBLE_BRANCH_CHECK.value,
        pgettext_lazy("Eligibility", "Eligible for the branch, files an eligibility-check request"),
    ),
    (Eligibility.ELIGIBILITY_CHECK.value, pgettext_lazy("Eligibility", "Eligible, files an eligibility-check request")),
    (Eligibility.AGRICULTURE_RED_ONLY.value, pgettext_lazy("Eligibility", "Not eligible except agriculture red")),
    (
        Eligibility.WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED.value,
        pgettext_lazy(
            "Eligibility",
            "Eligible for the branch in the government decisions, the whole claim is filed on the red track",
        ),
    ),
    (Eligibility.NOT_ELIGIBLE.value, pgettext_lazy("Eligibility", "Not eligible")),
    (Eligibility.NOT_APPLICABLE.value, pgettext_lazy("Eligibility", "Not applicable")),
    (Eligibility.MANUAL_REVIEW.value, pgettext_lazy("Eligibility", "For examination by hand")),
]

CLAIMANT_KIND = [
    (ClaimantKind.REGULAR.value, pgettext_lazy("ClaimantKind", "Regular claimant")),
    (ClaimantKind.EXEMPT_DEALER.value, pgettext_lazy("ClaimantKind", "Exempt dealer")),
    (ClaimantKind.VAT_GROUP_MEMBER.value, pgettext_lazy("ClaimantKind", "Member of a VAT group")),
    (ClaimantKind.EPI.value, pgettext_lazy("ClaimantKind", "Eligible public institution")),
    (ClaimantKind.KIBBUTZ.value, pgettext_lazy("ClaimantKind", "Kibbutz")),
    (
        ClaimantKind.SELF_EMPLOYED_EDU.value,
        pgettext_lazy("ClaimantKind", "Self-employed person working in an educational institution"),
    ),
    (
        ClaimantKind.SELF_EMPLOYED_RESIDENT.value,
        pgettext_lazy("ClaimantKind", "Self-employed person living in the special area"),
    ),
]

CLAIMANT_FLAG = [
    (ClaimantFlag.BRANCHES.value, pgettext_lazy("ClaimantFlag", "Has branches")),
    (ClaimantFlag.REG_6Z.value, pgettext_lazy("ClaimantFlag", "Reports under regulation 6z")),
    (ClaimantFlag.CASH_BASIS.value, pgettext_lazy("ClaimantFlag", "Cash basis")),
    (ClaimantFlag.NEW_BUSINESS.value, pgettext_lazy("ClaimantFlag", "New business")),
    (ClaimantFlag.CHANGED_REPORTING.value, pgettext_lazy("ClaimantFlag", "Changed the method of reporting")),
    (ClaimantFlag.HALF_YEAR_WITHHOLDING.value, pgettext_lazy("ClaimantFlag", "Half-year withholding reports")),
    (ClaimantFlag.TIPS.value, pgettext_lazy("ClaimantFlag", "Wages that come from tips")),
    (ClaimantFlag.CAPITAL_SALES.value, pgettext_lazy("ClaimantFlag", "Capital sale")),
    (ClaimantFlag.OUTSIDE_EMPLOYER.value, pgettext_lazy("ClaimantFlag", "Outside employer")),
]

VAT_REPORTING = [
    (VatReporting.MONTHLY.value, pgettext_lazy("VatReporting", "Monthly")),
    (VatReporting.BI_MONTHLY.value, pgettext_lazy("VatReporting", "Bi-monthly")),
    (VatReporting.NONE.value, pgettext_lazy("VatReporting", "Exempt from reporting")),
]

NEW_BUSINESS_CASE = [
    (NewBusinessCase.EXEMPT.value, pgettext_lazy("NewBusinessCase", "New exempt dealer")),
    (NewBusinessCase.MONTHLY.value, pgettext_lazy("NewBusinessCase", "New, monthly")),
    (NewBusinessCase.BI_MONTHLY.value, pgettext_lazy("NewBusinessCase", "New, bi-monthly")),
    (NewBusinessCase.OPENED_2023_09.value, pgettext_lazy("NewBusinessCase", "Opened in September 2023")),
]

SECTOR = [
    (Sector.GENERAL.value, pgettext_lazy("Sector", "General")),
    (Sector.FUEL.value, pgettext_lazy("Sector", "Wholesale or retail trade in fuel")),
    (Sector.MANPOWER.value, pgettext_lazy("Sector", "Manpower contractor")),
    (Sector.AGRICULTURE.value, pgettext_lazy("Sector", "Agriculture")),
    (Sector.RESTAURANT.value, pgettext_lazy("Sector", "Restaurant or café")),
]

REGIME = [
    (Regime.TEMPORARY_ORDER.value, pgettext_lazy("Regime", "The temporary order (green tracks)")),
    (Regime.MAIN_REGULATIONS.value, pgettext_lazy("Regime", "The main regulations (red track)")),
]

ANNEX = [
    (Annex.THIRD_SCHEDULE.value, pgettext_lazy("Annex", "Annex A: the third schedule")),
    (Annex.SECOND_SCHEDULE.value, pgettext_lazy("Annex", "Annex B: the second schedule")),
    (Annex.FOURTH_SCHEDULE.value, pgettext_lazy("Annex", "Annex C: the fourth schedule")),
    (Annex.EVACUATED.value, pgettext_lazy("Annex", "Annex D: evacuated by the government decisions")),
    (Annex.ADVANCE.value, pgettext_lazy("Annex", "Annex E: advance before a claim")),
]

# The lines of the checklist, by `rules.documents.Document`.
DOCUMENT = [
    (
        Document.CAPITAL_SALE_LEDGER.value,
        pgettext_lazy("Document", "Ledger card of the sale of property"),
    ),
    (
        Document.MONTHLY_PROFIT_AND_LOSS.value,
        pgettext_lazy("Document", "Profit-and-loss report by months, from bookkeeping software only"),
    ),
    (Document.AUDITED_STATEMENTS.value, pgettext_lazy("Document", "Audited financial statements")),
    (Document.TRIAL_BALANCE.value, pgettext_lazy("Document", "Trial balance with movements and balances")),
    (
        Document.ACTIVITY_PROFIT_AND_LOSS.value,
        pgettext_lazy("Document", "Profit-and-loss report by months of the sales of services or products"),
    ),
    (Document.ARTICLES.value, pgettext_lazy("Document", "Articles of association")),
    (Document.PROFIT_AND_LOSS.value, pgettext_lazy("Document", "Profit-and-loss report")),
    (Document.INCOME_OF_YEAR.value, pgettext_lazy("Document", "Income of the year")),
    (Document.INCOME_OF_PERIOD.value, pgettext_lazy("Document", "Income of October")),
    (Document.CALCULATION_SHEET.value, pgettext_lazy("Document", "Calculation sheet of the compensation")),
    (Document.MEDICAL_DOCUMENT.value, pgettext_lazy("Document", "Medical document")),
    (Document.TURNOVER_EVIDENCE.value, pgettext_lazy("Document", "Evidence of the harm to the turnover")),
    (Document.FIELDS_DECLARATION.value, pgettext_lazy("Document", "Declaration of the fields and their sizes")),
    (
        Document.WORKERS_DECLARATION.value,
        pgettext_lazy("Document", "Declaration of the employees of the fields"),
    ),
    (
        Document.DAMAGE_EXPLANATION.value,
        pgettext_lazy("Document", "Explanation of the business and of its damage by the war"),
    ),
    (Document.SUPPORTING_EVIDENCE.value, pgettext_lazy("Document", "Evidence that supports the claim")),
]

# What a claimant is told under the matrix, by `rules.eligibility.Note` (2.6).
NOTE: Mapping[int, Promise] = {
    1: pgettext_lazy(
        "Note", "Whoever receives an advance and files a claim on a green track cannot ask for the red track later."
    ),
    2: pgettext_lazy("Note", "A business with branches must declare them in the claim."),
    3: pgettext_lazy(
        "Note",
        "With a branch in a border settlement the whole claim is filed on the red track, with the details of all"
        " branches; the entitlement is examined and computed for each branch.",
    ),
    4: pgettext_lazy(
        "Note",
        "For the branch outside the area the fixed-costs track is open, and for the branch in the area the wage or the"
        " turnover track, by a request for an eligibility check.",
    ),
    5: pgettext_lazy(
        "Note",
        "For an employee who lives in an evacuated town an additional wage claim is possible, by a request for an"
        " eligibility check.",
    ),
}

REGULATIONS_PREVAIL = _(  # CMP-1.13-a
    "Wherever the instruction and the regulations conflict, the wording of the regulations decides."
)
