from .claimants import Claimant, ReportedFact, Signatory, WithholdingCertificate
from .claims import Branch, Claim, ClaimDocument, ClaimHistory, Computation
from .decisions import Decision, GapReasonRow, Notice, TimerEvent
from .filing import EligibilityCheckRequest
from .programmes import Programme
from .reviewing import (
    ClockStop,
    DecisionExtension,
    DetailsRequest,
    ManagerAdjustment,
    ManagerRate,
    ReviewFinding,
)

__all__ = [
    "Branch",
    "Claim",
    "ClaimDocument",
    "ClaimHistory",
    "Claimant",
    "ClockStop",
    "Computation",
    "Decision",
    "DecisionExtension",
    "DetailsRequest",
    "EligibilityCheckRequest",
    "GapReasonRow",
    "ManagerAdjustment",
    "ManagerRate",
    "Notice",
    "Programme",
    "ReportedFact",
    "ReviewFinding",
    "Signatory",
    "TimerEvent",
    "WithholdingCertificate",
]
