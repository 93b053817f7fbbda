"""What is particular to each step of the wizard: its form, what it saves, and what its page shows beside."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from crm_portal.errors import Code, Refusal, Refused
from crm_portal.people.models import User
from crm_portal.sentences import sentence
from crm_portal.ui import pages
from crm_portal.worktime.rules.periods import day_of

from ..claim_words import field_words
from ..forms.own import DocumentForm
from ..forms.wizard.base import StepForm
from ..forms.wizard.business import BranchRows, BusinessForm, branches_of
from ..forms.wizard.closing import BankForm, DeclarationsForm, SubmitForm
from ..forms.wizard.facts import TICKED, FactsForm
from ..forms.wizard.farm import FarmForm, FieldRows, fields_of
from ..forms.wizard.figures import FORMS, FiguresForm, field_name, initial_of
from ..forms.wizard.identity import IdentityForm
from ..forms.wizard.track import DECLARATION, TrackForm
from ..models import Claim
from ..rules.codes import ClaimantKind, Regime, Track
from ..rules.wizard import WizardStep, step_of
from ..selectors import drafts, eligible, money, wizard_pages
from ..selectors.inputs import claimants_inputs, engine_track
from ..services import drafting, filing
from ..services.drafting import Saved
from .wizard_page import Drawn, StepPage

AMOUNT = "compensation/wizard/_amount.html"


class Identity(StepPage):
    key = WizardStep.IDENTITY

    def initial(self) -> dict[str, Any]:
        return {"email": self.claim.claimant.email, "mobile": self.claim.claimant.mobile}

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return IdentityForm(data, initial=initial)

    def context(self, drawn: Drawn) -> dict[str, Any]:
        certificate = money.certificate_on(self.claim.claimant, day_of(self.at))
        rate = money.withholding_rate(self.claim.claimant, day_of(self.at))
        return {**super().context(drawn), "identity": True, "certificate": certificate, "withholding": rate}


class Business(StepPage):
    key = WizardStep.BUSINESS

    def initial(self) -> dict[str, Any]:
        claim, said = self.claim, self.claim.answers.get("business", {})
        return {
            "business_town": claim.business_town,
            "registered_town": claim.registered_town,
            "kind": claim.kind or ClaimantKind.REGULAR.value,
            "sector": said.get("sector") or "GENERAL",
            "reporting": said.get("reporting"),
            "flags": claim.flags,
            "has_branches": claim.has_branches,
        }

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return BusinessForm(data, initial=initial, programme=self.programme)

    def rows(self, data: Any) -> Any:
        initial = [{"name": one.name, "town": one.town} for one in self.claim.branches.order_by("pk")]
        return BranchRows(data, initial=initial, prefix="branches", form_kwargs={"programme": self.programme})

    def saved(self, drawn: Drawn) -> Saved:
        saved = drawn.form.saved()
        branches = branches_of(drawn.rows) if saved.columns.get("has_branches") else []
        return Saved(columns=saved.columns, answers=saved.answers, branches=branches)

    def holds(self, claim: Claim) -> list[Refusal] | None:
        if claim.has_branches and not claim.branches.exists():
            return [Refusal(Code.FIELD_REQUIRED, ("branches",), clause="CMP-2.6-i")]
        return None


class TrackChoice(StepPage):
    key = WizardStep.TRACK
    template = "compensation/wizard/track.html"
    names: ClassVar[Mapping[str, str]] = {"track": "track", "regime": "regime"}

    def __init__(self, claim: Claim, user: User, at: datetime) -> None:
        super().__init__(claim, user, at)
        self.answer = eligible.of_claim(claim, self.programme)

    def initial(self) -> dict[str, Any]:
        plan = self.claim.answers.get("aid_plan", {})
        return {
            "regime": self.claim.regime,
            "track": self.claim.track,
            "declares": bool(self.claim.regime_declaration),
            "advance_then_green": self.claim.answers.get("advance_then_green", False),
            "aid_plan_number": plan.get("number", ""),
            "aid_plan_on": plan.get("on", ""),
            "aid_plan_rate": plan.get("drop_rate", ""),
        }

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        warns = eligible.warns_of_advance(self.answer)
        return TrackForm(data, initial=initial, tracks=self.answer.open_tracks, warns=warns)

    def keep(self, drawn: Drawn, *, version: int | None) -> Claim:
        return self.claim  # a choice is declared, never kept on the way

    def save(self, drawn: Drawn, *, version: int | None) -> Claim:
        form = drawn.form
        assert isinstance(form, TrackForm)  # noqa: S101 - made above
        regime = Regime(form.value("regime"))
        return drafting.choose_track(
            claim_id=self.claim.pk,
            regime=regime,
            track=Track(form.value("track")),
            declaration=str(DECLARATION[regime]),
            by=self.user,
            at=self.at,
            version=version,
            tab=form.data.get("tab", ""),
            knows_of_advance=bool(form.value("advance_then_green", False)),
            aid_plan=form.aid_plan(),
        )

    def context(self, drawn: Drawn) -> dict[str, Any]:
        return {**super().context(drawn), "answer": self.answer, "declarations": DECLARATION}


class Facts(StepPage):
    key = WizardStep.FACTS

    def initial(self) -> dict[str, Any]:
        said = self.claim.answers.get("said", {})
        return {**said, "excluded": [name for name in TICKED if said.get(name)]}

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return FactsForm(data, initial=initial, claim=self.claim, programme=self.programme)

    def holds(self, claim: Claim) -> list[Refusal] | None:
        """An excluded claimant gets no track, and is told why before any figure is asked (CMP-2.1-c)."""
        inputs = {name: value for name, value in claimants_inputs(claim).items() if name not in figures_named(claim)}
        found = drafts.assessed_inputs(engine_track(claim), inputs, self.programme)
        told = [
            Refusal(one.code, (one.where,), one.details)
            for one in found.invalid
            if step_of(one.where) is WizardStep.FACTS
        ]
        told += [
            Refusal(one.code, (one.where,), one.details, one.clause)
            for one in drafts.finals(found)
            if step_of(one.where) is not WizardStep.FIGURES
        ]
        if told:
            drafting.hold_at(claim_id=claim.pk, step=WizardStep.FACTS, by=self.user, at=self.at)
        return told or None


class Figures(StepPage):
    key = WizardStep.FIGURES
    template = "compensation/wizard/figures.html"

    @property
    def is_farm(self) -> bool:
        return self.claim.track == Track.AGRICULTURE.value

    def initial(self) -> dict[str, Any]:
        figures = self.claim.answers.get("figures", {})
        if self.is_farm:
            return {"workers": "\n".join(one["id"] for one in figures.get("workers", []))}
        return initial_of(figures)

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        kind = FarmForm if self.is_farm else FORMS[Track(self.claim.track)]
        return kind(data, initial=initial, claim=self.claim, programme=self.programme)

    def rows(self, data: Any) -> Any:
        if not self.is_farm:
            return None
        initial = self.claim.answers.get("figures", {}).get("fields", [])
        return FieldRows(data, initial=initial, prefix="fields", form_kwargs={"programme": self.programme})

    def figures(self, drawn: Drawn) -> dict[str, Any]:
        form = drawn.form
        assert isinstance(form, FiguresForm)  # noqa: S101 - made above
        figures = form.figures()
        return {**figures, "fields": fields_of(drawn.rows)} if self.is_farm else figures

    def saved(self, drawn: Drawn) -> Saved:
        return Saved(answers={"figures": self.figures(drawn)})

    def assessed(self, figures: dict[str, Any]) -> drafts.Assessed:
        """The rules' answer on these figures."""
        inputs = {**claimants_inputs(self.claim), **figures}
        for name in set(self.claim.answers.get("figures", {})) - set(figures):
            inputs.pop(name, None)
        return drafts.assessed_inputs(engine_track(self.claim), inputs, self.programme)

    def save(self, drawn: Drawn, *, version: int | None) -> Claim:
        """Every figure that no rule can read is refused at its field, and nothing is saved."""
        figures = self.figures(drawn)
        told = [
            Refusal(one.code, (field_name(one.where),), one.details)
            for one in self.assessed(figures).invalid
            if field_name(one.where) in drawn.form.fields or step_of(one.where) is WizardStep.FIGURES
        ]
        if told and self.claim.track != Track.WAGE.value:
            raise Refused(*told)
        return super().save(drawn, version=version)

    def context(self, drawn: Drawn) -> dict[str, Any]:
        if drawn.form.is_bound:
            drawn.form.is_valid()
            figures = self.figures(drawn)
        else:
            figures = self.claim.answers.get("figures", {})
        ledger = wizard_pages.ledger_of(self.assessed(figures)) if self.claim.track != Track.WAGE.value else None
        is_wage = self.claim.track == Track.WAGE.value
        listed = self.claim.employees.listed().count() if is_wage else 0
        return {**super().context(drawn), "ledger": ledger, "is_wage": is_wage, "employees": listed}


class Documents(StepPage):
    key = WizardStep.DOCUMENTS
    template = "compensation/wizard/documents.html"

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return _NothingForm(data, initial=initial)

    def context(self, drawn: Drawn) -> dict[str, Any]:
        lines = wizard_pages.lines_of(self.claim, self.programme)
        return {**super().context(drawn), "lines": lines, "upload": DocumentForm()}


class Bank(StepPage):
    key = WizardStep.BANK

    def initial(self) -> dict[str, Any]:
        claimant = self.claim.claimant
        return {name: getattr(claimant, name) for name in ("bank", "bank_branch", "bank_account")}

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return BankForm(data, initial=initial)


class Declarations(StepPage):
    key = WizardStep.DECLARATIONS

    def initial(self) -> dict[str, Any]:
        return {
            "declares_causation": self.claim.declares_causation,
            "declares_truth": self.claim.answers.get("declares_truth", False),
        }

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return DeclarationsForm(data, initial=initial)


class Summary(StepPage):
    key = WizardStep.SUMMARY
    template = "compensation/wizard/summary.html"

    def form(self, data: Any, initial: dict[str, Any]) -> StepForm:
        return _NothingForm(data, initial=initial)

    def context(self, drawn: Drawn) -> dict[str, Any]:
        against = [(step_of(_first(one)), field_words(_first(one)), sentence(one))
                   for one in filing.refusals(self.claim, self.user, self.at)]  # fmt: skip
        ledger = wizard_pages.ledger_of(drafts.assessed(self.claim, self.programme)) if self.claim.track else None
        return {
            **super().context(drawn),
            "against": against,
            "ledger": ledger,
            "branches": list(self.claim.branches.order_by("pk")),
            "lines": wizard_pages.lines_of(self.claim, self.programme),
            "certificate": money.certificate_on(self.claim.claimant, day_of(self.at)),
            "withholding": money.withholding_rate(self.claim.claimant, day_of(self.at)),
            "submit": SubmitForm(initial={"version": self.claim.version, "submission_key": get_random_string(32)}),
        }


class _NothingForm(StepForm):
    """A step that has nothing to fill in."""

    def saved(self) -> Saved:
        return Saved()


def _first(refusal: Refusal) -> str:
    return refusal.fields[0] if refusal.fields else ""


def figures_named(claim: Claim) -> set[str]:
    """The names of the figures, which the questionnaire does not wait for."""
    return set(claim.answers.get("figures", {}))


def live_amount(request: HttpRequest, claim: Claim, user: User, at: datetime, version: int | None) -> HttpResponse:
    """The ledger of what stands in the form, which is kept when no other page wrote since it was drawn."""
    page = Figures(claim, user, at)
    drawn = page.drawn(request.POST, tab=request.POST.get("tab", ""))
    drawn.is_valid()
    kept: dict[str, Any] = {}
    try:
        kept = {"kept_at": at, "version": page.keep(drawn, version=version).version}
    except Refused as refused:
        kept = {"refused": [sentence(one) for one in refused.refusals]}
    ledger = wizard_pages.ledger_of(page.assessed(page.figures(drawn)))
    return pages.show(request, AMOUNT, {"ledger": ledger, "is_live": True, "claim": claim, **kept})


STEPS: Mapping[WizardStep, type[StepPage]] = {
    page.key: page for page in (Identity, Business, TrackChoice, Facts, Figures, Documents, Bank, Declarations, Summary)
}
