from .claimants import Claimant, ReportedFact, Signatory, WithholdingCertificate
from .claims import Branch, Claim, ClaimDocument, ClaimHistory, Computation
from .decisions import Decision, GapReasonRow, Notice, TimerEvent
from .figures import ReviewedFigure
from .filing import EligibilityCheckRequest
from .programmes import (
    EligibilityCell,
    GovernmentDecision,
    Programme,
    ProgrammeParameter,
    RestDay,
    ScheduleMembership,
    Town,
    TownAlias,
)
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
    "EligibilityCell",
    "EligibilityCheckRequest",
    "GapReasonRow",
    "GovernmentDecision",
    "ManagerAdjustment",
    "ManagerRate",
    "Notice",
    "Programme",
    "ProgrammeParameter",
    "ReportedFact",
    "RestDay",
    "ReviewFinding",
    "ReviewedFigure",
    "ScheduleMembership",
    "Signatory",
    "TimerEvent",
    "Town",
    "TownAlias",
    "WithholdingCertificate",
]
