"""What the panels beside the tabs of an inquiry draw; `views/tabs.py` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..forms.consulting import AnswerForm
from ..models import Consultation
from ..rules.access import MANAGERS, Action
from ..selectors.consulting import consultations_of
from ..selectors.contacts import contacts_for
from ..selectors.visibility import may_supervise, unit_ids

if TYPE_CHECKING:
    from .tabs import Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One consultation in the panel of its inquiry, and what the reader may do with it."""

    consultation: Consultation
    form: AnswerForm | None
    withdraws: bool


def consultations(shown: "Shown") -> Mapping[str, Any]:
    """The questions about the inquiry, and the forms of who may answer: one query (CRM-6.5-b)."""
    asked = consultations_of(shown.inquiry)
    rows = [_row(shown, one) for one in asked]
    holds_back = any(one.is_open for one in asked) and shown.inquiry.is_active
    return {"consultations": rows, "consultation_holds_back": holds_back}


def _row(shown: "Shown", one: Consultation) -> Row:
    user, is_open = shown.user, one.is_open and shown.inquiry.is_active
    manages = user.holds(*MANAGERS) and one.addressee.holds(*MANAGERS) and may_supervise(user, shown.inquiry)
    answers = is_open and (one.addressee_id == user.pk or (manages and one.asked_by_id != user.pk))
    asked = shown.rights.handles and user.pk in (one.asked_by_id, shown.inquiry.owner_id)
    return Row(one, AnswerForm(of=one.pk) if answers else None, withdraws=is_open and asked)


def contacts(shown: "Shown") -> Mapping[str, Any]:
    """Whom to ask when the right team is in doubt: one query (CRM-6.4-e)."""
    return {"contacts": contacts_for(shown.inquiry)}


def is_reviewed(shown: "Shown") -> bool:
    """Whether there is an answer that the reader, a manager of the unit, may grade (CRM-2-c)."""
    inquiry, user = shown.inquiry, shown.user
    return bool(inquiry.answer_count) and user.may(Action.REVIEW_QUALITY) and inquiry.handling_unit_id in unit_ids(user)
