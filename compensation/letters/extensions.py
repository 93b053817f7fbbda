"""More time to decide a claim or an objection: until when, and why (CMP-8.4.1-b, CMP-9.5-a)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from crm_portal.letters.content import Letter, box, day, ltr, text
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, DecisionExtension, Objection
from .common import LANGUAGE, letter, section


def of_claim(claim: Claim, given: DecisionExtension) -> Letter:
    """Further days after details were requested; none of them counts while details are outstanding."""
    with override(LANGUAGE):
        title = _("More time to decide claim %(number)s") % {"number": ltr(claim.number)}
        words = _("Details were requested in this claim, and the time to decide it was extended.")
        until = claim.decision_due_on if claim.clock_stopped_on is None else None
        return _longer(claim, title, words, until, given.reason, on=day_of(given.at))


def of_objection(objection: Objection, on: date) -> Letter:
    """Special reasons for which an objection takes longer, at most a year of its delivery."""
    with override(LANGUAGE):
        claim = objection.claim
        title = _("More time to decide the objection in claim %(number)s") % {"number": ltr(claim.number)}
        words = _("For special reasons, the time to decide the objection was extended.")
        return _longer(claim, title, words, objection.due_on, objection.extension_reason, on=on)


def _longer(claim: Claim, title: str, words: str, until: date | None, reason: str, *, on: date) -> Letter:
    """While the clock stands still no last day can be named."""
    if until is not None:
        ends = day(until)
    else:
        ends = _("The last day will be known when all the details that were requested are delivered.")
    blocks = [text(words), box(ends, title=_("To be decided by")), *section(_("Reasons"), text(reason))]
    return letter(claim, title, blocks, on=on)
