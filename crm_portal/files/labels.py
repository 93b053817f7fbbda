"""The words people read for the codes of `files.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.states import SanitisationState

SANITISATION_STATE = [
    (SanitisationState.PENDING.value, _("Not loaded yet")),
    (SanitisationState.CLEAN.value, _("In order")),
    (SanitisationState.FAILED.value, _("Did not pass sanitisation")),
]
