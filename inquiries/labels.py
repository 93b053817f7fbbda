"""The words people read for the codes of `inquiries.rules`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules.clock import Indicator
from .rules.codes import (
    ActivityKind,
    AttachmentDirection,
    ConsultationReason,
    HistoryEvent,
    RepresentationGround,
    Side,
    Status,
    SuggestionState,
    TemplateState,
    TripletValidation,
)
from .rules.figures import ExportFormat, ExportState, Inquirer
from .rules.information import Panel
from .rules.suggestions import Step

# The label in lists (seed 5.2); Hebrew byte for byte as in the table of section 2.1.
STATUS = [
    (Status.OPEN.value, _("Open")),
    (Status.IN_TREATMENT.value, _("In treatment")),
    (Status.OPEN_TEAM.value, _("Open, with a team")),
    (Status.INFO_ARRIVED.value, _("Information arrived from the customer")),
    (Status.FORWARDED.value, _("Forwarded for further treatment")),
    (Status.WAITING_CUSTOMER.value, _("Waiting for the customer")),
    (Status.CLOSED_SUCCESS.value, _("Closed - treated successfully")),
    (Status.CLOSED_NO_TREATMENT.value, _("Closed - without treatment")),
    (Status.CLOSED_BY_CUSTOMER.value, _("Closed - cancelled by the customer")),
    (Status.CLOSED_BY_REPRESENTATIVE.value, _("Closed - cancelled by the representative")),
    (Status.CLOSED_BY_SYSTEM.value, _("Closed by the system")),
]
# The look of each status (colour and glyph) in the style sheet.
STATUS_LOOK = {
    Status.OPEN.value: "open",
    Status.IN_TREATMENT.value: "work",
    Status.OPEN_TEAM.value: "team",
    Status.INFO_ARRIVED.value: "reply",
    Status.FORWARDED.value: "moved",
    Status.WAITING_CUSTOMER.value: "waiting",
    Status.CLOSED_SUCCESS.value: "done",
    Status.CLOSED_NO_TREATMENT.value: "closed",
    Status.CLOSED_BY_CUSTOMER.value: "cancelled",
    Status.CLOSED_BY_REPRESENTATIVE.value: "cancelled",
    Status.CLOSED_BY_SYSTEM.value: "system",
}
HISTORY_EVENT = [
    (HistoryEvent.STATUS_CHANGE.value, _("Status change")),
    (HistoryEvent.ASSIGNMENT.value, _("Assignment")),
    (HistoryEvent.RELEASE.value, _("Release")),
    (HistoryEvent.FORWARD.value, _("Forwarding")),
    (HistoryEvent.TRIPLET_CHANGE.value, _("Triplet correction")),
    (HistoryEvent.REACTIVATION.value, _("Re-activation")),
    (HistoryEvent.MESSAGE.value, _("Message")),
    (HistoryEvent.ATTACHMENT.value, _("File")),
    (HistoryEvent.AUTO_CLOSE.value, _("Closing by the system")),
    (HistoryEvent.VERIFICATION.value, _("Customer verification")),
    (HistoryEvent.DECLARATION.value, _("Declaration")),
    (HistoryEvent.OWN_NAME_MARK.value, _("Own-name mark")),
    (HistoryEvent.REPRESENTATION_CHECK.value, _("Representation check")),
    (HistoryEvent.CONSULTATION.value, _("Consultation")),
]
SIDE = [
    (Side.CUSTOMER.value, _("Customer")),
    (Side.EMPLOYEE.value, _("Employee")),
]
ATTACHMENT_DIRECTION = [
    (AttachmentDirection.INBOUND.value, _("Attached by the customer")),
    (AttachmentDirection.OUTBOUND.value, _("Attached by the employee")),
]
TRIPLET_VALIDATION = [
    (TripletValidation.NOT_CHECKED.value, _("Not checked yet")),
    (TripletValidation.CORRECT.value, _("Correct")),
    (TripletValidation.INCORRECT.value, _("Incorrect")),
]
ACTIVITY_KIND = [
    (ActivityKind.EMAIL.value, _("E-mail message")),
    (ActivityKind.SMS.value, _("Text message")),
    (ActivityKind.PHONE_CALL.value, _("Phone call")),
]
TEMPLATE_STATE = [
    (TemplateState.DRAFT.value, _("Draft")),
    (TemplateState.PENDING_APPROVAL.value, _("Waiting for approval")),
    (TemplateState.APPROVED.value, _("Approved")),
    (TemplateState.REJECTED.value, _("Rejected")),
    (TemplateState.RETIRED.value, _("No longer used")),
]
CONSULTATION_REASON = [
    (ConsultationReason.COMPLEX_PROFESSIONALLY.value, _("Complex professionally")),
    (ConsultationReason.COMPLEX_LEGALLY.value, _("Complex legally")),
    (ConsultationReason.MAY_BE_MISUNDERSTOOD.value, _("The wording may be misunderstood")),
    (ConsultationReason.MAY_CREATE_RELIANCE.value, _("The answer may create reliance")),
]
SUGGESTION_STATE = [
    (SuggestionState.SUBMITTED.value, _("Submitted")),
    (SuggestionState.FORWARDED.value, _("Forwarded")),
    (SuggestionState.IN_REVIEW.value, _("In review")),
    (SuggestionState.ACCEPTED.value, _("Accepted")),
    (SuggestionState.REJECTED.value, _("Not accepted")),
    (SuggestionState.IMPLEMENTED.value, _("Implemented")),
]
INFORMATION_PANEL = [
    (Panel.WORK_GRANTS.value, _("Work grants (in place of query 003)")),
    (Panel.TAX_FILES.value, _("Tax files")),
    (Panel.ADDRESS.value, _("Address in the population register")),
    (Panel.REPRESENTATION.value, _("Representations")),
    (Panel.ASSESSMENT.value, _("Real-estate assessment")),
]
SUGGESTION_STEP = [
    (Step.FORWARD.value, _("Forward to the head team")),
    (Step.RETURN.value, _("Return to the author")),
    (Step.REVIEW.value, _("Take into review")),
    (Step.ACCEPT.value, _("Accept the suggestion")),
    (Step.REJECT.value, _("Do not accept")),
    (Step.IMPLEMENT.value, _("Mark as implemented")),
]
REPRESENTATION_GROUND = [
    (RepresentationGround.ATTACHED_POWER.value, _("An attached power of attorney and an active lawyer")),
    (RepresentationGround.MATZPEN.value, _("Registered in the transaction (Matzpen)")),
    (RepresentationGround.NONE.value, _("No representation was found")),
]
# What a person should look at on an inquiry that was imported (CRM-1-b).
IMPORT_REMARK = {
    "check_digit": _("The identity number's last digit does not fit; the customer file was made with it as it is."),
    "no_customer": _("No identity number: the inquiry is in no customer file."),
    "no_name": _("A new customer file was made without a name."),
    "no_owner": _("In treatment there, but by nobody known here: it waits for the team."),
}
# Why a file of an old system cannot be read at all.
UNREADABLE = {
    "missing": _("The file %(file)s cannot be read: %(what)s."),
    "encoding": _("The file %(file)s is text neither in UTF-8 nor in Windows-1255. Save it as UTF-8."),
    "columns": _("The file %(file)s lacks these columns: %(what)s. Its first line must name them (docs/legacy.md)."),
}
INDICATOR = [
    (Indicator.WITHIN.value, _("Within the target")),
    (Indicator.NEAR.value, _("Near the target")),
    (Indicator.OVER.value, _("Past the target")),
]
INQUIRER = [
    (Inquirer.CUSTOMER.value, _("The customer")),
    (Inquirer.REPRESENTATIVE.value, _("A representative, in the customer's name")),
    (Inquirer.OWN_NAME.value, _("A representative, in his own name")),
    (Inquirer.UNIDENTIFIED.value, _("Without identification")),
]
EXPORT_FORMAT = [
    (ExportFormat.CSV.value, "CSV"),
    (ExportFormat.XLSX.value, "Excel"),
]
EXPORT_STATE = [
    (ExportState.WAITING.value, _("Waiting for a worker")),
    (ExportState.WRITING.value, _("Being written")),
    (ExportState.READY.value, _("Ready")),
    (ExportState.FAILED.value, _("Failed")),
]
TIMER: dict[str, Promise] = {
    "close_unanswered_waiting": _("Closes what nobody answered"),
    "refresh_sla_cache": _("Works out anew when SLA targets run out"),
    "rebuild_sla_cache": _("Rebuilds what reports are made of"),
    "send_daily_follow_up": _("Sends the daily follow-up to coordinators"),
    "push_computerised_file": _("Writes to the computerised file"),
    "train_triage": _("Trains the suggestion of triplets"),
    "refresh_report_figures": _("Rolls up the figures of the reports"),
    "write_report_exports": _("Writes exports of reports that were ordered"),
    "sweep_report_exports": _("Deletes old exports of reports"),
}
