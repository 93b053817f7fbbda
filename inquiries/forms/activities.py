"""A new e-mail, SMS or phone call on record (screen E10). None has an address: it is in the registration (2.2.7)."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.messaging.rules.states import MessageChannel

from ..models import Attachment
from ..rules.codes import ActivityKind
from ..selectors.recipients import Recipient

DIRECTIONS = [("outbound", _("We called")), ("inbound", _("The customer called"))]


class ActivityForm(forms.Form):
    """What every kind shares."""

    kind: ActivityKind
    version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False


class _ToRegistered(ActivityForm):
    """The choice among the registered people, where there is one."""

    channel: MessageChannel
    party = forms.ChoiceField(label=_("To whom"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, recipients: Sequence[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = [one for one in recipients if one.by(self.channel)]
        party = cast("forms.ChoiceField", self.fields["party"])
        party.choices = [(one.party.value, f"{one.name} · {one.by(self.channel)}") for one in self.recipients]
        party.valid_value = _is_short  # type: ignore[method-assign]  # whom the service refuses, the audit tells of
        if self.recipients:
            party.initial = self.recipients[0].party.value


class EmailForm(_ToRegistered):
    """A new e-mail, with files of the inquiry that may leave."""

    kind, channel = ActivityKind.EMAIL, MessageChannel.EMAIL
    subject = forms.CharField(label=_("Subject"), required=False, max_length=150)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 6, "dir": "auto"})
    )
    files = forms.TypedMultipleChoiceField(  # type: ignore[assignment]  # becomes a field, and Form.files stays
        label=_("Files to send"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, attachments: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takes = any(one.takes_files for one in self.recipients)
        sendable = [one for one in attachments if one.file.state == "clean" and one.show_on_internet]
        files = cast("forms.TypedMultipleChoiceField", self.fields["files"])
        files.choices = [(one.pk, one.file.name) for one in sendable] if takes else []
        files.valid_value = _is_number  # type: ignore[method-assign]  # the service says why another may not leave
        for name in ("subject", "text"):
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]


class SmsForm(_ToRegistered):
    """A new SMS: text and links."""

    kind, channel = ActivityKind.SMS, MessageChannel.SMS
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Text and links only, up to 480 characters."),
        required=False,
        max_length=480,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].must_be_filled = True  # type: ignore[attr-defined]


class CallForm(ActivityForm):
    """A phone call that took place."""

    kind = ActivityKind.PHONE_CALL
    took_place_at = forms.DateTimeField(
        label=_("When it took place"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
    )
    direction = forms.ChoiceField(
        label=_("Who called"), choices=DIRECTIONS, initial="outbound", widget=forms.RadioSelect
    )
    summary = forms.CharField(
        label=_("Summary of the call"), required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("took_place_at", "summary"):
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]


def _is_short(value: str) -> bool:
    return len(value) <= 20


def _is_number(value: str) -> bool:
    return str(value).isdecimal() and len(str(value)) < 16
