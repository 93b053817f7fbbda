"""What runs by itself, by the names of the timers."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TIMER: Mapping[str, Promise] = {
    "close_filing_window": _("Tells who has a draft that the time to file is over"),
    "close_advance_campaigns": _("Closes the form of advances before a claim"),
    "propose_advance_60": _("Proposes 60 percent after 21 days"),
    "propose_advance_10": _("Proposes 10 percent more after 150 days"),
    "escalate_advance_proposals": _("Reminds managers of advances after three days"),
    "deem_claims_accepted": _("Warns of claims, and accepts what was not decided in time"),
    "check_payment_due": _("Reports payments that are late"),
    "escalate_overpayments": _("Hands overpayments over to be collected as tax"),
    "deem_objections_accepted": _("Accepts objections that were not decided in time"),
    "flag_advances_without_claim": _("Finds advances that no claim followed"),
    "close_settled_claims": _("Closes claims that are settled"),
}
