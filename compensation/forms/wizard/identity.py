"""Who files, and where notices are served."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_portal.people.forms import PhoneField

from ...services.drafting import Saved
from .base import StepForm


class StartForm(forms.Form):
    """For whom the claim is filed; only those for whom the user may file are offered (CMP-3.4.2-f)."""

    customer = forms.TypedChoiceField(
        label=_("For whom do you file?"), coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, customers: list[tuple[int, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = self.fields["customer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = customers


class IdentityForm(StepForm):
    """The address for service: decisions and demands are served there (CMP-8.10-a)."""

    email = forms.EmailField(
        label=_("E-mail for notices"),
        help_text=_("Filing online is consent to be served by e-mail. Check the spam folder too."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    mobile = PhoneField(
        mobile=True, label=_("Mobile phone for messages"), help_text=_("Each notice is also told by SMS.")
    )
    sections = ((_("Where we write to"), _("Keep it up to date: periods begin when a notice is served."),
                 ("email", "mobile")),)  # fmt: skip

    def saved(self) -> Saved:
        return Saved(claimant={name: self.value(name) for name in ("email", "mobile") if self.value(name)})
