"""The one message of each code that a rule or a service answers with (CMP-2.3-j)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ..rules.reasons import Reason

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
