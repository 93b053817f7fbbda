from .activities import Activity
from .consultations import Consultation
from .correspondence import Attachment, Message, ReadMark
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
    "Attachment",
    "Channel",
    "ClosingReason",
    "ComputerisedFileEntry",
    "Consultation",
    "DailyFollowUp",
    "FeedbackStatus",
    "ForbiddenPhrase",
    "ImprovementSuggestion",
    "Inquiry",
    "Message",
    "OwnNameMark",
    "QualityReview",
    "ReadMark",
    "RepresentationCheck",
    "ResponseTemplate",
    "SavedView",
    "StatusHistory",
    "TemplateVersion",
    "TriageModel",
    "TriageSuggestion",
]
