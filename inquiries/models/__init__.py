from .correspondence import Attachment, Message, ReadMark
from .history import StatusHistory
from .inquiry import Inquiry
from .reference import Channel, ClosingReason, FeedbackStatus

__all__ = [
    "Attachment",
    "Channel",
    "ClosingReason",
    "FeedbackStatus",
    "Inquiry",
    "Message",
    "ReadMark",
    "StatusHistory",
]
