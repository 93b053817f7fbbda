"""What the representation box of an inquiry shows (E5): how the representative stands to it, and what may be done."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels
from ..forms.representation import CheckForm, OwnNameForm, UnmarkForm
from ..models import ClosingReason, Inquiry, StatusHistory
from ..rules.access import Action
from ..rules.codes import ClosingReasonCode, HistoryEvent, Status
from ..rules.fields import NOT_EXISTING
from ..selectors.representation import Standing, filing_of, powers_attached, standing_of
from ..selectors.visibility import may_supervise

if TYPE_CHECKING:
    from .tabs import Shown


def box(shown: "Shown") -> Mapping[str, Any]:
    """What the representation box needs: how things stand, and the forms of what may be done about it."""
    inquiry, user = shown.inquiry, shown.user
    standing = standing_of(inquiry)
    context: dict[str, Any] = {
        "standing": standing,
        "closed_status": dict(labels.STATUS)[Status.CLOSED_NO_TREATMENT.value],
        "named_reason": ClosingReason.objects.get(pk=ClosingReasonCode.NOT_OPENED_FOR_CUSTOMER)
        if standing.is_blocked
        else None,
    }
    if not inquiry.is_active:
        return context
    version = {"version": inquiry.version}
    if shown.rights.edits:
        if standing.is_own_name and standing.mark is None:
            context["own_name_form"] = OwnNameForm(initial=version, auto_id="own_%s")
        if standing.needs_check:
            context["check_form"] = check_form(inquiry, standing, initial=version)
    if standing.mark is not None and user.may(Action.UNMARK_OWN_NAME) and may_supervise(user, inquiry):
        context["unmark_form"] = UnmarkForm(initial=version, auto_id="unmark_%s")
    return context


def check_form(
    inquiry: Inquiry, standing: Standing, *, data: Any = None, initial: Mapping[str, Any] | None = None
) -> CheckForm:
    number = inquiry.assessment_number.strip(NOT_EXISTING)
    values = {**(initial or {}), "assessment_number": number, "ground": standing.check.ground if standing.check else ""}
    return CheckForm(data, powers=powers_attached(inquiry), initial=values, auto_id="check_%s")


def estate(shown: "Shown") -> Mapping[str, Any]:
    """What the real-estate box needs beside its form: how far the computerised file has come (CRM-6.6-j)."""
    return {"filing": filing_of(shown.inquiry)}


def identification(shown: "Shown") -> Mapping[str, Any]:
    """How somebody abroad was identified: the method, what was seen and by whom (CRM-7-u)."""
    steps = StatusHistory.objects.filter(inquiry=shown.inquiry, event=HistoryEvent.VERIFICATION.value)
    return {"identified": steps.select_related("by").first()}
