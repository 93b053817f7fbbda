"""A manager grades an answer; the customer never sees it (CRM-2-c)."""

from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.people.models import User

from ..models import Message, QualityReview
from ..models.supervision import GRADES
from ..rules.access import Action
from ..rules.codes import Side
from ..rules.fields import missing
from ..selectors.visibility import unit_ids
from . import moving


@command("quality.review", target="inquiry_id")
def grade(
    *, inquiry_id: int, message_id: int, by: User, at: datetime, grade: int | None, remark: str = ""
) -> QualityReview:
    """
    Grade one answer; a manager who grades it again replaces his former grade, and the audit keeps both.

    :raises Refused: PERMISSION_DENIED, OUT_OF_SCOPE for another unit's inquiry or another's message, FIELD_REQUIRED,
        INVALID_VALUE for a grade that is none, or for one's own answer
    """
    if not by.may(Action.REVIEW_QUALITY):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-2-c")
    inquiry = moving.lock(inquiry_id)  # two grades of one manager at once leave one row
    moving.seen(inquiry, by)
    message = Message.objects.filter(inquiry=inquiry, pk=message_id, side=Side.EMPLOYEE.value).first()
    if message is None or inquiry.handling_unit_id not in unit_ids(by):
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-2-c")
    if message.author_id == by.pk:
        raise refuse(Code.INVALID_VALUE, "grade", clause="CRM-2-c", because="own_answer")
    refuse_if(missing({"grade": grade}, "CRM-2-c"))
    if grade not in dict(GRADES):
        raise refuse(Code.INVALID_VALUE, "grade", clause="CRM-2-c")
    former = QualityReview.objects.filter(message=message, reviewed_by=by).first()
    review = former or QualityReview(inquiry=inquiry, message=message, reviewed_by=by)
    before = {"grade": review.grade, "remark": review.remark} if former else None
    review.grade, review.remark, review.reviewed_at = grade, remark.strip(), at
    review.save()
    after = {"message": message.pk, "grade": grade, "remark": review.remark}
    record("quality.review", by=by, at=at, target=inquiry, before=before, after=after)
    return review
