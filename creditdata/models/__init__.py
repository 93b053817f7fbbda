from .accesses import AccessLog
from .control import CompartmentRule, DualControlProposal, Exemption, StaffPerson
from .directives import UpdateDirective
from .intake import IntakeBatch, IntakeRow
from .licensees import Licence, Licensee, Membership
from .originals import ChainCheck, OriginalRecord, RecordEntry
from .records import (
    AuthorisedDebt,
    BankruptcyUpdate,
    BoiRestriction,
    ChequeRefusalWarning,
    ConsolidatedFile,
    CreditLine,
    FileConsolidation,
    IntendedProceedingsWarning,
    JudgmentFile,
    LimitedMeansDebtor,
    Loan,
    NoteFile,
    OccupationRestriction,
    ReceivingOrder,
    Record,
)
from .settings import AdministeredSetting
from .sources import SourceAgreement, SourceOrganisation
from .subjects import DataSubject
from .supplies import SupplyLate

__all__ = [
    "AccessLog",
    "AdministeredSetting",
    "AuthorisedDebt",
    "BankruptcyUpdate",
    "BoiRestriction",
    "ChainCheck",
    "ChequeRefusalWarning",
    "CompartmentRule",
    "ConsolidatedFile",
    "CreditLine",
    "DataSubject",
    "DualControlProposal",
    "Exemption",
    "FileConsolidation",
    "IntakeBatch",
    "IntakeRow",
    "IntendedProceedingsWarning",
    "JudgmentFile",
    "Licence",
    "Licensee",
    "LimitedMeansDebtor",
    "Loan",
    "Membership",
    "NoteFile",
    "OccupationRestriction",
    "OriginalRecord",
    "ReceivingOrder",
    "Record",
    "RecordEntry",
    "SourceAgreement",
    "SourceOrganisation",
    "StaffPerson",
    "SupplyLate",
    "UpdateDirective",
]
