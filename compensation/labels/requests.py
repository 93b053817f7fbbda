"""What is asked beside a claim: advances, more time, eligibility checks; and what is paid."""

from django.utils.translation import pgettext_lazy

from ..rules.advance_requests import Served
from ..rules.codes import (
    AdvanceKind,
    AdvanceState,
    DeductionKind,
    PaymentState,
    RequestState,
)

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

PAYMENT_STATE = [
    (PaymentState.PREPARED.value, pgettext_lazy("PaymentState", "Prepared")),
    (PaymentState.APPROVED.value, pgettext_lazy("PaymentState", "Approved for payment")),
    (PaymentState.EXPORTED.value, pgettext_lazy("PaymentState", "Sent to the bank")),
    (PaymentState.SETTLED.value, pgettext_lazy("PaymentState", "Paid")),
    (PaymentState.RETURNED.value, pgettext_lazy("PaymentState", "Returned by the bank")),
    (PaymentState.CANCELLED.value, pgettext_lazy("PaymentState", "Cancelled")),
]
