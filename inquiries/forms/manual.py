"""An inquiry opened by hand in an information centre (screen E14). There is no reply: a phone call has none (5.2)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Code as ErrorCode
from crm_portal.errors import Refused, refuse
from crm_portal.people.models import Customer
from crm_portal.people.rules.identity_numbers import normalise, normalise_foreign
from routing.models import Triplet
from routing.selectors import of_levels

from ..models import Channel, Inquiry
from .portal import new_key
from .triplets import LEVELS, TripletFields

LATIN = {"dir": "ltr", "autocomplete": "off"}
NUMBERS = ("id_number", "country", "foreign_number")
MUST = ("main_topic", "sub_topic", "detail", "description", "proposed_solution")


class ManualForm(TripletFields):
    """What the operator writes while talking; the service says what is missing."""

    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, required=False, initial=new_key, widget=forms.HiddenInput)  # a double click
    channel = forms.ChoiceField(label=_("Channel"), required=False, widget=forms.RadioSelect)
    id_number = forms.CharField(
        label=_("ID number of the customer"),
        help_text=_("Nine digits; for a general question without identification leave it empty."),
        required=False,
        max_length=12,
        widget=forms.TextInput({**LATIN, "inputmode": "numeric"}),
    )
    country = forms.CharField(
        label=_("Country"), help_text=_("Two Latin letters, such as FR."), required=False, max_length=2,
        widget=forms.TextInput(LATIN),
    )  # fmt: skip
    foreign_number = forms.CharField(
        label=_("Passport or registration number abroad"), help_text=_("As it stands in the document."),
        required=False, max_length=40, widget=forms.TextInput(LATIN),
    )  # fmt: skip
    last_name = forms.CharField(label=_("Last name, or company name"), required=False, max_length=120)
    first_name = forms.CharField(label=_("First name"), required=False, max_length=80)
    contact_name = forms.CharField(label=_("Name of the caller"), required=False, max_length=120)
    contact_phone = forms.CharField(label=_("Telephone"), required=False, max_length=20, widget=forms.TextInput(LATIN))
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    is_verified = forms.BooleanField(label=_("The caller was identified as the customer"), required=False)
    documents_seen = forms.CharField(
        label=_("Documents seen"), help_text=_("For a caller from abroad."), required=False, max_length=200
    )
    description = forms.CharField(label=_("Essence of the inquiry"), required=False, widget=forms.Textarea({"rows": 4}))
    proposed_solution = forms.CharField(
        label=_("Proposed solution"),
        help_text=_("Seen by employees only, in the status history."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, triplets: Sequence[Triplet], channels: Sequence[Channel], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.triplets = triplets
        channel = self.fields["channel"]
        channel.choices = [(one.code, one.name) for one in channels]  # type: ignore[attr-defined]
        channel.initial = channels[0].code if channels else ""
        self.offer(triplets)

    def mark_required(self) -> None:
        """Mark what must be filled; called when the form is drawn, so that the service is who refuses."""
        for name in MUST:
            self.fields[name].required = True

    @property
    def known(self) -> Customer | None:
        """The customer whose number, Israeli or foreign, stands in the form; None without a file."""
        typed = {name: str(self[name].value() or "") for name in NUMBERS}
        try:
            if typed["id_number"].strip():
                return Customer.objects.filter(id_number=normalise(typed["id_number"])).first()
            country, number = normalise_foreign(typed["country"], typed["foreign_number"])
        except Refused:
            return None
        return Customer.objects.filter(country=country, foreign_number=number).first()

    @property
    def is_foreign(self) -> bool:
        """Whether the customer is named by a number abroad (CRM-2.1.1-b)."""
        return any(str(self[name].value() or "").strip() for name in ("country", "foreign_number"))

    def triplet_id(self) -> int | None:
        """
        The triplet of the levels chosen; none when none was chosen.

        :raises Refused: FIELD_REQUIRED for a level left out, TRIPLET_INVALID when they do not belong together
        """
        levels = self.levels()
        if not any(levels.values()):
            return None
        if missing := [name for name, value in levels.items() if not value]:
            raise refuse(ErrorCode.FIELD_REQUIRED, *missing, clause="CRM-4.1-b")
        return of_levels(**levels).pk

    def given(self) -> dict[str, Any]:
        """What a draft holds, but for the customer."""
        names = ("contact_name", "contact_email", "contact_phone", "tax_year", "description")
        return {name: self.cleaned_data[name] for name in names} | {"triplet_id": self.triplet_id()}

    def check_identification(self) -> None:
        """
        Somebody identified has a number, or from abroad documents; asked before anything is opened.

        :raises Refused: FIELD_REQUIRED; INVALID_VALUE when two numbers are given for one customer
        """
        if self.is_foreign and self.cleaned_data["id_number"].strip():
            raise refuse(ErrorCode.INVALID_VALUE, "foreign_number", clause="CRM-2.1.1-b", because="one_number")
        abroad = self.cleaned_data["channel"] == "abroad_contact"
        needed = "documents_seen" if abroad else "foreign_number" if self.is_foreign else "id_number"
        if self.cleaned_data["is_verified"] and not self.cleaned_data[needed].strip():
            raise refuse(ErrorCode.FIELD_REQUIRED, needed, clause="CRM-2.2.1-c")

    @staticmethod
    def values_of(draft: Inquiry) -> dict[str, Any]:
        """A draft as the form shows it."""
        customer, triplet = draft.customer, draft.triplet
        return {
            "draft": draft.pk,
            "version": draft.version,
            "key": draft.submission_key or new_key(),
            "channel": draft.channel_id,
            **{
                name: getattr(customer, name) if customer else "" for name in ("id_number", "country", "foreign_number")
            },
            **{name: getattr(draft, name) for name in ("contact_name", "contact_phone", "contact_email")},
            **{level: getattr(triplet, level) if triplet else "" for level in LEVELS},
            "tax_year": draft.tax_year,
            "description": draft.description,
            "is_verified": draft.verified_at is not None,
        }
