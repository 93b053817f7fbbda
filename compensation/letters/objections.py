"""The reasoned decision on an objection, with the right of appeal and its last day (CMP-9.5-a, CMP-9.7-a)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from crm_portal.letters.content import Letter, box, day, facts, ltr, money, text
from crm_portal.worktime.rules.periods import day_of

from ..models import Objection, ObjectionRequest
from ..selectors.programmes import programme_on
from .common import LANGUAGE, letter, section, taxation
from .decisions import deductions, reasons
from .money import stays_nothing


def objection_decision(objection: Objection, on: date, appeal_until: date) -> Letter:
    """What was decided on the objection, and what may be done about it."""
    with override(LANGUAGE):
        claim, result = objection.claim, objection.result
        programme = programme_on(on, code=claim.claimant.programme.code)
        rows = [
            (_("Objection filed on"), day(day_of(objection.filed_at))),
            (_("Determined before"), money(objection.decision.amount)),
            (_("Objected for"), money(objection.amount)),
            (_("Determined now"), money(claim.determined_amount or Decimal(0))),
            (_("Outcome"), objection.get_state_display()),
        ]
        words = _(
            "An appeal against this decision may be filed with the appeals committee within %(days)s days of its "
            "service, not later than %(last)s, in %(copies)s copies with all grounds and attachments, in person or by "
            "a lawyer with a power of attorney."
        ) % {"days": ltr(programme.appeal_days), "last": day(appeal_until), "copies": ltr(4)}
        decided = objection.reasons or _("No decision was given in time; the objection is accepted by law.")
        blocks = [facts(rows), *section(_("Grounds of the objection"), text(objection.grounds))]
        blocks += section(
            _("Decision and its reasons"),
            text(decided),
        )
        if result is not None:
            blocks += [*reasons(claim, result)[2:], *deductions(claim, result, on), *section(_("Tax"), taxation())]
        title = _("Decision on the objection in claim %(number)s") % {"number": ltr(claim.number)}
        more = [box(words, title=_("Right of appeal")), text(stays_nothing())]
        return letter(claim, title, blocks, on=on, computed=True, more=more)


def asked(objection: Objection, request: ObjectionRequest) -> Letter:
    """What the officer needs in writing, and until when (CMP-9.4-a)."""
    with override(LANGUAGE):
        blocks = [
            text(_("To decide the objection, the following is asked for in writing.")),
            text(request.text),
            box(day(request.due_on), title=_("To be answered by")),
        ]
        title = _("Arguments and evidence in the objection of claim %(number)s") % {
            "number": ltr(objection.claim.number)
        }
        return letter(objection.claim, title, blocks, on=day_of(request.requested_at))
