"""What the sign-in and registration pages send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Refusal, Refused
from crm_portal.sentences import sentence

from . import labels, phones
from .rules import identity_numbers
from .rules.roles import ContactPreference


def explain(form: forms.BaseForm, refusals: Iterable[Refusal]) -> None:
    """Show refusals at the fields they concern; the others on top of the form."""
    for refusal in refusals:
        places: list[str | None] = [name for name in refusal.fields if name in form.fields]
        for place in places or [None]:
            form.add_error(place, sentence(refusal))


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 12 characters, neither common nor your name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    again = forms.CharField(
        label=_("The new password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two passwords differ. Type the same one twice."))
        return again


class RefusingField(forms.CharField):
    """A text field read by a rule; what the rule refuses is the field's error."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return text
        try:
            return self.read(text)
        except Refused as refused:
            raise forms.ValidationError([sentence(refusal) for refusal in refused.refusals]) from refused

    def read(self, text: str) -> str:
        raise NotImplementedError


class IdNumberField(RefusingField):
    """An Israeli identity or company number; cleans to nine digits."""

    widget = forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "username"})

    def read(self, text: str) -> str:
        return identity_numbers.normalise(text)


class PhoneField(RefusingField):
    """A phone number; cleans to E.164. `mobile=True` wants a mobile phone."""

    widget = forms.TextInput(attrs={"dir": "ltr", "type": "tel", "autocomplete": "tel-national"})

    def __init__(self, *, mobile: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.mobile = mobile

    def read(self, text: str) -> str:
        return phones.e164(text, mobile=self.mobile)

    def prepare_value(self, value: Any) -> Any:
        """A kept number as it is written in Israel; what was typed stays as it was typed."""
        return phones.national(value) if str(value).startswith("+") else value


class CodeField(forms.CharField):
    """Digits from a message or an authenticator app; spaces do not matter."""

    widget = forms.TextInput(
        attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12}
    )

    def clean(self, value: Any) -> str:
        return "".join(str(super().clean(value)).split())


class EmployeeForm(forms.Form):
    """First factor of an employee."""

    username = UsernameField(
        label=_("Username"), max_length=150, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "current-password"}),
    )


class CustomerForm(forms.Form):
    """Who asks for a code, and where it shall go."""

    id_number = IdNumberField(
        label=_("Identity or company number"), help_text=_("9 digits, check digit included"), max_length=20
    )
    channel = forms.ChoiceField(
        label=_("Where to send the code"),
        choices=[("sms", _("To the mobile phone")), ("email", _("To the e-mail address"))],
        initial="sms",
        widget=forms.RadioSelect,
    )


class CardForm(forms.Form):
    """The number that the reader of the smart card gives."""

    card_number = forms.CharField(
        label=_("Smart card number"),
        help_text=_("As printed on the card"),
        max_length=32,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    """A code typed back."""

    code = CodeField(label=_("The code"), max_length=20)


class IdentityForm(forms.Form):
    """First step of the registration: who it is (CRM-2.2.1-a)."""

    id_number = IdNumberField(
        label=_("Identity or company number"), help_text=_("9 digits, check digit included"), max_length=20
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        help_text=_("Of a company: the day of its registration"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    id_issued_on = forms.DateField(
        label=_("Date of issue of the identity card"),
        help_text=_("Of a company: the day of its certificate"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ContactForm(forms.Form):
    """Second step: the addresses that will be confirmed."""

    mobile = PhoneField(label=_("Mobile phone"), help_text=_("A code will be sent to it"), max_length=30, mobile=True)
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("A code will be sent to it"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contact_preference = forms.ChoiceField(
        label=_("How shall we write to you?"),
        choices=labels.CONTACT_PREFERENCE,
        initial=ContactPreference.EMAIL.value,
        widget=forms.RadioSelect,
    )


class OwnContactForm(ContactForm):
    """The same of somebody registered: a new address is used once its code was typed back (CRM-4.4-b)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("mobile", "email"):
            self.fields[name].help_text = _("When you change it, we send a code there and use it once you confirm.")


class ConfirmForm(forms.Form):
    """Third step: both codes. An address that is confirmed already needs none."""

    mobile_code = CodeField(label=_("The code sent to the mobile phone"), max_length=20)
    email_code = CodeField(label=_("The code sent by e-mail"), max_length=20)

    def __init__(self, *args: Any, confirmed: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for name in confirmed:
            del self.fields[f"{name}_code"]
