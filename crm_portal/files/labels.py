"""The words people read for the codes of `files.rules`."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules.failures import Failure
from .rules.states import SanitisationState

SANITISATION_STATE = [
    (SanitisationState.PENDING.value, _("Not loaded yet")),
    (SanitisationState.CLEAN.value, _("In order")),
    (SanitisationState.FAILED.value, _("Did not pass sanitisation")),
]

# Each stands in the middle of a sentence: "The file X was refused: {reason}. Attach it in another form." Those told at
# once name what is allowed.
FAILURE: Mapping[Failure, Promise] = MappingProxyType(
    {
        Failure.UNNAMED: _("it has no name"),
        Failure.EMPTY: _("it is empty"),
        Failure.TOO_LARGE: _("it is larger than {limit} MB"),
        Failure.NOT_ALLOWED: _("files of this type are not accepted, only {types}"),
        Failure.MISMATCH: _("its content does not match its extension"),
        Failure.POLYGLOT: _("it hides a file of another type"),
        Failure.MALWARE: _("harmful content was found in it"),
        Failure.ENCRYPTED: _("it is locked with a password"),
        Failure.UNREADABLE: _("it is damaged and cannot be opened"),
        Failure.ACTIVE_CONTENT: _("it contains commands that run when it is opened"),
        Failure.MACROS: _("it contains macros"),
        Failure.EMBEDDED_OBJECT: _("another file is embedded in it"),
        Failure.EXTERNAL_LINK: _("it loads content from outside"),
        Failure.NESTED_ARCHIVE: _("there is an archive inside it"),
        Failure.ARCHIVE_BOMB: _("it becomes too large when unpacked"),
        Failure.IMAGE_BOMB: _("the picture is too large"),
        Failure.TEXT_ENCODING: _("its text cannot be read"),
        Failure.TOOK_TOO_LONG: _("checking it takes too long"),
        Failure.CRASHED: _("it could not be checked"),
        Failure.MISSING: _("it was not received whole"),
    }
)


def failure(code: str) -> Promise | str:
    """The reason in words, for a code kept with a file."""
    try:
        return FAILURE[Failure(code)]
    except ValueError:  # of an earlier version
        return code
