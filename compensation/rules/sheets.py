"""The entries `payment` and `advance` of the engine: plain facts into a sheet, as the golden file has it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

from . import payments
from .assessment import Assessment, Outcome, Step
from .linkage import Tranche, simple_interest
from .payments import Paid, Sheet
from .programme import Programme
from .reading import Facts

_NOTHING, _ONE = Decimal(0), Decimal(1)
_DAYS_AT_MOST = 40_000


def payment_entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The payment sheet of the named facts; without a certificate the programme's rate is withheld (CMP-8.8.5-b)."""
    facts = Facts(inputs)
    approved = facts.number("approved", places=0)
    before = Paid(
        facts.number("advances_gross", _NOTHING, places=0), facts.number("advances_withheld", _NOTHING, places=0)
    )
    if before.withheld > before.gross:
        raise InvalidInput(Code.INVALID_VALUE, "advances_withheld")
    sheet = payments.sheet(
        approved=approved,
        withholding_rate=facts.fraction("withholding_rate", programme.withholding_rate),
        tranches=_tranches(facts, approved, before.gross),
        before=before,
        tax_debts=(facts.number("tax_debt", _NOTHING, places=0),),
        liens=_liens(facts),
    )
    facts.nothing_else()
    return Assessment(Outcome.COMPUTED, figures(sheet), steps(sheet))


def advance_entry(inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """The advance that is proposed; the first one's share unless a rate is named (CMP-8.4.3-b)."""
    facts = Facts(inputs)
    provisional = facts.number("provisional_amount", places=0)
    share = facts.fraction("rate", programme.first_advance_share)
    paid_before = facts.number("advances_paid_before", _NOTHING, places=0)
    facts.nothing_else()
    amount = payments.advance(provisional, share, paid_before)
    values = (("provisional_amount", provisional), ("rate", share), ("advances_paid_before", paid_before))
    step = Step(
        "adv_amount",
        amount,
        "8.4.3",
        "min(provisional_amount × rate, provisional_amount − advances_paid_before)",
        values,
    )
    return Assessment(Outcome.COMPUTED, {"amount": amount}, (step,))


def figures(sheet: Sheet) -> dict[str, object]:
    """The lines of a sheet by the golden file's names."""
    return {
        "linkage_and_interest": sheet.linkage_and_interest,
        "gross": sheet.gross,
        "withholding_total": sheet.withholding_total,
        "tax_debt": sheet.tax_debt,
        "liens": sheet.lien,
        "advance_set_off": sheet.advance_set_off,
        "net_payment": sheet.net_payment,
        "overpayment_demand": sheet.overpayment_demand,
    }


def steps(sheet: Sheet) -> tuple[Step, ...]:
    """The lines of a sheet in its own order (CMP-8.5.1-a)."""
    return (
        Step("pay_approved", sheet.approved, "8.5.1"),
        Step("pay_linkage_and_interest", sheet.linkage_and_interest, "8.4.7"),
        Step("pay_gross", sheet.gross, "8.5.1"),
        Step("pay_withholding_total", sheet.withholding_total, "8.8.5"),
        Step("pay_tax_debt", sheet.tax_debt, "8.8.1"),
        Step("pay_liens", sheet.lien, "8.8.2"),
        Step("pay_advance_set_off", sheet.advance_set_off, "8.4.6"),
        Step("pay_net_payment", sheet.net_payment, "8.5.1"),
        Step("pay_overpayment_demand", sheet.overpayment_demand, "8.6.1"),
    )


def _tranches(facts: Facts, approved: Decimal, paid_before: Decimal) -> tuple[Tranche, ...]:
    """The tranches as named; otherwise one, what is still to be paid: the days of an advance ended with its own."""
    annual = facts.fraction("annual_interest", _NOTHING)
    if not facts.has("tranches"):
        return (_tranche(facts, max(_NOTHING, approved - paid_before), annual),)
    parts = facts.parts("tranches")
    found = tuple(_tranche(part, part.number("amount", places=0), annual) for part in parts)
    for part in parts:
        part.nothing_else()
    if sum((tranche.amount for tranche in found), _NOTHING) > approved:
        raise InvalidInput(Code.INVALID_VALUE, "tranches")
    return found


def _tranche(facts: Facts, amount: Decimal, annual: Decimal) -> Tranche:
    ratio = facts.number("index_ratio", _ONE)
    days = facts.whole("days", 0, most=_DAYS_AT_MOST)
    return Tranche(amount, ratio, simple_interest(facts.fraction("annual_interest", annual), days))


def _liens(facts: Facts) -> tuple[Decimal, ...]:
    """One sum, or the sums in the order of their service."""
    if not isinstance(facts.raw("liens"), list | tuple):
        return (facts.number("liens", _NOTHING, places=0),)
    return tuple(
        Facts({str(place): value}, "liens").number(str(place), places=0)
        for place, value in enumerate(facts.items("liens"))
    )
