"""The reports of section 5.9. A new one is a row of `registry.REPORTS` and a function of a question."""

from .question import Question, choices_for, reach_of
from .registry import REPORTS, Report, report_of, reports_by_subject

__all__ = ["REPORTS", "Question", "Report", "choices_for", "reach_of", "report_of", "reports_by_subject"]
