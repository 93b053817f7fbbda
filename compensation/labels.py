"""The words people read for the codes of `compensation.rules`, and nothing else."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules.advance_requests import Served
from .rules.codes import (
    AbsenceGround,
    AdvanceKind,
    AdvanceState,
    Annex,
    Answer,
    AppealState,
    Causation,
    ClaimantFlag,
    ClaimantKind,
    ClaimState,
    ClerkTaskKind,
    CorrectionGround,
    DecisionKind,
    DeductionKind,
    Eligibility,
    GapReason,
    InvitationKind,
    LocationRow,
    NewBusinessCase,
    NotCountedReason,
    NoticeKind,
    ObjectionState,
    PaymentState,
    Regime,
    RequestState,
    Sector,
    Track,
    VatReporting,
)
from .rules.documents import Document
from .rules.reasons import Reason
from .rules.wage.amount import Branch, Role

REASON: Mapping[StrEnum, Promise] = MappingProxyType(
    {
        Reason.GEN_LOCATION_REGISTRATION_MISMATCH: pgettext_lazy(
            "GEN_LOCATION_REGISTRATION_MISMATCH", "The place of the business and its registered place do not match."
        ),
        Reason.GEN_CAUSATION_NOT_DECLARED: pgettext_lazy(
            "GEN_CAUSATION_NOT_DECLARED", "The causal connection to the war was not declared."
        ),
        Reason.GEN_ONE_TRACK: pgettext_lazy("GEN_ONE_TRACK", "A claim was already filed on another track."),
        Reason.GEN_CLAIM_EXISTS: pgettext_lazy("GEN_CLAIM_EXISTS", "This claimant already has a claim on this track."),
        Reason.GEN_FOUR_EYES: pgettext_lazy("GEN_FOUR_EYES", "Whoever approves must be another person than the clerk."),
        Reason.GEN_REASONS_REQUIRED: pgettext_lazy("GEN_REASONS_REQUIRED", "The decision must be reasoned in writing."),
        Reason.GEN_WAGES_NOT_PAID: pgettext_lazy(
            "GEN_WAGES_NOT_PAID", "No wages were paid to employees absent because of the security situation."
        ),
        Reason.GEN_UNKNOWN_TOWN: pgettext_lazy("GEN_UNKNOWN_TOWN", "The town is not known."),
        Reason.GEN_NOT_AUTHORISED: pgettext_lazy(
            "GEN_NOT_AUTHORISED", "Whoever files is neither an authorised signatory nor a registered representative."
        ),
        Reason.GEN_DOC_MISSING: pgettext_lazy("GEN_DOC_MISSING", "A required document is missing: {item}"),
        Reason.GEN_WINDOW_CLOSED: pgettext_lazy("GEN_WINDOW_CLOSED", "The time for filing a claim has passed."),
        Reason.GEN_WITHDRAWN_FINAL: pgettext_lazy("GEN_WITHDRAWN_FINAL", "A withdrawn claim cannot be filed again."),
        Reason.GEN_BAD_TRANSITION: pgettext_lazy(
            "GEN_BAD_TRANSITION", "This action is not possible in the present state."
        ),
        Reason.WAG_STATE: pgettext_lazy("WAG_STATE", "The State"),
        Reason.WAG_BUDGETED_BODY: pgettext_lazy(
            "WAG_BUDGETED_BODY",
            "A budgeted body or health corporation as defined in section 21 of the Foundations of the Budget Law",
        ),
        Reason.WAG_HMO: pgettext_lazy("WAG_HMO", "A health fund"),
        Reason.WAG_PUBLIC_INSTITUTION: pgettext_lazy(
            "WAG_PUBLIC_INSTITUTION", "A public institution that is not an eligible public institution"
        ),
        Reason.WAG_CLOSED_BEFORE_PERIOD: pgettext_lazy(
            "WAG_CLOSED_BEFORE_PERIOD",
            "The claimant reported the closure of the business before the determining period began",
        ),
        Reason.WAG_INACTIVE: pgettext_lazy("WAG_INACTIVE", "The business was not active before 30 September 2023"),
        Reason.WAG_NO_FORM_102_2023_10: pgettext_lazy(
            "WAG_NO_FORM_102_2023_10", "Form 102 for October 2023 was not filed"
        ),
        Reason.WAG_WAGES_NOT_PAID: pgettext_lazy(
            "WAG_WAGES_NOT_PAID", "No wage was paid for a day of absence because of the security situation"
        ),
        Reason.WAG_SELF_EMPLOYED_NO_TURNOVER_HARM: pgettext_lazy(
            "WAG_SELF_EMPLOYED_NO_TURNOVER_HARM",
            "The turnover of the self-employed person was not harmed by the absence",
        ),
        Reason.WAG_CHILD_OVER_14: pgettext_lazy("WAG_CHILD_OVER_14", "The child is above the age of 14"),
        Reason.WAG_SPOUSE_FREE: pgettext_lazy(
            "WAG_SPOUSE_FREE", "The spouse does not work and was not prevented from looking after the child"
        ),
        Reason.WAG_SPOUSE_ALSO_ABSENT: pgettext_lazy(
            "WAG_SPOUSE_ALSO_ABSENT", "The spouse too was absent to look after the child"
        ),
        Reason.WAG_OTHER_PARENT_COMPENSATED: pgettext_lazy(
            "WAG_OTHER_PARENT_COMPENSATED", "The other parent was compensated for the same day"
        ),
        Reason.WAG_FRAMEWORK_AT_WORK: pgettext_lazy(
            "WAG_FRAMEWORK_AT_WORK", "There is a suitable framework at the workplace"
        ),
        Reason.WAG_NOT_RESIDENT: pgettext_lazy("WAG_NOT_RESIDENT", "The employee does not live in the special area"),
        Reason.WAG_NO_GROUND: pgettext_lazy("WAG_NO_GROUND", "No entitling ground of absence was proved"),
        Reason.WAG_OUTSIDE_GROUND: pgettext_lazy(
            "WAG_OUTSIDE_GROUND", "Outside employer: the ground is neither childcare nor disability"
        ),
        Reason.WAG_OUT_OF_PERIOD: pgettext_lazy("WAG_OUT_OF_PERIOD", "The day is outside the determining period"),
        Reason.WAG_DISABILITY_PROOF_MISSING: pgettext_lazy(
            "WAG_DISABILITY_PROOF_MISSING",
            "The disability is not known to the employer and no medical document was delivered",
        ),
        Reason.WAG_DUPLICATE_DAY: pgettext_lazy("WAG_DUPLICATE_DAY", "The day of absence was already claimed"),
        Reason.WAG_KIBBUTZ_MEMBER_CONSUMER: pgettext_lazy(
            "WAG_KIBBUTZ_MEMBER_CONSUMER", "A kibbutz member who serves the kibbutz members"
        ),
        Reason.WAG_BAD_ID: pgettext_lazy("WAG_BAD_ID", "The identity number is wrong"),
        Reason.WAG_BAD_MOBILE: pgettext_lazy("WAG_BAD_MOBILE", "The mobile number is wrong"),
        Reason.WAG_BAD_HOURS: pgettext_lazy("WAG_BAD_HOURS", "The number of hours is wrong"),
        Reason.WAG_BAD_FULL_TIME: pgettext_lazy("WAG_BAD_FULL_TIME", "The hours of a full-time day are wrong"),
        Reason.WAG_GROUND_FACTS_MISSING: pgettext_lazy(
            "WAG_GROUND_FACTS_MISSING", "Details of the ground of absence are missing"
        ),
        Reason.WAG_BAD_EPI_INCOME: pgettext_lazy(
            "WAG_BAD_EPI_INCOME", "The income figures of the public institution are wrong"
        ),
        Reason.TUR_NOT_SPECIAL_AREA: pgettext_lazy("TUR_NOT_SPECIAL_AREA", "The business is not in the special area"),
        Reason.TUR_CAP_2500000: pgettext_lazy("TUR_CAP_2500000", "The amount was limited to the cap of ILS 2,500,000"),
        Reason.TUR_NO_DROP: pgettext_lazy("TUR_NO_DROP", "There was no drop of turnover"),
        Reason.TUR_PERIOD_NOT_REPORTED: pgettext_lazy(
            "TUR_PERIOD_NOT_REPORTED", "The report of the eligibility period was not filed yet"
        ),
        Reason.TUR_GROUP_CLAIM: pgettext_lazy(
            "TUR_GROUP_CLAIM", "A claim must be filed for each member of the VAT group separately"
        ),
        Reason.TUR_NOT_CASH_BASIS: pgettext_lazy(
            "TUR_NOT_CASH_BASIS", "The conditions for reporting on a cash basis are not met"
        ),
        Reason.TUR_BASE_UNDEFINED: pgettext_lazy(
            "TUR_BASE_UNDEFINED", "There are no data for the base period: the manager must determine it"
        ),
        Reason.TUR_COMPLEMENT_UNDEFINED: pgettext_lazy(
            "TUR_COMPLEMENT_UNDEFINED", "There are no data to compute the complement: the manager must determine it"
        ),
        Reason.TUR_COMPLEMENT_ZERO: pgettext_lazy(
            "TUR_COMPLEMENT_ZERO", "The saved-expense complement is not positive"
        ),
        Reason.TUR_INPUTS_LOOK_LIKE_TAX: pgettext_lazy(
            "TUR_INPUTS_LOOK_LIKE_TAX", "The input tax may have been entered instead of the inputs"
        ),
        Reason.TUR_COMBINED_ROWS: pgettext_lazy(
            "TUR_COMBINED_ROWS", "The instruction does not name this combination: it is examined by hand"
        ),
        Reason.TUR_UNUSUAL_TURNOVER: pgettext_lazy(
            "TUR_UNUSUAL_TURNOVER", "The turnover of the period is far from the mean of the twelve months before it"
        ),
        Reason.TUR_EARLIER_DROP: pgettext_lazy(
            "TUR_EARLIER_DROP", "The turnover had dropped already before the eligibility period"
        ),
        Reason.TUR_BAD_AMOUNT: pgettext_lazy("TUR_BAD_AMOUNT", "The amount is wrong"),
        Reason.TUR_NEUTRALISED_OVER_GROSS: pgettext_lazy(
            "TUR_NEUTRALISED_OVER_GROSS", "The neutralised amounts exceed the turnover"
        ),
        Reason.TUR_ZERO_DENOMINATOR: pgettext_lazy("TUR_ZERO_DENOMINATOR", "No turnover was reported for 2022"),
        Reason.TUR_BAD_INPUTS: pgettext_lazy("TUR_BAD_INPUTS", "The inputs are wrong"),
        Reason.TUR_BAD_WAGES: pgettext_lazy("TUR_BAD_WAGES", "The wage figures are wrong"),
        Reason.TUR_OPENED_LATE: pgettext_lazy("TUR_OPENED_LATE", "The business was opened after 30 September 2023"),
        Reason.TUR_BAD_RATE: pgettext_lazy("TUR_BAD_RATE", "The rate is wrong"),
        Reason.TUR_STATE: pgettext_lazy("TUR_STATE", "The State"),
        Reason.TUR_BUDGETED_BODY: pgettext_lazy("TUR_BUDGETED_BODY", "A budgeted body or health corporation"),
        Reason.TUR_HMO: pgettext_lazy("TUR_HMO", "A health fund"),
        Reason.TUR_PUBLIC_INSTITUTION: pgettext_lazy(
            "TUR_PUBLIC_INSTITUTION", "A public institution that is not eligible"
        ),
        Reason.TUR_CLOSED_BEFORE_PERIOD: pgettext_lazy(
            "TUR_CLOSED_BEFORE_PERIOD", "The closure of the business was reported before the determining period began"
        ),
        Reason.TUR_INACTIVE: pgettext_lazy("TUR_INACTIVE", "The business was not active before 30 September 2023"),
        Reason.TUR_FINANCIAL_INSTITUTION: pgettext_lazy("TUR_FINANCIAL_INSTITUTION", "A financial institution"),
        Reason.TUR_PROVIDENT_FUND: pgettext_lazy("TUR_PROVIDENT_FUND", "A provident fund"),
        Reason.TUR_MUTUAL_FUND: pgettext_lazy("TUR_MUTUAL_FUND", "A mutual fund"),
        Reason.TUR_STOCK_EXCHANGE_MEMBER: pgettext_lazy("TUR_STOCK_EXCHANGE_MEMBER", "A stock exchange member"),
        Reason.TUR_REAL_ESTATE_INVENTORY: pgettext_lazy("TUR_REAL_ESTATE_INVENTORY", "Sells land rights held as stock"),
        Reason.TUR_LONG_WORKS: pgettext_lazy("TUR_LONG_WORKS", "More than 50% of the works lasted over a year"),
        Reason.TUR_VAT_S33: pgettext_lazy("TUR_VAT_S33", "The exemption of section 33 of the VAT law applied"),
        Reason.TUR_AGRICULTURE: pgettext_lazy("TUR_AGRICULTURE", "The occupation is agriculture"),
        Reason.TUR_WAGES_NOT_PAID: pgettext_lazy("TUR_WAGES_NOT_PAID", "No wage was paid for a day of absence"),
        Reason.AGR_FIELDS_NOT_IN_AREA: pgettext_lazy(
            "AGR_FIELDS_NOT_IN_AREA", "The fields are not in the special area"
        ),
        Reason.AGR_WAGES_NOT_PAID: pgettext_lazy("AGR_WAGES_NOT_PAID", "No wages were paid to absent employees"),
        Reason.AGR_RED_FILED: pgettext_lazy("AGR_RED_FILED", "A claim was filed on the red track"),
        Reason.AGR_OTHER_TRACK_FILED: pgettext_lazy("AGR_OTHER_TRACK_FILED", "A claim was filed on another track"),
        Reason.AGR_BAD_COUNT: pgettext_lazy("AGR_BAD_COUNT", "The number of employees is wrong"),
        Reason.AGR_CAP_3000000: pgettext_lazy("AGR_CAP_3000000", "The amount was limited to the cap of ILS 3,000,000"),
        Reason.AGR_STATE: pgettext_lazy("AGR_STATE", "The State"),
        Reason.AGR_BUDGETED_BODY: pgettext_lazy("AGR_BUDGETED_BODY", "A budgeted body or health corporation"),
        Reason.AGR_HMO: pgettext_lazy("AGR_HMO", "A health fund"),
        Reason.AGR_PUBLIC_INSTITUTION: pgettext_lazy(
            "AGR_PUBLIC_INSTITUTION", "A public institution that is not eligible"
        ),
        Reason.AGR_CLOSED_BEFORE_PERIOD: pgettext_lazy(
            "AGR_CLOSED_BEFORE_PERIOD", "The business was closed before the determining period began"
        ),
        Reason.AGR_INACTIVE: pgettext_lazy("AGR_INACTIVE", "The business was not active"),
        Reason.AGR_NO_EMPLOYEES: pgettext_lazy("AGR_NO_EMPLOYEES", "The claimant does not employ workers"),
        Reason.AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD: pgettext_lazy(
            "AGR_CLOSED_BEFORE_ELIGIBILITY_PERIOD", "The business was closed before the eligibility period began"
        ),
        Reason.CON_NOT_SPECIAL_AREA: pgettext_lazy("CON_NOT_SPECIAL_AREA", "The contractor is not in the special area"),
        Reason.CON_NOT_CONTRACTOR: pgettext_lazy(
            "CON_NOT_CONTRACTOR", "Not an execution contractor as the law defines it"
        ),
        Reason.CON_CAP_2500000: pgettext_lazy("CON_CAP_2500000", "The amount was limited to the cap of ILS 2,500,000"),
        Reason.RED_NOT_BORDER_SETTLEMENT: pgettext_lazy(
            "RED_NOT_BORDER_SETTLEMENT", "The business is not in a border settlement"
        ),
        Reason.RED_THIRD_SCHEDULE_NOT_AGRICULTURE: pgettext_lazy(
            "RED_THIRD_SCHEDULE_NOT_AGRICULTURE", "The red track in the third schedule is meant for agriculture only"
        ),
        Reason.RED_ADVANCE_THEN_GREEN: pgettext_lazy(
            "RED_ADVANCE_THEN_GREEN",
            "After an advance was received and a green-track claim was filed, the red track is no longer possible",
        ),
        Reason.RED_AGR_CAP_3000000: pgettext_lazy(
            "RED_AGR_CAP_3000000", "The amount was limited to the cap of ILS 3,000,000"
        ),
        Reason.ADV_D_NOT_E: pgettext_lazy(
            "ADV_D_NOT_E", "The town was evacuated but is not in annex E: the request is examined by hand"
        ),
        Reason.ADV_NOT_ANNEX_E: pgettext_lazy(
            "ADV_NOT_ANNEX_E", "The town is not in annex E; this does not deny entitlement to compensation"
        ),
        Reason.ADV_WINDOW_CLOSED: pgettext_lazy("ADV_WINDOW_CLOSED", "The time for an advance request has passed"),
        Reason.EXTENSION_OVER_30_DAYS: pgettext_lazy(
            "EXTENSION_OVER_30_DAYS", "The extensions exceed 30 days together"
        ),
        Reason.EXTENSION_WITHOUT_DETAILS_REQUEST: pgettext_lazy(
            "EXTENSION_WITHOUT_DETAILS_REQUEST", "There is no extension without a request for details"
        ),
        Reason.OBJ_TOO_LATE: pgettext_lazy("OBJ_TOO_LATE", "The time for an objection has passed"),
        Reason.OBJECTION_EXTENSION_OVER_ONE_YEAR: pgettext_lazy(
            "OBJECTION_EXTENSION_OVER_ONE_YEAR", "The extension goes beyond one year from the delivery of the objection"
        ),
        Reason.APPEAL_TOO_LATE: pgettext_lazy("APPEAL_TOO_LATE", "The time for an appeal to the committee has passed"),
        Reason.COURT_APPEAL_TOO_LATE: pgettext_lazy(
            "COURT_APPEAL_TOO_LATE", "The time for an appeal to the court has passed"
        ),
        Reason.CORRECTION_TOO_LATE: pgettext_lazy("CORRECTION_TOO_LATE", "Four years have passed since the decision"),
    }
)

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
ABSENCE_GROUND = [
    (AbsenceGround.EVACUATED_RESIDENCE.value, pgettext_lazy("AbsenceGround", "Lives in a town that was evacuated")),
    (
        AbsenceGround.EDU_INSTITUTION_CLOSED.value,
        pgettext_lazy("AbsenceGround", "The educational institution where the person works was closed"),
    ),
    (AbsenceGround.GATHERING_BAN.value, pgettext_lazy("AbsenceGround", "Ban on gatherings")),
    (AbsenceGround.CHILDCARE.value, pgettext_lazy("AbsenceGround", "Looking after a child")),
    (AbsenceGround.DISABILITY.value, pgettext_lazy("AbsenceGround", "Disability of the employee")),
    (
        AbsenceGround.DISABLED_RELATIVE.value,
        pgettext_lazy("AbsenceGround", "Looking after a relative with a disability"),
    ),
]
ANSWER = [
    (Answer.CONFIRMED.value, pgettext_lazy("Answer", "Confirmed")),
    (Answer.DISPUTED.value, pgettext_lazy("Answer", "Disputed")),
]
INVITATION_KIND = [
    (InvitationKind.FIRST.value, pgettext_lazy("InvitationKind", "Sent")),
    (InvitationKind.RESENT.value, pgettext_lazy("InvitationKind", "Sent again")),
    (InvitationKind.REMINDER.value, pgettext_lazy("InvitationKind", "Reminder")),
    (InvitationKind.CORRECTED.value, pgettext_lazy("InvitationKind", "Sent after a correction")),
]
KIBBUTZ_ROLE = [
    (Role.HIRED.value, pgettext_lazy("KibbutzRole", "Hired worker")),
    (Role.MEMBER.value, pgettext_lazy("KibbutzRole", "Kibbutz member")),
]
KIBBUTZ_BRANCH = [
    (Branch.PRODUCTIVE.value, pgettext_lazy("KibbutzBranch", "Productive branch")),
    (Branch.CONSUMER.value, pgettext_lazy("KibbutzBranch", "Branch that serves members")),
]
GROUND_FACT = {  # what is asked about a ground of absence, each answered by yes or no
    "closed_by_command": pgettext_lazy("GroundFact", "Was it closed or banned by the Home Front Command?"),
    "residence_institutions_closed": pgettext_lazy(
        "GroundFact", "Were the educational institutions in the place of residence closed by the Command?"
    ),
    "child_institution_closed": pgettext_lazy("GroundFact", "Was the child's own institution closed?"),
    "framework_at_workplace": pgettext_lazy("GroundFact", "Was there a framework for the child at the workplace?"),
    "framework_at_spouse_workplace": pgettext_lazy(
        "GroundFact", "Was there a framework for the child at the spouse's workplace?"
    ),
    "sole_custody_or_single_parent": pgettext_lazy("GroundFact", "Sole custody, or a single parent?"),
    "spouse_works": pgettext_lazy("GroundFact", "Does the spouse work?"),
    "spouse_absent_same_day": pgettext_lazy(
        "GroundFact", "Was the spouse absent from work on these days to look after the child?"
    ),
    "spouse_prevented": pgettext_lazy("GroundFact", "Was a spouse who does not work unable to look after the child?"),
    "known_to_employer": pgettext_lazy("GroundFact", "Was the disability known to the employer?"),
    "medical_document": pgettext_lazy("GroundFact", "Was a medical document delivered?"),
    "prevented_by_disability": pgettext_lazy(
        "GroundFact", "Because of the disability, could the Command's instructions not be followed at work?"
    ),
    "employer_declared_residence_and_reason": pgettext_lazy(
        "GroundFact", "Do you declare that the employee lived in the special area and was absent for this reason?"
    ),
}
NOT_COUNTED_REASON = [
    (NotCountedReason.SICK.value, pgettext_lazy("NotCountedReason", "Sickness")),
    (NotCountedReason.ACCIDENT.value, pgettext_lazy("NotCountedReason", "Accident")),
    (NotCountedReason.VACATION.value, pgettext_lazy("NotCountedReason", "Vacation")),
    (NotCountedReason.MATERNITY.value, pgettext_lazy("NotCountedReason", "Maternity leave")),
    (NotCountedReason.RESERVE_DUTY.value, pgettext_lazy("NotCountedReason", "Reserve duty")),
    (NotCountedReason.REST_DAY.value, pgettext_lazy("NotCountedReason", "Saturday, holiday or Friday")),
    (NotCountedReason.REMOTE_WORK.value, pgettext_lazy("NotCountedReason", "Worked from home or outside the business")),
    (NotCountedReason.UNDER_ONE_HOUR.value, pgettext_lazy("NotCountedReason", "Absence shorter than one hour")),
    (
        NotCountedReason.KIBBUTZ_MEMBER_CONSUMER.value,
        pgettext_lazy("NotCountedReason", "Kibbutz member in a branch that serves members"),
    ),
    (NotCountedReason.OUT_OF_PERIOD.value, pgettext_lazy("NotCountedReason", "Outside the determining period")),
]
CLAIM_STATE = [
    (ClaimState.DRAFT.value, pgettext_lazy("ClaimState", "Draft")),
    (
        ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value,
        pgettext_lazy("ClaimState", "Waiting for employees' declarations"),
    ),
    (ClaimState.SUBMITTED.value, pgettext_lazy("ClaimState", "Filed")),
    (ClaimState.IN_REVIEW.value, pgettext_lazy("ClaimState", "In review")),
    (ClaimState.DETAILS_REQUESTED.value, pgettext_lazy("ClaimState", "Details requested")),
    (ClaimState.PENDING_APPROVAL.value, pgettext_lazy("ClaimState", "Waiting for approval")),
    (ClaimState.APPROVED.value, pgettext_lazy("ClaimState", "Approved")),
    (ClaimState.PARTIALLY_APPROVED.value, pgettext_lazy("ClaimState", "Partly approved")),
    (ClaimState.REJECTED.value, pgettext_lazy("ClaimState", "Rejected")),
    (ClaimState.DEEMED_ACCEPTED.value, pgettext_lazy("ClaimState", "Accepted by lapse of time")),
    (ClaimState.PAID.value, pgettext_lazy("ClaimState", "Paid")),
    (ClaimState.WITHDRAWN.value, pgettext_lazy("ClaimState", "Withdrawn")),
    (ClaimState.CLOSED.value, pgettext_lazy("ClaimState", "Closed")),
]
OBJECTION_STATE = [
    (ObjectionState.SUBMITTED.value, pgettext_lazy("ObjectionState", "Filed")),
    (ObjectionState.IN_REVIEW.value, pgettext_lazy("ObjectionState", "In review")),
    (ObjectionState.DETAILS_REQUESTED.value, pgettext_lazy("ObjectionState", "Details requested")),
    (ObjectionState.ACCEPTED.value, pgettext_lazy("ObjectionState", "Accepted")),
    (ObjectionState.PARTIALLY_ACCEPTED.value, pgettext_lazy("ObjectionState", "Partly accepted")),
    (ObjectionState.DISMISSED.value, pgettext_lazy("ObjectionState", "Dismissed")),
    (ObjectionState.DEEMED_ACCEPTED.value, pgettext_lazy("ObjectionState", "Accepted by lapse of time")),
]
APPEAL_STATE = [
    (AppealState.FILED.value, pgettext_lazy("AppealState", "Filed")),
    (AppealState.DECIDED.value, pgettext_lazy("AppealState", "Decided")),
    (AppealState.COURT_APPEAL_FILED.value, pgettext_lazy("AppealState", "Court appeal filed")),
    (AppealState.COURT_DECIDED.value, pgettext_lazy("AppealState", "Decided in court")),
]
ADVANCE_KIND = [
    (AdvanceKind.PRE_CLAIM.value, pgettext_lazy("AdvanceKind", "Advance before a claim")),
    (AdvanceKind.DAY_21_60.value, pgettext_lazy("AdvanceKind", "Advance of 60%")),
    (AdvanceKind.DAY_150_10.value, pgettext_lazy("AdvanceKind", "Further advance of 10%")),
]
ADVANCE_STATE = [
    (AdvanceState.REQUESTED.value, pgettext_lazy("AdvanceState", "Requested")),
    (AdvanceState.PROPOSED.value, pgettext_lazy("AdvanceState", "Waits for the manager")),
    (AdvanceState.ESCALATED.value, pgettext_lazy("AdvanceState", "Waits longer than three days")),
    (AdvanceState.CONFIRMED.value, pgettext_lazy("AdvanceState", "Confirmed")),
    (AdvanceState.REFUSED.value, pgettext_lazy("AdvanceState", "Refused")),
    (AdvanceState.LAPSED.value, pgettext_lazy("AdvanceState", "Lapsed by the decision")),
    (AdvanceState.PAID.value, pgettext_lazy("AdvanceState", "Paid")),
]
DAMAGE_CAUSE = [  # CMP-7.3.1-a
    ("WAR_DAMAGE", pgettext_lazy("DamageCause", "War damage")),
    ("UNUSABLE_ASSET", pgettext_lazy("DamageCause", "An asset in the settlement cannot be used")),
]
SERVED = [  # CMP-7.3.2-a
    (Served.EVACUATED.value, pgettext_lazy("Served", "Evacuated by government decisions")),
    (Served.RESTRICTED.value, pgettext_lazy("Served", "Under restrictions that amount to a halt of activity")),
]
REQUEST_STATE = [
    (RequestState.PENDING.value, pgettext_lazy("RequestState", "Waits for a decision")),
    (RequestState.GRANTED.value, pgettext_lazy("RequestState", "Granted")),
    (RequestState.REFUSED.value, pgettext_lazy("RequestState", "Refused")),
]
AID_PLAN_CLAIM = [
    ("PENDING", pgettext_lazy("AidPlanClaim", "Not yet decided")),
    ("APPROVED", pgettext_lazy("AidPlanClaim", "Approved")),
    ("REJECTED", pgettext_lazy("AidPlanClaim", "Rejected")),
]
CHECK_GROUND = [  # CMP-2.1-b
    ("branch", pgettext_lazy("CheckGround", "A branch in the area")),
    ("top_up", pgettext_lazy("CheckGround", "Wage top-up for an evacuated employee")),
    ("outside_employer", pgettext_lazy("CheckGround", "An employee who lives in the area")),
]
DEDUCTION_KIND = [
    (DeductionKind.WITHHOLDING.value, pgettext_lazy("DeductionKind", "Tax withheld at source")),
    (DeductionKind.TAX_DEBT.value, pgettext_lazy("DeductionKind", "Tax debt")),
    (DeductionKind.LIEN.value, pgettext_lazy("DeductionKind", "Lien")),
    (DeductionKind.ADVANCE.value, pgettext_lazy("DeductionKind", "Set-off of an advance")),
]
GAP_REASON = [
    (GapReason.INPUTS_MISREPORTED.value, pgettext_lazy("GapReason", "Inputs misreported")),
    (GapReason.UNUSUAL_DEALS_IGNORED.value, pgettext_lazy("GapReason", "Unusual and one-time deals")),
    (GapReason.SAVED_WAGES_WRONG.value, pgettext_lazy("GapReason", "Saved wages computed wrongly")),
    (GapReason.EXCLUDED_CLAIMANT.value, pgettext_lazy("GapReason", "Excluded claimant")),
    (GapReason.DROP_LIMIT_IGNORED.value, pgettext_lazy("GapReason", "The limit of the drop of turnover was ignored")),
    (GapReason.CAUSATION_IGNORED.value, pgettext_lazy("GapReason", "The causal-connection requirement was ignored")),
    (GapReason.OTHER.value, pgettext_lazy("GapReason", "Other")),
]
CAUSATION = [
    (Causation.PROVED.value, pgettext_lazy("Causation", "Proved")),
    (Causation.PARTLY.value, pgettext_lazy("Causation", "Partly proved")),
    (Causation.NOT_PROVED.value, pgettext_lazy("Causation", "Not proved")),
]
REGIME = [
    (Regime.TEMPORARY_ORDER.value, pgettext_lazy("Regime", "The temporary order (green tracks)")),
    (Regime.MAIN_REGULATIONS.value, pgettext_lazy("Regime", "The main regulations (red track)")),
]
DECISION_KIND = [
    (DecisionKind.FIRST.value, pgettext_lazy("DecisionKind", "Decision")),
    (DecisionKind.DEEMED.value, pgettext_lazy("DecisionKind", "Accepted by lapse of time")),
    (DecisionKind.CORRECTION.value, pgettext_lazy("DecisionKind", "Correction")),
    (DecisionKind.OBJECTION.value, pgettext_lazy("DecisionKind", "Decision on an objection")),
    (DecisionKind.APPEAL.value, pgettext_lazy("DecisionKind", "Outcome of an appeal")),
]
PAYMENT_STATE = [
    (PaymentState.PREPARED.value, pgettext_lazy("PaymentState", "Prepared")),
    (PaymentState.APPROVED.value, pgettext_lazy("PaymentState", "Approved for payment")),
    (PaymentState.EXPORTED.value, pgettext_lazy("PaymentState", "Sent to the bank")),
    (PaymentState.SETTLED.value, pgettext_lazy("PaymentState", "Paid")),
    (PaymentState.RETURNED.value, pgettext_lazy("PaymentState", "Returned by the bank")),
    (PaymentState.CANCELLED.value, pgettext_lazy("PaymentState", "Cancelled")),
]
NOTICE_KIND = [
    (NoticeKind.RECEIPT.value, pgettext_lazy("NoticeKind", "Receipt of a claim")),
    (NoticeKind.DETAILS_REQUEST.value, pgettext_lazy("NoticeKind", "Request for details")),
    (NoticeKind.DECISION.value, pgettext_lazy("NoticeKind", "Decision")),
    (NoticeKind.ADVANCE.value, pgettext_lazy("NoticeKind", "Advance")),
    (NoticeKind.DEMAND.value, pgettext_lazy("NoticeKind", "Demand to return an overpayment")),
    (NoticeKind.OBJECTION_RECEIPT.value, pgettext_lazy("NoticeKind", "Receipt of an objection")),
    (NoticeKind.OBJECTION_DECISION.value, pgettext_lazy("NoticeKind", "Decision on an objection")),
    (NoticeKind.EXTENSION.value, pgettext_lazy("NoticeKind", "Extension")),
    (NoticeKind.OTHER.value, pgettext_lazy("NoticeKind", "Other notice")),
]
CORRECTION_GROUND = [
    (CorrectionGround.NEW_FACTS.value, pgettext_lazy("CorrectionGround", "New facts appeared")),
    (CorrectionGround.ERROR.value, pgettext_lazy("CorrectionGround", "An error was found")),
]
CLERK_TASK = [
    (ClerkTaskKind.NOTICE_BOUNCED.value, pgettext_lazy("ClerkTask", "A notice came back: find another address")),
]
ANNEX = [
    (Annex.THIRD_SCHEDULE.value, pgettext_lazy("Annex", "Annex A: the third schedule")),
    (Annex.SECOND_SCHEDULE.value, pgettext_lazy("Annex", "Annex B: the second schedule")),
    (Annex.FOURTH_SCHEDULE.value, pgettext_lazy("Annex", "Annex C: the fourth schedule")),
    (Annex.EVACUATED.value, pgettext_lazy("Annex", "Annex D: evacuated by the government decisions")),
    (Annex.ADVANCE.value, pgettext_lazy("Annex", "Annex E: advance before a claim")),
]

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
TIMER: Mapping[str, Promise] = {
    "close_filing_window": _("Tells who has a draft that the time to file is over"),
    "close_advance_campaigns": _("Closes the form of advances before a claim"),
    "propose_advance_60": _("Proposes 60 percent after 21 days"),
    "propose_advance_10": _("Proposes 10 percent more after 150 days"),
    "escalate_advance_proposals": _("Reminds managers of advances after three days"),
    "deem_claims_accepted": _("Warns of claims, and accepts what was not decided in time"),
    "check_payment_due": _("Reports payments that are late"),
    "escalate_overpayments": _("Hands overpayments over to be collected as tax"),
    "deem_objections_accepted": _("Accepts objections that were not decided in time"),
    "flag_advances_without_claim": _("Finds advances that no claim followed"),
    "close_settled_claims": _("Closes claims that are settled"),
}
