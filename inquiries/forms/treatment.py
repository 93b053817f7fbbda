"""The treatment form: a status, and the fields that this status asks for (screen E5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from routing.models import Team

from .. import labels
from ..models import ClosingReason, Inquiry
from ..rules.codes import Status, TripletValidation
from ..rules.fields import Field
from ..rules.states import Actor, allowed_targets
from ..services import judging
from .correspondence import FromTemplate

CONFIRMATIONS = ("confirm_return", "confirm_representation", "confirm_thin_reply")
# What a status may be given besides what it asks for.
_OPTIONAL: Mapping[Status | None, tuple[str, ...]] = {
    None: (Field.PROPOSED_SOLUTION,),
    Status.CLOSED_SUCCESS: (Field.PROPOSED_SOLUTION,),
    Status.FORWARDED: (Field.REPLY,),
}
VERDICT_FIRST = (Status.CLOSED_SUCCESS, Status.CLOSED_NO_TREATMENT, Status.FORWARDED)  # CRM-5.1.1-f
_CALLED = {"triplet_validation": "verdict"}  # the field of this form that a refusal names so
FIELDS = (Field.REPLY, Field.CLOSING_REASON, Field.TEAM, Field.PROPOSED_SOLUTION)


class TreatmentForm(FromTemplate):
    """What the owner does with the inquiry. Every refusal is the service's; the form only parses and draws."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Status"), required=False)
    reply = forms.CharField(
        label=_("Reply to the customer"),
        help_text=_("It appears in the personal area; an e-mail and an SMS tell that it is there."),
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    closing_reason = forms.ChoiceField(label=_("Closing reason"), required=False)
    team = forms.ChoiceField(label=_("Handling team"), required=False)
    proposed_solution = forms.CharField(
        label=_("Proposed solution"),
        help_text=_("Seen by employees only, in the status history."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    verdict = forms.ChoiceField(
        label=_("Is the triplet the inquirer chose right?"),
        choices=[(TripletValidation.CORRECT.value, _("Correct")), (TripletValidation.INCORRECT.value, _("Incorrect"))],
        required=False,
        widget=forms.RadioSelect,
    )
    confirm_return = forms.BooleanField(
        label=_("Forward although the team already had the inquiry and the triplet was not changed"), required=False
    )
    confirm_representation = forms.BooleanField(
        label=_("I have seen that the representation was not checked in this tax system"), required=False
    )

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        inquiry: Inquiry,
        reasons: Iterable[ClosingReason] = (),
        teams: Sequence[Team] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.inquiry, self.teams = inquiry, {str(team.pk): team for team in teams}
        words = dict(labels.STATUS)
        self.targets = allowed_targets(Status(inquiry.status), Actor.OWNER)
        keep = gettext("No change: %(status)s") % {"status": words[inquiry.status]}
        choose = ("", gettext("Choose from the list"))
        self.choices("status", [("", keep), *((target.value, words[target.value]) for target in self.targets)])
        self.choices("closing_reason", [choose, *((reason.code, reason.name) for reason in reasons)])
        self.choices("team", [choose, *((str(team.pk), str(team)) for team in teams)])
        if inquiry.is_phone:
            del self.fields["reply"], self.fields["template"]
        if not inquiry.customer_triplet_id or inquiry.triplet_validation != TripletValidation.NOT_CHECKED:
            del self.fields["verdict"]
        self.order_fields(("version", "status", "verdict"))  # as the page asks, for the summary of errors
        for name in ("verdict", *FIELDS):
            if name in self.fields:
                self.fields[name].statuses = lazystr(self.asked_by(name))  # type: ignore[attr-defined]

    def choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    @property
    def to(self) -> Status | None:
        """The status chosen, also in a form that was not sent yet; none keeps the present one."""
        chosen = self["status"].value()
        return Status(chosen) if chosen in {target.value for target in self.targets} else None

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields that the chosen status asks for, from what the service refuses without them (CRM-4.1-e)."""
        return self.asked(self.to) if self.to else ()

    def asked(self, to: Status) -> tuple[str, ...]:
        team = self.teams.get(str(self["team"].value() or "")) if to is Status.FORWARDED else None
        return tuple(_CALLED.get(name, name) for name in judging.asked(self.inquiry, to, team=team))

    @property
    def elsewhere(self) -> list[tuple[str, Any]]:
        """What the chosen status asks for in other forms of the page: where each is, and what it is called."""
        places = {
            "triplet": ("triplet_main_topic", _("A corrected triplet")),
            **{name: (f"estate_{name}", RealEstateForm.base_fields[name].label) for name in judging.REAL_ESTATE_FIELDS},
        }
        return [places[name] for name in self.needed if name in places]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields of the chosen status, those that must be filled marked."""
        asks_verdict = ("verdict",) if self.to in VERDICT_FIRST else ()
        wanted = {
            *asks_verdict,
            *self.needed,
            *_OPTIONAL.get(self.to, ()),
            *(name for name in CONFIRMATIONS if self.has_error(name)),
        }
        order = ("verdict", *FIELDS, *CONFIRMATIONS)
        for name in order:
            if name in self.fields:
                self.fields[name].required = name in self.needed
        return [self[name] for name in order if name in self.fields and name in wanted]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields of other statuses, for a page that cannot be redrawn on each choice."""
        shown = {bound.name for bound in self.shown}
        return [self[name] for name in ("verdict", *FIELDS) if name in self.fields and name not in shown]

    def asked_by(self, name: str) -> str:
        """The statuses in which a field must be filled, in words."""
        words = dict(labels.STATUS)
        asking = [to for to in self.targets if name in self.asked(to)]
        return ", ".join(str(words[to.value]) for to in asking)

    @property
    def given(self) -> dict[str, Any]:
        """What the service is given: what was typed, and nothing that was not."""
        cleaned = self.cleaned_data
        fields: dict[str, Any] = {
            name: cleaned.get(name, "") for name in (Field.REPLY, Field.PROPOSED_SOLUTION) if cleaned.get(name)
        }
        if cleaned.get("closing_reason"):
            fields["closing_reason"] = cleaned["closing_reason"]
        if cleaned.get("team"):
            fields["team_id"] = int(cleaned["team"])
        if cleaned.get("template") and cleaned.get(Field.REPLY):
            fields["template_id"] = cleaned["template"]
        fields |= {name: True for name in CONFIRMATIONS if cleaned.get(name)}
        return fields


class RealEstateForm(forms.Form):
    """What a real-estate inquiry must name before it is answered; "-" says that there is none (CRM-6.6-j)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    assessment_number = forms.CharField(
        label=_("Assessment number"), required=False, max_length=20, widget=forms.TextInput({"dir": "ltr"})
    )
    tax_type = forms.CharField(label=_("Tax type"), required=False, max_length=40)
    area = forms.CharField(label=_("Area"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in judging.REAL_ESTATE_FIELDS:  # every closing asks for them
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]
