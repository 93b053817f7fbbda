from .activities import Activity
from .consultations import Consultation
from .correspondence import Attachment, Message, ReadMark
from .exports import ReportExport
from .figures import AnswerTime, DailyFigure, Dwell, FiguresDay, FiguresState, InquiryMeasures
from .history import StatusHistory
from .inquiry import Inquiry
from .reference import Channel, ClosingReason, FeedbackStatus, ForbiddenPhrase
from .representation import ComputerisedFileEntry, OwnNameMark, RepresentationCheck
from .saved_views import SavedView
from .suggestions import ImprovementSuggestion
from .supervision import DailyFollowUp, QualityReview
from .templates import ResponseTemplate, TemplateVersion
from .triage import TriageModel, TriageSuggestion

__all__ = [
    "Activity",
    "AnswerTime",
    "Attachment",
    "Channel",
    "ClosingReason",
    "ComputerisedFileEntry",
    "Consultation",
    "DailyFigure",
    "DailyFollowUp",
    "Dwell",
    "FeedbackStatus",
    "FiguresDay",
    "FiguresState",
    "ForbiddenPhrase",
    "ImprovementSuggestion",
    "Inquiry",
    "InquiryMeasures",
    "Message",
    "OwnNameMark",
    "QualityReview",
    "ReadMark",
    "ReportExport",
    "RepresentationCheck",
    "ResponseTemplate",
    "SavedView",
    "StatusHistory",
    "TemplateVersion",
    "TriageModel",
    "TriageSuggestion",
]
