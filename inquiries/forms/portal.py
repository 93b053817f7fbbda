"""
What the personal area's pages send.

The forms only parse. Whether a field is missing, a topic is open to customers or a file is acceptable, the service
says, so that every refusal is the same on each way in and stands in the audit.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.people.forms import PhoneField
from crm_portal.people.models import Customer
from crm_portal.ui.forms import FilesField
from routing.models import Triplet

NOTHING = ("", _("Choose from the list"))
CUSTOMER, SECTION_60, SELF, CLIENT = "customer", "section_60", "self", "client"  # in whose name an office writes


def new_key() -> str:
    """A key by which a form that was sent twice is known."""
    return uuid.uuid4().hex


class PortalForm(forms.Form):
    """A form whose mandatory fields are marked here and demanded by the service."""

    asked: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.asked:
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]


class TopicsForm(PortalForm):
    """The triplet, level by level: each level offers what belongs to the one above (CRM-4.1-b)."""

    asked: tuple[str, ...] = ("main_topic", "sub_topic", "triplet")
    main_topic = forms.CharField(label=_("Main topic"), required=False, widget=forms.Select)
    sub_topic = forms.CharField(label=_("Sub topic"), required=False, widget=forms.Select)
    triplet = forms.IntegerField(label=_("Topic detail"), required=False, widget=forms.Select)
    tax_year = forms.IntegerField(
        label=_("Tax year"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
        error_messages={"invalid": _("Write the year in four digits.")},
    )  # fmt: skip

    def __init__(self, *args: Any, triplets: Iterable[Triplet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.triplets = list(triplets)
        main, sub = self._sent("main_topic"), self._sent("sub_topic")
        below_main = [t for t in self.triplets if t.main_topic == main]
        below_sub = [t for t in below_main if t.sub_topic == sub]
        self._offer("main_topic", [(t.main_topic, t.main_topic) for t in self.triplets])
        self._offer("sub_topic", [(t.sub_topic, t.sub_topic) for t in below_main])
        self._offer("triplet", [(t.pk, t.detail) for t in below_sub])
        self.chosen = next((t for t in below_sub if str(t.pk) == self._sent("triplet")), None)
        if self.chosen is not None and self.chosen.tax_year_required:
            self.fields["tax_year"].must_be_filled = True  # type: ignore[attr-defined]

    def _sent(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")) if self.is_bound else str(self.initial.get(name, ""))

    def _offer(self, name: str, choices: Iterable[tuple[object, str]]) -> None:
        select = self.fields[name].widget
        assert isinstance(select, forms.Select)  # noqa: S101 - declared above
        select.choices = [NOTHING, *dict.fromkeys(choices)]

    @property
    def asks_tax_year(self) -> bool:
        """Whether the chosen triplet wants a tax year; before a choice nobody is asked."""
        return self.chosen is not None and self.chosen.tax_year_required

    @property
    def open_level(self) -> str:
        """The level that is to be chosen next: where a missing topic is told, since the lower ones are not shown."""
        return next((level for level in ("main_topic", "sub_topic") if not self._sent(level)), "triplet")

    @property
    def levels_disagree(self) -> bool:
        """Whether a triplet was sent that does not belong to the levels sent with it."""
        named = next((t for t in self.triplets if str(t.pk) == self._sent("triplet")), None)
        return named is not None and self.chosen is None


class NewInquiryForm(TopicsForm):
    """A new inquiry. There is no team and no office to choose (CRM-6.4-a)."""

    # as the page shows them
    field_order = ("on_behalf", "foreign_customer", "customer_id_number", "assessment_number", "description")
    asked: tuple[str, ...] = (*TopicsForm.asked, "description")
    description = forms.CharField(
        label=_("What is it about?"), required=False, widget=forms.Textarea(attrs={"rows": 6}), strip=False,
        help_text=_("In your own words: what happened, what you ask for, and by when it matters."),
    )  # fmt: skip
    files = FilesField(  # type: ignore[assignment]
        label=_("Documents"),
        required=False,
        help_text=_("Several files may be chosen. Each is checked before it is read."),
    )
    submission_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    suggested = forms.CharField(required=False, widget=forms.HiddenInput)  # the topics that were offered, signed


class OfficeInquiryForm(NewInquiryForm):
    """A new inquiry from a representative's office: for a customer, for a foreign business, or in its own name."""

    asked: tuple[str, ...] = (*NewInquiryForm.asked, "on_behalf")
    on_behalf = forms.ChoiceField(label=_("In whose name?"), required=False, widget=forms.RadioSelect)
    foreign_customer = forms.TypedChoiceField(
        label=_("The foreign business"), required=False, coerce=int, empty_value=None,
        help_text=_("Businesses abroad in whose place the office stands before VAT (section 60)."),
    )  # fmt: skip
    customer_id_number = forms.CharField(
        label=_("The customer's ID number"), required=False, help_text=_("Nine digits, with the check digit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    assessment_number = forms.CharField(
        label=_("Assessment number"), required=False, help_text=_("In real-estate taxation only."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, foreign: Iterable[Customer] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        businesses = [(str(one.pk), str(one)) for one in foreign]
        whose = [
            (CUSTOMER, _("A represented customer")),
            (SELF, _("The office's own name, in its own matter")),
            (CLIENT, _("The office's own name, about a client")),
        ]
        if businesses:
            whose.insert(1, (SECTION_60, _("A foreign business, as its section-60 representative")))
            self.fields["foreign_customer"].choices = [NOTHING, *businesses]  # type: ignore[attr-defined]
        else:
            del self.fields["foreign_customer"]
        self.fields["on_behalf"].choices = whose  # type: ignore[attr-defined]

    @property
    def whose(self) -> str:
        """In whose name, as it was sent or stands in the form."""
        return self._sent("on_behalf")

    def relation(self) -> dict[str, Any]:
        """What names the relation to be checked, of a form that is not sent yet."""
        foreign = self._sent("foreign_customer")
        return {
            "triplet_id": self.chosen.pk if self.chosen else None,
            "customer_id_number": self._sent("customer_id_number"),
            "assessment_number": self._sent("assessment_number"),
            "foreign_customer_id": int(foreign) if self.whose == SECTION_60 and foreign.isdecimal() else None,
        }

    @property
    def may_be_checked(self) -> bool:
        """Whether all that the check needs is there: a topic, and a number or a business."""
        named = self._sent("foreign_customer") if self.whose == SECTION_60 else self._sent("customer_id_number").strip()
        return self.whose in (CUSTOMER, SECTION_60) and self.chosen is not None and bool(named)


class MessageForm(PortalForm):
    """A message on an inquiry, with files."""

    asked: tuple[str, ...] = ("text",)
    text = forms.CharField(
        label=_("Your message"), required=False, widget=forms.Textarea(attrs={"rows": 4}), strip=False
    )
    files = FilesField(label=_("Documents"), required=False)  # type: ignore[assignment]
    idempotency_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class GeneralQuestionForm(TopicsForm):
    """A general question of somebody who does not identify himself; the answer goes to the contact (CRM-2.2.1-b)."""

    asked: tuple[str, ...] = (*TopicsForm.asked, "description")
    description = forms.CharField(
        label=_("What is your question?"), required=False, widget=forms.Textarea(attrs={"rows": 6}), strip=False,
        help_text=_("A general question only. Leave out identity numbers, sums and other personal details."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The answer is sent here; give this or a mobile phone."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = PhoneField(label=_("Mobile phone"), required=False, mobile=True)
    submission_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
