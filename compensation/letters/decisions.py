"""Letters that determine an amount: parties, track, computation, reasons, deductions, and what may be done about it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from crm_portal.letters.content import Block, Letter, Table, box, day, facts, ltr, money, percent, steps, table, text
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Computation, Decision
from ..rules.codes import DecisionKind
from ..rules.programme import Programme
from ..selectors.money import sheet_of, withholding_rate
from ..selectors.plain_steps import steps_of
from ..selectors.programmes import programme_on
from .common import LANGUAGE, decisions_of_the_government, letter, section, step_line, taxation

INTRODUCTION: Mapping[str, Promise] = {
    DecisionKind.FIRST.value: gettext_lazy("The claim was examined, and this is the decision on it."),
    DecisionKind.CORRECTION.value: gettext_lazy("The determination of the claim was corrected, as set out here."),
    DecisionKind.OBJECTION.value: gettext_lazy("The objection was examined, and this is the decision on it."),
    DecisionKind.APPEAL.value: gettext_lazy("The determination follows the outcome of the appeal."),
    DecisionKind.DEEMED.value: gettext_lazy("No decision was given in time; what was claimed is accepted by law."),
}


def decision(claim: Claim, given: Decision) -> Letter:
    """The decision letter (CMP-2.4-b)."""
    with override(LANGUAGE):
        on = day_of(given.decided_at)
        programme = programme_on(on, code=claim.claimant.programme.code)
        blocks = [
            text(INTRODUCTION[given.kind]),
            facts(_parties(claim, given)),
            *_computation(given.computation),
            *reasons(claim, given),
            *deductions(claim, given, on),
            *section(_("Tax"), taxation()),
            text(decisions_of_the_government(programme)),
        ]
        title = _("Decision on claim %(number)s") % {"number": ltr(claim.number)}
        return letter(claim, title, blocks, on=on, computed=True, more=_remedy(given, programme))


def _parties(claim: Claim, given: Decision) -> list[tuple[object, object]]:
    rows: list[tuple[object, object]] = [
        (_("Claimant"), f"{claim.claimant.customer}, {ltr(claim.claimant.customer.shown_number)}"),
        (_("Authority"), _("The manager of the Property Tax and Compensation Fund")),
        (_("Track"), claim.get_track_display()),
        (_("Place of business"), claim.business_town),
    ]
    if claim.filed_on is not None:
        rows.append((_("Filed on"), day(claim.filed_on)))
    return [
        *rows,
        (_("Claimed"), money(claim.claimed_amount or given.amount)),
        (_("Determined"), money(given.amount)),
        (_("Outcome"), given.get_outcome_display()),
    ]


def _computation(computed: Computation | None) -> list[Block]:
    """The steps on the figures that the review found, with their formulas (CMP-4.6-ag)."""
    if computed is None:
        return []
    return section(_("Computation"), steps(step_line(step) for step in steps_of(computed, LANGUAGE)))


def reasons(claim: Claim, given: Decision) -> list[Block]:
    """Why it is not what was claimed, reason by reason; the amounts sum to the gap (CMP-2.4-a, CMP-8.5.3-a)."""
    gaps = list(given.gaps.all())
    if not gaps and not given.reasons and not given.ground:
        return []
    blocks = [text(one) for one in (given.get_ground_display(), given.reasons) if one]
    if gaps:
        rows = [(_gap(gap.get_reason_display(), gap.text), money(gap.amount)) for gap in gaps]
        total = sum((gap.amount for gap in gaps), Decimal(0))
        rows.append((_("Difference between what was claimed and what was determined"), money(total)))
        blocks.append(table(Table([_("Reason"), _("Amount")], rows, sums=True)))
    return section(_("Reasons"), *blocks)


def _gap(reason: str, words: str) -> str:
    return f"{reason}: {words}" if words else reason


def deductions(claim: Claim, given: Decision, on: date) -> list[Block]:
    """What will be taken off, as of the day of the letter; the sheet of the payment day decides (CMP-8.5.1-a)."""
    if given.amount <= 0:
        return []
    rate = _("Tax is withheld at source at the rate of the payment day, today %(rate)s.") % {
        "rate": percent(withholding_rate(claim.claimant, on))
    }
    by = ngettext(
        "The payment is made within one day of the determination.",
        "The payment is made within %(days)s days of the determination.",
        _days_to_pay(claim, on),
    ) % {"days": ltr(_days_to_pay(claim, on))}
    final = _("Linkage and interest are added from the filing until the payment, whose sheet is final.")
    blocks = [text(f"{by} {final}"), text(rate)]
    try:
        sheet = sheet_of(claim, approved=given.amount, pay_on=on).sheet
    except LookupError:  # the tables of linkage do not reach back; the payment sheet will say
        return section(_("Deductions"), *blocks)
    taken = [
        (_("Tax withheld at source"), sheet.withholding_total),
        (_("Tax debts"), sheet.tax_debt),
        (_("Liens"), sum(sheet.liens, Decimal(0))),
        (_("Advances paid before"), sheet.advance_set_off),
    ]
    rows = [
        (_("Compensation with linkage and interest"), money(sheet.gross)),
        *((words, money(-amount)) for words, amount in taken if amount),
        (_("To be paid"), money(sheet.net_payment)),
    ]
    return section(
        _("Deductions"), *blocks, table(Table([_("As of the day of this letter"), _("Amount")], rows, sums=True))
    )


def _days_to_pay(claim: Claim, on: date) -> int:
    return programme_on(on, code=claim.claimant.programme.code).payment_days


def _remedy(given: Decision, programme: Programme) -> list[Block]:
    """The right of objection with its last day (CMP-9.1-a)."""
    if given.objection_until is None:
        return []
    words = _(
        "Whoever does not agree may file an objection online within %(days)s days of receiving this decision, not "
        "later than %(last)s, with grounds and details. An objection is decided by an employee who took no part in "
        "this decision. Filing an objection or an appeal does not stay the return of what was paid too much."
    ) % {"days": ltr(programme.objection_days), "last": day(given.objection_until)}
    return [box(words, title=_("Right of objection"))]
