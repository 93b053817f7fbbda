"""A step of the wizard: its form as it was sent or is shown, what it saves, and what its page is given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.forms import BaseFormSet, Form
from django.http import QueryDict

from crm_portal.errors import Refusal
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..claim_words import STEP
from ..forms.wizard.base import StepForm
from ..models import Claim
from ..rules.wizard import ORDER, WizardStep
from ..selectors import drafts, wizard_pages
from ..services import drafting
from ..services.drafting import Saved


class Drawn:
    """A step's form, and its rows where it has some, as they were sent or are to be shown."""

    def __init__(self, form: StepForm, rows: Any = None) -> None:
        self.form = form
        self.rows: BaseFormSet[Form] | None = rows

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows is None or self.rows.is_valid()])


class StepPage:
    """One step for one claim: subclasses say what is theirs."""

    key: ClassVar[WizardStep]
    template = "compensation/wizard/step.html"
    names: ClassVar[Mapping[str, str]] = {}  # the service's fields by the form's

    def __init__(self, claim: Claim, user: User, at: datetime) -> None:
        self.claim, self.user, self.at = claim, user, at
        self.programme = drafts.programme_of_claim(claim, day_of(at))

    def initial(self) -> dict[str, Any]:
        """What the fields show before anything is sent."""
        return {}

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        raise NotImplementedError

    def rows(self, data: Any) -> Any:
        return None

    def drawn(self, data: QueryDict | None, *, tab: str) -> Drawn:
        """The form, with the version and the tab it is drawn in."""
        initial = {**self.initial(), "version": self.claim.version, "tab": tab}
        return Drawn(self.form(data, initial), self.rows(data))

    def saved(self, drawn: Drawn) -> Saved:
        return drawn.form.saved()

    def keep(self, drawn: Drawn, *, version: int | None) -> Claim:
        """Keep the good fields, on the way."""
        return self._write(drawn, version, is_complete=False)

    def save(self, drawn: Drawn, *, version: int | None) -> Claim:
        """Save the step and go on."""
        return self._write(drawn, version, is_complete=True)

    def _write(self, drawn: Drawn, version: int | None, *, is_complete: bool) -> Claim:
        return drafting.save_step(
            claim_id=self.claim.pk, step=self.key, saved=self.saved(drawn), by=self.user, at=self.at,
            version=version, tab=drawn.form.data.get("tab", ""), is_complete=is_complete,
        )  # fmt: skip

    def holds(self, claim: Claim) -> list[Refusal] | None:
        """What keeps the wizard at this step although it was saved."""
        return None

    def context(self, drawn: Drawn) -> dict[str, Any]:
        """What the template is given."""
        marks = wizard_pages.marks(self.claim, self.key)
        place = ORDER.index(self.key)
        return {
            "form": drawn.form,
            "rows": drawn.rows,
            "marks": marks,
            "step": self.key,
            "place": place + 1,
            "of": len(ORDER),
            "title": STEP[self.key],
            "back": ORDER[place - 1].value if place else "",
            "onward": STEP[ORDER[min(place + 1, len(ORDER) - 1)]],
        }
