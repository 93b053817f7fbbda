"""What the inquirer's own page does besides writing: his reading is noted."""

from datetime import datetime

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Inquiry, Message
from ..rules.codes import Side
from . import reading


@command("inquiry.view", target="inquiry_id")
def read_own(*, inquiry_id: int, by: User, at: datetime) -> Inquiry:
    """
    Note that the inquirer opened his inquiry (CRM-2-b), and that he has now seen the answers in it.

    :raises Refused: OUT_OF_SCOPE when it is not his
    """
    if by.is_employee:
        raise refuse(Code.OUT_OF_SCOPE)
    inquiry = reading.view(inquiry_id=inquiry_id, by=by, at=at)
    Message.objects.filter(inquiry=inquiry, side=Side.EMPLOYEE.value, read_at=None).update(read_at=at)
    return inquiry
