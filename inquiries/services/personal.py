"""What the inquirer's own page does besides writing: reading is noted (CRM-2-b)."""

from datetime import datetime

from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Inquiry, Message
from ..rules.codes import Side
from ..selectors.visibility import visible_to


@command("inquiry.read_own", target="inquiry_id")
def read_own(*, inquiry_id: int, by: User, at: datetime) -> Inquiry:
    """
    Note that the inquirer opened his inquiry, and that he has now seen the answers in it.

    :raises Refused: OUT_OF_SCOPE when it is not his
    """
    inquiry = visible_to(by).filter(pk=inquiry_id).first()
    if inquiry is None or by.is_employee:
        raise refuse(Code.OUT_OF_SCOPE)
    Message.objects.filter(inquiry=inquiry, side=Side.EMPLOYEE.value, read_at=None).update(read_at=at)
    recording.record("inquiry.read", by=by, at=at, target=inquiry, outcome=Outcome.READ)
    return inquiry
