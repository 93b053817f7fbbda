"""The registration of a section-60 representative."""

from django import forms
from django.utils.translation import gettext_lazy as _

LATIN = {"dir": "ltr", "autocomplete": "off"}


class Section60Form(forms.Form):
    """A representative and a foreign business; the service says what is missing."""

    representative_id_number = forms.CharField(
        label=_("ID number of the representative"),
        help_text=_("Somebody with a card of the representatives' network, who lives in Israel."),
        required=False,
        max_length=12,
        widget=forms.TextInput({**LATIN, "inputmode": "numeric"}),
    )
    business_name = forms.CharField(label=_("Name of the foreign business"), required=False, max_length=120)
    country = forms.CharField(
        label=_("Country"), help_text=_("Two Latin letters, such as FR."), required=False, max_length=2,
        widget=forms.TextInput(LATIN),
    )  # fmt: skip
    foreign_number = forms.CharField(
        label=_("Registration number abroad"), required=False, max_length=32, widget=forms.TextInput(LATIN)
    )
    use_required_attribute = False
