"""Why a file is not accepted (CRM specification, 5.2.11)."""

from enum import StrEnum


class Failure(StrEnum):
    """The value is kept with the file for good (CRM-2-d)."""

    # told at once, when the file arrives
    UNNAMED = "unnamed"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_ALLOWED = "not_allowed"  # its extension is not in the list
    # its content
    MISMATCH = "mismatch"  # it is not what its extension says
    POLYGLOT = "polyglot"  # it is that, and something else too
    MALWARE = "malware"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"  # damaged, or made so that it cannot be rebuilt
    ACTIVE_CONTENT = "active_content"
    MACROS = "macros"
    EMBEDDED_OBJECT = "embedded_object"
    EXTERNAL_LINK = "external_link"
    NESTED_ARCHIVE = "nested_archive"
    ARCHIVE_BOMB = "archive_bomb"
    IMAGE_BOMB = "image_bomb"
    TEXT_ENCODING = "text_encoding"
    # the check itself came to grief on it
    TOOK_TOO_LONG = "took_too_long"
    CRASHED = "crashed"
    MISSING = "missing"  # the quarantined original is no longer there


class Unclean(Exception):  # noqa: N818 - the domain's word for what a check found
    """A check found a reason to reject the file."""

    def __init__(self, failure: Failure, what: str = "") -> None:
        super().__init__(f"{failure}: {what}" if what else str(failure))
        self.failure = failure
        self.what = what
