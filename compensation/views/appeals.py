"""What the fund records of an appeal to the committee and to the District Court (clause 10)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from crm_portal.people.permissions import may

from ..forms.objections import CommitteeForm, CourtDecisionForm, CourtForm, HearingForm, RecordedAppealForm
from ..rules.access import Action
from ..services import appealing
from .acting import FORM
from .reviews import act_on, with_appeal, with_objection


@FORM
@may(Action.RECORD_APPEAL)
def record_appeal(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim = with_objection(request, number, pk)
    form = RecordedAppealForm(request.POST, request.FILES)

    def given(sent: forms.Form) -> dict[str, Any]:
        clean = dict(sent.cleaned_data)
        del clean["has_copies"]
        return {**clean, "copies": form.copies}

    arguments = {"objection_id": pk, "claims": [claim.pk]}
    return act_on(request, claim, appealing.file, _("The appeal was recorded."), "appeal", form, arguments, given=given)


@FORM
@may(Action.RECORD_APPEAL)
def hearing(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_appeal(request, number, pk), _("The hearing was recorded.")
    return act_on(request, claim, appealing.set_hearing, said, "hearing", HearingForm(request.POST), {"appeal_id": pk})


@FORM
@may(Action.RECORD_APPEAL)
def committee(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_appeal(request, number, pk), _("The committee's decision was recorded.")
    return act_on(request, claim, appealing.decide, said, "committee", CommitteeForm(request.POST), {"appeal_id": pk})


@FORM
@may(Action.RECORD_APPEAL)
def court(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, said = with_appeal(request, number, pk), _("The appeal to the District Court was recorded.")
    return act_on(request, claim, appealing.appeal_to_court, said, "court", CourtForm(request.POST), {"appeal_id": pk})


@FORM
@may(Action.RECORD_APPEAL)
def court_decision(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    claim, form = with_appeal(request, number, pk), CourtDecisionForm(request.POST)
    said = _("The court's decision was recorded.")
    return act_on(request, claim, appealing.decide_in_court, said, "court_decision", form, {"appeal_id": pk})
