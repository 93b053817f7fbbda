"""What the pages of objections, appeals and corrections send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.ui.forms import FilesField

from .. import labels
from ..models.appeals import COPIES
from ..rules.codes import CorrectionGround
from .reviewing import LONGEST, ProposalForm


def _words(label: Any, rows: int = 4, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=12, decimal_places=0, min_value=0)


class ObjectionForm(forms.Form):
    amount = _amount(_("The amount you ask for"))
    grounds = _words(_("Grounds and details"), 8)
    mobile = forms.CharField(
        label=_("Mobile for the confirmation"), max_length=20, widget=forms.TextInput(attrs={"type": "tel"})
    )
    uploads = FilesField(label=_("Files"), required=False)


class AnswerForm(forms.Form):
    text = _words(_("Your answer"), 6, required=False)
    uploads = FilesField(label=_("Files"), required=False)


class AskForm(forms.Form):
    text = _words(_("What is asked for"))
    due_on = _day(_("To be answered by"))


class ExtendForm(forms.Form):
    extended_to = _day(_("Extend until"))
    reason = _words(_("Special reasons"), 3)


class ObjectionDecisionForm(ProposalForm):
    """The officer's decision; `version` is that of the objection."""


class CorrectionForm(ProposalForm):
    ground = forms.ChoiceField(
        label=_("Ground of the correction"), choices=labels.CORRECTION_GROUND, widget=forms.RadioSelect
    )

    def clean_ground(self) -> CorrectionGround:
        return CorrectionGround(self.cleaned_data["ground"])


class AppealForm(forms.Form):
    grounds = _words(_("All grounds of the appeal"), 8)
    uploads = FilesField(label=_("Attachments"), required=False)
    has_copies = forms.BooleanField(label=_("Four copies were delivered to the committee"))
    has_all_attachments = forms.BooleanField(label=_("All details and attachments are included"))
    lawyer = forms.CharField(label=_("Lawyer, if one files it"), required=False, max_length=120)
    power_of_attorney = forms.FileField(label=_("The lawyer's power of attorney"), required=False)

    @property
    def copies(self) -> int:
        return COPIES if self.cleaned_data["has_copies"] else 0


class RecordedAppealForm(AppealForm):
    filed_on = _day(_("Filed with the committee on"))


class HearingForm(forms.Form):
    on = _day(_("Day of the hearing"))
    place = forms.CharField(label=_("Place"), max_length=120)
    note = _words(_("Note"), 2, required=False)


class CommitteeForm(forms.Form):
    decided_on = _day(_("Decided on"))
    served_on = _day(_("Served on"), required=False)
    amount = _amount(_("Amount by the decision"))
    text = _words(_("What was decided and why"))


class CourtForm(forms.Form):
    filed_on = _day(_("Filed on"))
    attorney_copy_on = _day(_("Copy to the district attorney on"), required=False)
    number = forms.CharField(label=_("Number of the case"), required=False, max_length=40)
    legal_question = _words(_("The question of law"), 3)


class CourtDecisionForm(forms.Form):
    decided_on = _day(_("Decided on"))
    amount = _amount(_("Amount by the decision"))
    text = _words(_("What was decided and why"))


class TaskForm(forms.Form):
    outcome = forms.CharField(label=_("What was done"), max_length=LONGEST)
