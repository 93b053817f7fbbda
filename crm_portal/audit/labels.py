"""The words people read for the codes of `audit.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.outcomes import Outcome

OUTCOME = [
    (Outcome.DONE.value, _("Done")),
    (Outcome.READ.value, _("Read")),
    (Outcome.REFUSED.value, _("Refused")),
]
