from .advances import AdvanceCampaign, AdvanceProposal, AdvanceRequest
from .claimants import Claimant, ReportedFact, Signatory, WithholdingCertificate
from .claims import Branch, Claim, ClaimDocument, ClaimHistory, Computation
from .decisions import Decision, GapReasonRow, Notice, TimerEvent
from .dues import IndexValue, InterestRate, Lien, Overpayment, OverpaymentReturn, TaxDebt
from .figures import ReviewedFigure
from .filing import EligibilityCheckRequest, FilingExtension
from .payments import Deduction, LedgerEntry, Payment, PaymentBatch, PaymentLine
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
from .reviewing import ClockStop, DecisionExtension, DetailsRequest, ManagerAdjustment, ManagerRate, ReviewFinding

__all__ = [
    "AdvanceCampaign",
    "AdvanceProposal",
    "AdvanceRequest",
    "Branch",
    "Claim",
    "ClaimDocument",
    "ClaimHistory",
    "Claimant",
    "ClockStop",
    "Computation",
    "Decision",
    "DecisionExtension",
    "Deduction",
    "DetailsRequest",
    "EligibilityCell",
    "EligibilityCheckRequest",
    "FilingExtension",
    "GapReasonRow",
    "GovernmentDecision",
    "IndexValue",
    "InterestRate",
    "LedgerEntry",
    "Lien",
    "ManagerAdjustment",
    "ManagerRate",
    "Notice",
    "Overpayment",
    "OverpaymentReturn",
    "Payment",
    "PaymentBatch",
    "PaymentLine",
    "Programme",
    "ProgrammeParameter",
    "ReportedFact",
    "RestDay",
    "ReviewFinding",
    "ReviewedFigure",
    "ScheduleMembership",
    "Signatory",
    "TaxDebt",
    "TimerEvent",
    "Town",
    "TownAlias",
    "WithholdingCertificate",
]
