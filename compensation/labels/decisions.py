"""The way of a claim: its states, decisions, notices, objections and appeals."""

from django.utils.translation import pgettext_lazy

from ..rules.codes import (
    AppealState,
    Causation,
    ClaimState,
    ClerkTaskKind,
    CorrectionGround,
    DecisionKind,
    GapReason,
    NoticeKind,
    ObjectionState,
)

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

DECISION_KIND = [
    (DecisionKind.FIRST.value, pgettext_lazy("DecisionKind", "Decision")),
    (DecisionKind.DEEMED.value, pgettext_lazy("DecisionKind", "Accepted by lapse of time")),
    (DecisionKind.CORRECTION.value, pgettext_lazy("DecisionKind", "Correction")),
    (DecisionKind.OBJECTION.value, pgettext_lazy("DecisionKind", "Decision on an objection")),
    (DecisionKind.APPEAL.value, pgettext_lazy("DecisionKind", "Outcome of an appeal")),
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
