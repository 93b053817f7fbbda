"""The representation check of real estate: made by the handler before any answer about a client (CRM-6.6-i)."""

from datetime import datetime

from crm_portal import registers
from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.files.labels import failure
from crm_portal.files.rules.states import SanitisationState
from crm_portal.people.models import User

from ..models import Attachment, Inquiry, OwnNameMark, RepresentationCheck
from ..rules.codes import AttachmentDirection, HistoryEvent, RepresentationGround
from ..rules.fields import NOT_EXISTING
from ..selectors.representation import standing_of
from . import moving, submitting
from .history import Before

CLAUSE = "CRM-6.6-i"


@command("inquiry.check_representation", target="inquiry_id")
def check_representation(
    *,
    inquiry_id: int,
    by: User,
    at: datetime,
    ground: str,
    attachment_id: int | None = None,
    assessment_number: str = "",
    version: int | None = None,
) -> RepresentationCheck:
    """
    Record what was found: (a) an attached power of an active lawyer, (b) registered in the transaction, (c) neither.

    What the registers answered is kept as evidence. Matzpen's assessment, tax type and area fill the fields that are
    still empty. The latest check counts.

    :raises Refused: NOT_ASSIGNED_TO_YOU, INQUIRY_CLOSED, INVALID_VALUE where no check belongs, FIELD_REQUIRED,
        FILE_PENDING, FILE_REJECTED, RE_POA_CHECK_REQUIRED when the lawyer is not active, POA_NOT_IN_ASSESSMENT,
        REGISTER_UNAVAILABLE
    """
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause=CLAUSE)
    moving.owned(inquiry, by, version)
    if not standing_of(inquiry).needs_check:
        raise refuse(Code.INVALID_VALUE, clause=CLAUSE, because="no_check_needed")
    if ground not in set(RepresentationGround):
        raise refuse(Code.FIELD_REQUIRED if not ground else Code.INVALID_VALUE, "ground", clause=CLAUSE)
    found = RepresentationCheck(inquiry=inquiry, ground=ground, checked_by=by, checked_at=at)
    if ground == RepresentationGround.ATTACHED_POWER:
        found.attachment = _attached(inquiry, attachment_id)
        found.evidence = _active_lawyer(inquiry, by=by, at=at)
    elif ground == RepresentationGround.MATZPEN:
        found.assessment_number = assessment_number.strip() or inquiry.assessment_number.strip(NOT_EXISTING)
        found.evidence = _in_assessment(inquiry, found.assessment_number, by=by, at=at)
        _fill(inquiry, found.evidence, by=by, at=at)
    found.save()
    moving.note_event(
        inquiry, HistoryEvent.REPRESENTATION_CHECK, action="inquiry.check_representation", by=by, at=at,
        before=Before.of(inquiry), note=_said(found),
    )  # fmt: skip
    return found


def _attached(inquiry: Inquiry, attachment_id: int | None) -> Attachment:
    """The chosen file: the customer side's, of this very inquiry, and through its checks."""
    if attachment_id is None:
        raise refuse(Code.FIELD_REQUIRED, "attachment", clause=CLAUSE)
    chosen = Attachment.objects.select_related("file").filter(
        pk=attachment_id, inquiry=inquiry, direction=AttachmentDirection.INBOUND.value
    ).first()  # fmt: skip
    if chosen is None:
        raise refuse(Code.INVALID_VALUE, "attachment", clause=CLAUSE)
    if chosen.file.state == SanitisationState.PENDING.value:
        raise refuse(Code.FILE_PENDING, "attachment", clause=CLAUSE)
    if chosen.file.state == SanitisationState.FAILED.value:
        raise refuse(Code.FILE_REJECTED, "attachment", name=chosen.file.name, reason=failure(chosen.file.failure))
    return chosen


def _active_lawyer(inquiry: Inquiry, *, by: User, at: datetime) -> dict[str, object]:
    assert inquiry.representative is not None  # noqa: S101 - opened in a representative's own name
    if not registers.matzpen(by=by, at=at).is_active_lawyer(inquiry.representative.id_number):
        raise refuse(Code.RE_POA_CHECK_REQUIRED, "ground", clause=CLAUSE, because="lawyer_not_active")
    return {"active_lawyer": True}


def _in_assessment(inquiry: Inquiry, number: str, *, by: User, at: datetime) -> dict[str, object]:
    assert inquiry.representative is not None  # noqa: S101 - opened in a representative's own name
    submitting.fitting(assessment_number=number)
    if not number:
        raise refuse(Code.FIELD_REQUIRED, "assessment_number", clause=CLAUSE)
    assessment = registers.matzpen(by=by, at=at).assessment(number)
    if assessment is None:
        raise refuse(Code.INVALID_VALUE, "assessment_number", clause=CLAUSE, because="no_assessment")
    marked = OwnNameMark.objects.filter(inquiry=inquiry, removed_at=None).values_list("concerns_number", flat=True)
    if inquiry.representative.id_number not in assessment.representatives or not set(marked) <= set(
        assessment.customers
    ):
        raise refuse(Code.POA_NOT_IN_ASSESSMENT, "assessment_number", clause=CLAUSE, because="not_in_transaction")
    return {"assessment_number": number, "tax_type": assessment.tax_type, "area": assessment.area}


def _fill(inquiry: Inquiry, evidence: dict[str, object], *, by: User, at: datetime) -> None:
    """Put Matzpen's answer into the fields that are still empty (CRM-6.6-j); the inquiry is saved with the check."""
    was = {name: getattr(inquiry, name) for name in evidence if getattr(inquiry, name).strip() in ("", NOT_EXISTING)}
    became = {name: str(evidence[name]) for name in was}
    for name, value in became.items():
        setattr(inquiry, name, value)
    if became:
        recording.record("inquiry.save", by=by, at=at, target=inquiry, before=was, after=became)


def _said(found: RepresentationCheck) -> str:
    """The check as the history shows it, in the language of the instruction."""
    words = _WORDS[RepresentationGround(found.ground)]
    about = found.attachment.file.name if found.attachment else found.assessment_number
    return f"{words}: {about}" if about else words


_WORDS = {
    RepresentationGround.ATTACHED_POWER: "צורף ייפוי כוח, והמייצג עורך דין פעיל",
    RepresentationGround.MATZPEN: "המייצג רשום כמייצג בעסקה (מצפן), שומה",
    RepresentationGround.NONE: "לא נמצא ייצוג: הפנייה תיסגר ללא טיפול",
}
