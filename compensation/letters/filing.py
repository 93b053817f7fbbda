"""Letters of a claim on its way: the receipt with what was filed, and a demand for details."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from crm_portal.letters.content import Letter, box, day, facts, items, ltr, money, steps, text
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, DetailsRequest
from ..selectors.plain_steps import steps_of
from .common import LANGUAGE, letter, section, step_line


def receipt(claim: Claim, at: datetime) -> Letter:
    """The copy of what was filed, with the number of the receipt (CMP-8.1.3-b)."""
    with override(LANGUAGE):
        submitted = day_of(claim.submitted_at or at)
        rows = [
            (_("Number of the receipt"), ltr(claim.number)),
            (_("Filed on"), day(submitted)),
            (_("Filed by"), str(claim.submitted_by or claim.claimant.customer)),
            (_("Track"), claim.get_track_display()),
            (_("Place of business"), claim.business_town),
            (_("Registered place"), claim.registered_town),
            (_("Amount by the claimant's figures"), money(claim.claimed_amount or Decimal(0))),
        ]
        blocks = [text(_("The claim was received. Keep this copy.")), facts(rows)]
        computed = claim.computations.filter(is_claimants=True).order_by("version").last()
        if computed is not None:
            lines = [step_line(step) for step in steps_of(computed, LANGUAGE)]
            blocks += section(_("Computation on the claimant's figures"), steps(lines))
        files = [
            document.file.name for document in claim.documents.filter(removed_at__isnull=True).select_related("file")
        ]
        if files:
            blocks += section(_("Documents"), items(ltr(name) for name in files))
        title = _("Receipt of claim %(number)s") % {"number": ltr(claim.number)}
        return letter(claim, title, blocks, on=day_of(at), computed=True)


def details(claim: Claim, request: DetailsRequest) -> Letter:
    """What is demanded, until when, and what it does to the clock (CMP-2.3-c, CMP-8.4.2-a)."""
    with override(LANGUAGE):
        on = day_of(request.requested_at)
        until = _("The details and documents are to be delivered online by %(day)s.") % {"day": day(request.due_on)}
        stops = _("From the service of this letter until everything is delivered, the time in which the claim is to "
                  "be decided does not run; a partial answer does not start it again.")  # fmt: skip
        blocks = [
            text(_("To decide the claim, the fund needs the following.")),
            text(request.text),
            box(until, title=_("To be answered by")),
            text(stops),
        ]
        title = _("Details requested in claim %(number)s") % {"number": ltr(claim.number)}
        return letter(claim, title, blocks, on=on)
