"""The choice between the regulations, and the track (CMP-2.2-a)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ... import labels
from ...rules.codes import Regime, Track
from ...services.drafting import Saved
from .base import DayField, PercentField, StepForm

DECLARATION = {
    Regime.TEMPORARY_ORDER: _(
        "I choose to file under the temporary order, and know that one claimant files on one track only."
    ),
    Regime.MAIN_REGULATIONS: _(
        "I choose to file under the main regulations (the red track), and know that they govern the whole claim."
    ),
}


class TrackForm(StepForm):
    """Only the tracks that are open to the business are offered (CMP-2.6-a)."""

    regime = forms.ChoiceField(
        label=_("Under which regulations do you file?"), choices=labels.REGIME, widget=forms.RadioSelect
    )
    track = forms.ChoiceField(label=_("Track"), widget=forms.RadioSelect)
    declares = forms.BooleanField(label=_("I made this choice and declare it"))
    advance_then_green = forms.BooleanField(
        required=False,
        label=_("I know that after an advance and a claim on a green track I cannot ask for the red track"),
    )
    aid_plan_number = forms.CharField(
        label=_("Number of the claim under the Aid Plan Law"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    aid_plan_on = DayField(label=_("Filed on"), required=False)
    aid_plan_rate = PercentField(label=_("Drop rate of turnover in that claim, in percent"), required=False)

    def __init__(self, *args: Any, tracks: list[Track], warns: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        words = dict(labels.TRACK)
        regime, track = self.fields["regime"], self.fields["track"]
        assert isinstance(track, forms.ChoiceField) and isinstance(regime, forms.ChoiceField)  # noqa: S101, PT018
        track.choices = [(one.value, words[one.value]) for one in tracks]
        if not warns:
            del self.fields["advance_then_green"]
        is_red, is_green = Track.RED in tracks, any(one is not Track.RED for one in tracks)
        open_regimes = {
            Regime.MAIN_REGULATIONS.value: is_red,
            Regime.TEMPORARY_ORDER.value: is_green,
        }
        regime.choices = [pair for pair in labels.REGIME if open_regimes[pair[0]]]

    def saved(self) -> Saved:
        return Saved()

    def aid_plan(self) -> dict[str, str]:
        """The claim under the Aid Plan Law, as far as it is told (CMP-2.6-g)."""
        on = self.value("aid_plan_on", None)
        given = {
            "number": self.value("aid_plan_number"),
            "on": on.isoformat() if on else "",
            "drop_rate": self.value("aid_plan_rate"),
        }
        return {name: value for name, value in given.items() if value}
