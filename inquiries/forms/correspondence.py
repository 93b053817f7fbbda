"""An employee's message and file (screens E6 and E9)."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm_portal.ui.forms import FilesField

from ..models import ResponseTemplate

THIN_REPLY = _("I have read the reply: short as it is, it answers what was asked")
SHOWN = [("yes", _("Yes")), ("no", _("No"))]


class FromTemplate(forms.Form):
    """What a form that writes to the customer says of the template its text began from (CRM-2.2.5-c)."""

    template = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confirm_thin_reply = forms.BooleanField(label=THIN_REPLY, required=False)

    @cached_property
    def template_used(self) -> ResponseTemplate | None:
        """The template that was inserted, to be named beside the text."""
        marked = str(self["template"].value() or "")
        return ResponseTemplate.objects.filter(pk=marked).first() if marked.isdecimal() else None


class MessageForm(FromTemplate):
    """A message to the customer that leaves the status as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)  # a double click sends once
    text = forms.CharField(label=_("New message"), required=False, widget=forms.Textarea({"rows": 3}))
    uploads = FilesField(label=_("Files"), required=False)
    confirm_representation = forms.BooleanField(
        label=_("I have seen that the representation was not checked in this tax system"), required=False
    )
    use_required_attribute = False


class AttachmentForm(forms.Form):
    """A new file; whether the customer sees it has no default for an employee's file (CRM-5.1.3-a)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    upload = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    show_on_internet = forms.ChoiceField(
        label=_("Show on the internet"), choices=SHOWN, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Notes"),
        help_text=_("For employees only."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marked = [self.fields[name] for name in ("upload", "show_on_internet", "note")]

    def mark_required(self) -> None:
        """Mark what must be filled; the service is who refuses, so that the refusal is in the audit."""
        for field in self.marked:
            field.required = True

    @property
    def shown(self) -> bool | None:
        """The choice; none when nothing was chosen."""
        chosen = self.cleaned_data.get("show_on_internet")
        return chosen == "yes" if chosen else None


class AttachmentNoteForm(forms.Form):
    """What may be changed about a file that is there (CRM-5.1.2-a)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    show_on_internet = forms.ChoiceField(label=_("Show on the internet"), choices=SHOWN, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Notes"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
