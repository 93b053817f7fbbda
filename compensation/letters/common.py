"""What every letter of the fund has: who writes to whom about what, the contact box, the regulations' precedence."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm_portal.letters.content import Block, Letter, StepLine, box, day, heading, ltr, money, number, percent, text

from ..labels import REGULATIONS_PREVAIL
from ..models import Claim
from ..rules.assessment import Unit
from ..rules.programme import Programme
from ..selectors.plain_steps import PlainStep

LANGUAGE = "he"
CALL_CENTRE, TELEPHONE, SITE = "*4954", "02-5656400", "Go.gov.il/NezekAkif"


def letter(
    claim: Claim, title: str, blocks: Iterable[Block], *, on: date, computed: bool = False, more: Sequence[Block] = ()
) -> Letter:
    """A letter about a claim; one with computed results says which text prevails (CMP-1.13-a)."""
    customer = claim.claimant.customer
    ending = [text(str(REGULATIONS_PREVAIL))] if computed else []
    return Letter(
        title=title,
        sender=_("Israel Tax Authority"),
        department=_("Property Tax and Compensation Fund"),
        addressee=[pgettext("letter", "To"), f"{customer}, {ltr(customer.shown_number)}"],
        reference=[(_("Claim"), ltr(claim.number)), (_("Day"), day(on))],
        blocks=[*blocks, *more, *ending, contact()],
        footer=_("This letter was made by a computer and is valid without a signature."),
        written_on=on,
    )


def contact() -> Block:
    """Where to ask (CMP-8.3-a)."""
    words = _("Telephone %(short)s or %(long)s, Sunday to Thursday %(hours)s, %(site)s") % {
        "short": ltr(CALL_CENTRE), "long": ltr(TELEPHONE), "hours": ltr("08:30–15:30"), "site": ltr(SITE),
    }  # fmt: skip
    return box(words, title=_("Questions about this letter"))


def decisions_of_the_government(programme: Programme) -> str:
    """The decisions that the evacuated towns are listed by (CMP-1.9-a)."""
    listed = [
        _("%(number)s of %(day)s") % {"number": ltr(number_), "day": day(on)}
        for number_, on in sorted(programme.government_decisions.items())
    ]
    return _("Government decisions: %(listed)s.") % {"listed": ", ".join(listed)}


def section(title: str, *blocks: Block) -> list[Block]:
    return [heading(title), *blocks]


def taxation() -> Block:
    """Compensation is income (CMP-8.8.3-a), and whom to ask about the tax withheld (CMP-8.8.6-a)."""
    words = [
        _("The compensation is income on which tax is due, to be reported in the annual report of the year in which "
          "it was received."),
        _("Inquiries about the tax withheld from the compensation, after it was received, go to the assessing officer "
          "who keeps the claimant's file."),
    ]  # fmt: skip
    return text(" ".join(words))


def clause(number_: str) -> str:
    return _("clause %(number)s") % {"number": ltr(number_)} if number_ else ""


def step_line(step: PlainStep) -> StepLine:
    """A step as it is stored, in words, with its formula and its figures."""
    return StepLine(
        label=step.words, value=_measured(step), clause=clause(step.clause), formula=step.formula, figures=step.values
    )


def _measured(step: PlainStep) -> str:
    if step.unit == Unit.ILS.value:
        return money(step.value)
    return percent(step.value) if step.unit == Unit.RATE.value else ltr(number(step.value))
