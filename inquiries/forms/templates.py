"""Writing a response template, and deciding about one (screen E17)."""

from enum import StrEnum
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from routing.models import BusinessUnit

from .. import labels
from ..models import ResponseTemplate
from ..selectors.templates import Scopes
from ..services.templates import Content

GLOBAL = "all"


class Scope(StrEnum):
    """Where in its unit a template may be used (CRM-2.2.5-a)."""

    WHOLE = "whole"
    TEAM = "team"
    TRIPLETS = "triplets"


class TemplateForm(forms.Form):
    """Text and scope. What is missing or not allowed, the service says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), required=False, help_text=_("By it colleagues find the template."))
    text = forms.CharField(
        label=_("Text"),
        required=False,
        help_text=_("{customer_name} and {inquiry_number} are filled in when it is inserted. Links are written out."),
        widget=forms.Textarea({"rows": 9}),
    )
    unit = forms.ChoiceField(label=_("Business unit"), required=False)
    scope = forms.ChoiceField(
        label=_("May be used"),
        choices=[
            (Scope.WHOLE.value, _("In the whole unit")),
            (Scope.TEAM.value, _("In one team")),
            (Scope.TRIPLETS.value, _("In some triplets")),
        ],
        required=False,
        initial=Scope.WHOLE.value,
        widget=forms.RadioSelect,
    )
    team = forms.ChoiceField(label=_("Team"), required=False)
    triplets = forms.MultipleChoiceField(label=_("Triplets"), required=False, widget=forms.CheckboxSelectMultiple)

    use_required_attribute = False

    def __init__(self, *args: Any, scopes: Scopes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "text"):
            self.fields[name].must_be_filled = True  # type: ignore[attr-defined]
        units = BusinessUnit.objects.filter(pk__in=scopes.units)
        everywhere = [(GLOBAL, gettext("All units"))] if scopes.may_be_global else []
        self._offer("unit", [*everywhere, *((str(unit.pk), unit.name) for unit in units)])
        many = len(scopes.units) > 1
        named = [(str(team.pk), str(team) if many else team.name) for team in scopes.teams]
        self._offer("team", [("", gettext("Choose from the list")), *named])
        self._offer("triplets", [(str(triplet.pk), str(triplet)) for triplet in scopes.triplets])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    @property
    def asks_unit(self) -> bool:
        """Whether there is a choice of units."""
        return len(cast("list[Any]", cast("forms.ChoiceField", self.fields["unit"]).choices)) > 1

    @staticmethod
    def values_of(template: ResponseTemplate) -> dict[str, Any]:
        """What the form shows of a template that is changed."""
        triplets = [str(pk) for pk in template.triplets.values_list("pk", flat=True)]
        scope = Scope.TEAM if template.team_id else Scope.TRIPLETS if triplets else Scope.WHOLE
        return {
            "version": template.version,
            "title": template.title,
            "text": template.text,
            "unit": str(template.unit_id or GLOBAL),
            "scope": scope.value,
            "team": str(template.team_id or ""),
            "triplets": triplets,
        }

    def clean(self) -> dict[str, Any] | None:
        """A scope that was chosen and left empty would be the whole unit."""
        cleaned = super().clean() or {}
        for scope, name in ((Scope.TEAM, "team"), (Scope.TRIPLETS, "triplets")):
            if cleaned.get("scope") == scope and not cleaned.get(name) and not self.has_error(name):
                self.add_error(name, forms.ValidationError(self.fields[name].error_messages["required"], "required"))
        return cleaned

    def content(self) -> Content:
        """What the service is given; what belongs to another scope than the chosen one is left out."""
        cleaned = self.cleaned_data
        choices = cast("list[tuple[str, str]]", cast("forms.ChoiceField", self.fields["unit"]).choices)
        unit = cleaned["unit"] or (choices[0][0] if choices else GLOBAL)
        is_team, is_triplets = (cleaned["scope"] == scope for scope in (Scope.TEAM, Scope.TRIPLETS))
        return Content(
            title=cleaned["title"],
            text=cleaned["text"],
            unit_id=None if unit == GLOBAL else int(unit),
            team_id=int(cleaned["team"]) if is_team and cleaned["team"] else None,
            triplet_ids=[int(pk) for pk in cleaned["triplets"]] if is_triplets else [],
        )


class RejectForm(forms.Form):
    """Why a template is sent back."""

    reason = forms.CharField(
        label=_("Reason of the rejection"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].must_be_filled = True  # type: ignore[attr-defined]


class TemplateFilterForm(forms.Form):
    """Which templates the list shows."""

    q = forms.CharField(label=_("Search"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *labels.TEMPLATE_STATE])
