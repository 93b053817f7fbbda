"""Access to data of subjects: for what it may be, and what of them was seen (CRD-77-c)."""

from enum import StrEnum


class Purpose(StrEnum):
    """For what somebody opens data of a subject; the regulation it serves."""

    INTAKE_REVIEW = "intake_review"
    CORRECTION = "correction"  # 56 to 61
    REPORT = "report"  # 41 to 48
    OWN_REPORT = "own_report"  # 50, 51
    REVIEW = "review"  # 52 to 55
    CONSENT = "consent"  # 27 to 36
    INQUIRY = "inquiry"  # of the portal (section 13)
    SUPERVISION = "supervision"  # what the regulations send to the Registrar
    DEFECT = "defect"  # 80
    MAINTENANCE = "maintenance"  # what the service does by itself: timers, chains, keeping
    SECURITY = "security"  # 77: the log itself


class FieldsClass(StrEnum):
    """What of a subject was seen."""

    IDENTITY = "identity"  # name and number
    COUNTS = "counts"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    WHOLE_FILE = "whole_file"
    REPORT = "report"
    REQUESTS = "requests"
    RAW_ROW = "raw_row"  # as the source sent it
    LOG = "log"
