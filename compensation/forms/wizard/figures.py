"""The figures of a track: fields named by their paths in the rules' inputs, and only those that apply."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ...models import Claim
from ...review_words import INPUT
from ...rules.codes import ClaimantFlag, ClaimantKind, Track
from ...rules.overlay import leaves, replaced
from ...rules.programme import Programme
from ...rules.turnover.complement import has_wage_part
from ...rules.turnover.rows import Month, Position, Row
from ...selectors import figures_asked
from ...services.drafting import Saved
from .base import MoneyField, PercentField, Section, StepForm

_ZERO = _("None? Write 0.")


class FiguresForm(StepForm):
    """A form whose fields are paths; it cleans to the nested figures that the engine reads."""

    def __init__(self, *args: Any, claim: Claim, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claim, self.programme = claim, programme
        self.required = figures_asked.required(claim, programme)
        self.build()

    def build(self) -> None:
        """Add the fields that apply, and the sections they stand in."""

    def add(self, path: str, *, label: Promise | str = "", hint: Promise | str = "", share: bool = False) -> str:
        """Add the field of one path; its words are those of the review unless it has its own."""
        name = field_name(path)
        kind = PercentField if share else MoneyField
        self.fields[name] = kind(label=label or INPUT[path], help_text=hint, required=path in self.required)  # type: ignore[arg-type]
        return name

    def figures(self) -> dict[str, Any]:
        """Every good figure in its place."""
        given = [
            (path_of(name), value)
            for name, value in self.cleaned_data.items()
            if name not in ("version", "tab") and value not in (None, "")
        ]
        return replaced({}, given)

    def saved(self) -> Saved:
        return Saved(answers={"figures": self.figures()})


class TurnoverForm(FiguresForm):
    """Turnovers, wages and inputs, by the row of clause 4.6 that applies."""

    def build(self) -> None:
        position = figures_asked.position_of(self.claim, self.programme)
        months = {"base": "", "eligibility": ""}
        if position is not None:
            months = {"base": in_words(position.base), "eligibility": in_words(position.eligibility)}
        flags, kind = set(self.claim.flags), self.claim.kind
        turnovers, rare = [], []
        hints = {"base": _("Base period"), "eligibility": _("Eligibility period")}
        for period in ("base", "eligibility"):
            label = months[period] or _average(position) if period == "base" else months[period]
            turnovers.append(self.add(f"{period}.gross", label=label, hint=hints[period]))
        only_where = {
            "capital_sales": ClaimantFlag.CAPITAL_SALES.value in flags,
            "reg_6z": ClaimantFlag.REG_6Z.value in flags,
            "group_internal": kind == ClaimantKind.VAT_GROUP_MEMBER.value,
        }
        for sort in (sort for sort, applies in only_where.items() if applies):
            turnovers += [self.add(f"{period}.{sort}", hint=_ZERO) for period in ("base", "eligibility")]
        for sort in ("buyer_reported", "related_party_unapproved"):
            rare += [self.add(f"{period}.{sort}") for period in ("base", "eligibility")]
        year, more = self._complement(position)
        self.sections = (
            (_("The drop of turnover"), _("From the reports to VAT, without VAT."), tuple(turnovers)),
            *self._wages(position, months),
            *year,
        )
        self.rare = (_("Less common"), _("Fill in only what applies; these sums do not count in either period."),
                     (*rare, *more))  # fmt: skip

    def _wages(self, position: Position | None, months: Mapping[str, str]) -> Iterable[Section]:
        if position is not None and not has_wage_part(position):
            return
        names = []
        is_epi = position is not None and position.row is Row.EPI
        if not is_epi:
            names.append(self.add("wages.wage_base", hint=months["base"] or _ZERO))
        names.append(self.add("wages.wage_eligibility", hint=months["eligibility"] or _ZERO))
        if not is_epi:
            names.append(self.add("wages.reserve_refund_base", hint=_ZERO))
        names.append(self.add("wages.reserve_refund_eligibility", hint=_ZERO))
        if ClaimantFlag.TIPS.value in self.claim.flags:
            names += [self.add("wages.tips_base", hint=_ZERO), self.add("wages.tips_eligibility", hint=_ZERO)]
        if position is None or position.new_case is None:
            names.append(self.add("wages.annual_wage_2022", hint=_("By all forms 102 of the year.")))
        hint = _("As reported in form 102, of all employees. Reserve-duty refunds are deducted from the wages.")
        yield _("The wages that were saved"), hint, tuple(names)

    def _complement(self, position: Position | None) -> tuple[list[Section], list[str]]:
        """The section of the year, and what of it is rare."""
        if position is not None and not position.has_complement:
            return [], []
        names = [
            self.add("complement.denominator"),
            self.add("complement.reported_inputs", hint=_("Equipment included")),
            self.add("complement.equipment_inputs", hint=_ZERO),
        ]
        rare = [
            self.add(f"complement.{name}")
            for name in ("zero_rated_inputs", "s131_expenses", "related_party_inputs_unapproved")
        ]
        is_new = position is not None and position.new_case is not None
        title = _("From the opening until August 2023") if is_new else _("The whole year 2022")
        return [(title, "", tuple(names))], rare


class ContractorForm(FiguresForm):
    """Fixed costs and the eligible wage, in the sense of the Aid Plan Law (CMP-6.1-b)."""

    def build(self) -> None:
        names = (
            self.add("fixed_costs", hint=_("By the calculation sheet that you attach.")),
            self.add("eligible_wage", hint=_ZERO),
            self.add("drop_rate", label=_("Drop rate of turnover, in percent"), share=True),
        )
        self.sections = ((_("Fixed costs and wages"), _("In the sense of the Aid Plan Law."), names),)


class RedForm(FiguresForm):
    """The sum of the claimant's own calculation sheet; the manager determines the amount (CMP-7.1-b)."""

    def build(self) -> None:
        name = self.add(
            "manager_determined",
            label=_("The damage by your calculation sheet"),
            hint=_("With several branches: the sum of all. The sheet shows each branch by itself."),
        )
        hint = _("There is no formula: the fund examines each head of damage.")
        self.sections = ((_("Damage under the main regulations"), hint, (name,)),)


class WageForm(FiguresForm):
    """The employees have a grid of their own; an institution tells its income too (CMP-3.3.3-b)."""

    def build(self) -> None:
        if self.claim.kind == ClaimantKind.EPI.value:
            names = (
                self.add("ratio_income.own_income", label=_("Income of 2022 that is not support and donations")),
                self.add("ratio_income.total_income", label=_("Whole income of 2022")),
            )
            self.sections = ((_("Income of the institution"), "", names),)


def field_name(path: str) -> str:
    """The name of a path's field."""
    return path.replace(".", "__")


def path_of(name: str) -> str:
    """The path of a field's name."""
    return name.replace("__", ".")


def initial_of(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields show of the figures that were kept."""
    return {field_name(path): value for path, value in leaves(figures)}


def in_words(months: tuple[Month, ...]) -> str:
    """A period as people read it: October 2022, September–October 2022."""
    if not months:
        return ""
    names = "–".join(str(MONTHS[month]) for _year, month in months)
    return f"{names} {months[-1][0]}"


def _average(position: Position | None) -> Promise | str:
    """What the base is asked for where it is an average."""
    if position is None or position.base:
        return INPUT["base.gross"]
    if position.new_case is None:
        return _("Income of the whole year 2022")
    return format_lazy(_("Turnover of the {months} months since the opening"), months=position.base_divisor)


FORMS: Mapping[Track, type[FiguresForm]] = {
    Track.TURNOVER: TurnoverForm,
    Track.EXECUTION_CONTRACTOR: ContractorForm,
    Track.RED: RedForm,
    Track.WAGE: WageForm,
}
