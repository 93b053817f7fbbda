from .advances import AdvanceCampaign, AdvanceProposal, AdvanceRequest
from .appeals import Appeal, AppealFile, AppealHearing
from .claimants import Claimant, ReportedFact, Signatory, WithholdingCertificate
from .claims import Branch, Claim, ClaimDocument, ClaimHistory, Computation
from .decisions import Decision, GapReasonRow, Notice, TimerEvent
from .dues import IndexValue, InterestRate, Lien, Overpayment, OverpaymentReturn, TaxDebt
from .employees import AbsenceDay, EmployeeDeclaration, EmployeeRow, Invitation
from .figures import ReviewedFigure
from .filing import EligibilityCheckRequest, FilingExtension
from .objections import Objection, ObjectionFile, ObjectionRequest
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
from .questions import ClaimInquiry
from .reviewing import ClockStop, DecisionExtension, DetailsRequest, ManagerAdjustment, ManagerRate, ReviewFinding
from .tasks import ClerkTask

__all__ = [
    "AbsenceDay",
    "AdvanceCampaign",
    "AdvanceProposal",
    "AdvanceRequest",
    "Appeal",
    "AppealFile",
    "AppealHearing",
    "Branch",
    "Claim",
    "ClaimDocument",
    "ClaimHistory",
    "ClaimInquiry",
    "Claimant",
    "ClerkTask",
    "ClockStop",
    "Computation",
    "Decision",
    "DecisionExtension",
    "Deduction",
    "DetailsRequest",
    "EligibilityCell",
    "EligibilityCheckRequest",
    "EmployeeDeclaration",
    "EmployeeRow",
    "FilingExtension",
    "GapReasonRow",
    "GovernmentDecision",
    "IndexValue",
    "InterestRate",
    "Invitation",
    "LedgerEntry",
    "Lien",
    "ManagerAdjustment",
    "ManagerRate",
    "Notice",
    "Objection",
    "ObjectionFile",
    "ObjectionRequest",
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
