"""Which employee the inquirer may know by name (6.8)."""

from collections.abc import Collection

from ..models import Inquiry, Message, StatusHistory
from ..rules.codes import HistoryEvent, Side, Status


def treated_by(inquiries: Collection[Inquiry]) -> dict[int, str]:
    """
    Who treated each inquiry, where the inquirer may know (CRM-6.8-a).

    The author of the last answer; for a phone inquiry without one, the employee who closed it; nobody for an inquiry
    that was opened where names are hidden.
    """
    named = {
        inquiry.pk
        for inquiry in inquiries
        if inquiry.opening_unit is None or not inquiry.opening_unit.hide_employee_name
    }
    answers = (
        Message.objects.filter(inquiry__in=named, side=Side.EMPLOYEE.value)
        .order_by("inquiry", "-sent_at", "-id")
        .distinct("inquiry")
    )
    names = dict(answers.values_list("inquiry_id", "author_name"))
    silent = {i.pk for i in inquiries if i.pk in named - names.keys() and i.is_phone and i.is_closed}
    if silent:
        closings = StatusHistory.objects.filter(
            inquiry__in=silent, event=HistoryEvent.STATUS_CHANGE.value, by__kind="employee",
            to_status__in=[Status.CLOSED_SUCCESS.value, Status.CLOSED_NO_TREATMENT.value],
        ).order_by("inquiry", "-at", "-id").distinct("inquiry")  # fmt: skip
        names |= dict(closings.values_list("inquiry_id", "by_name"))
    return names
