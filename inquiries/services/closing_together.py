"""Close similar inquiries of one customer with one answer (CRM-4.1-g, CRM-5.2.8-a)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.codes import ClosingReasonCode, Status
from ..selectors import visibility
from ..selectors.related import similar_to
from . import assigning, closing, moving, triplets
from .assigning import Outcome


def close_together(
    *,
    inquiry_id: int,
    other_ids: Sequence[int],
    by: User,
    at: datetime,
    version: int | None = None,
    verdict: str = "",
    verdicts: Mapping[int, str] | None = None,
    **answer: Any,
) -> list[Outcome]:
    """
    Close the answered inquiry successfully, then each of the others without treatment, naming the answered one.

    `answer` is what `closing.close_success` takes; `verdict` and `verdicts` say of the answered one and of the others
    whether the customer's triplet is right, and are kept also when the closing is refused. When the answered one cannot
    be closed nothing more is done; after it each of the others is a command of its own, and one that is refused is
    reported and stops no other.

    :raises Refused: whatever refuses the closing of the answered one
    """
    if verdict:
        version = triplets.set_validation(inquiry_id=inquiry_id, verdict=verdict, by=by, at=at, version=version).version
    answered = closing.close_success(inquiry_id=inquiry_id, by=by, at=at, version=version, **answer)
    numbers = dict(Inquiry.objects.filter(pk__in=other_ids).values_list("pk", "number"))
    outcomes = [Outcome(answered.pk, answered.number or "", ok=True)]
    for other_id in dict.fromkeys(other_ids):
        refused = None
        try:
            close_identical(
                inquiry_id=other_id, answered_id=answered.pk, by=by, at=at, verdict=(verdicts or {}).get(other_id, "")
            )
        except Refused as reason:
            refused = reason
        outcomes.append(Outcome(other_id, numbers.get(other_id) or "", refused is None, refused))
    return outcomes


@command("inquiry.close_identical", target="inquiry_id")
def close_identical(*, inquiry_id: int, answered_id: int, by: User, at: datetime, verdict: str = "") -> Inquiry:
    """
    Close one similar inquiry by its own guards; from the queue of one's own team it is taken first.

    :raises Refused: OUT_OF_SCOPE, NOT_ASSIGNED_TO_YOU naming a colleague, INVALID_VALUE when it is not similar, and
        whatever refuses a closing without treatment
    """
    answered = Inquiry.objects.select_related("triplet").get(pk=answered_id)
    inquiry = moving.lock(inquiry_id)
    moving.handled(inquiry, by)
    if inquiry.is_closed:
        raise refuse(Code.INQUIRY_CLOSED, clause="CRM-4.1-g")
    is_answered = answered.status == Status.CLOSED_SUCCESS.value
    if not is_answered or not similar_to(answered).filter(pk=inquiry.pk).exists():
        raise refuse(Code.INVALID_VALUE, "others", clause="CRM-4.1-g")
    if inquiry.representative_id != answered.representative_id:  # he could not read the answer it names (5.2.8)
        raise refuse(Code.INVALID_VALUE, "others", clause="CRM-5.2.8-a", because="another_inquirer")
    if inquiry.owner_id is None and inquiry.handling_team_id in visibility.team_ids(by):
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=by, at=at)
    if verdict:
        triplets.set_validation(inquiry_id=inquiry.pk, verdict=verdict, by=by, at=at)
    return closing.close_no_treatment(
        inquiry_id=inquiry.pk,
        by=by,
        at=at,
        closing_reason=ClosingReasonCode.IDENTICAL_INQUIRY.value,
        proposed_solution=internal_note(answered),
        reply="" if inquiry.is_phone else reply_naming(answered),
    )


def internal_note(answered: Inquiry) -> str:
    """The proposed solution of an inquiry closed along with the answered one."""
    return f"פנייה זהה לפנייה {answered.number}, שבה נשלח מענה."


def reply_naming(answered: Inquiry) -> str:
    """What the customer reads on an inquiry closed along with the answered one."""
    return f"פנייה זו זהה לפנייה {answered.number}. המענה המלא נשלח בפנייה {answered.number}."
