"""What an employee has not read yet of an inquiry's correspondence (CRM-5.2.7-b)."""

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from ..models import Inquiry, Message, ReadMark
from ..rules.codes import Side


def unread_by(inquiry: Inquiry, user_id: int | None) -> int:
    """How many of the customer's messages came after the last one this employee read; all when he read none."""
    if inquiry.pk is None or user_id is None:
        return 0
    mark = ReadMark.objects.filter(inquiry=inquiry, user=user_id).values("message")
    messages = Message.objects.filter(inquiry=inquiry, side=Side.CUSTOMER.value)
    return messages.filter(id__gt=Coalesce(Subquery(mark), 0)).count()
