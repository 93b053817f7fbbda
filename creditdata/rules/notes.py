"""The words of a note beside a disputed datum (regulation 61)."""

from collections.abc import Iterator

from crm_portal.errors import Refusal

from .parameters import DEFAULTS, NoteScope, Parameters
from .reasons import Reason


def count_words(text: str) -> int:
    """Tokens between white space with at least one letter or digit; a lone dash is none (CRD-61-a)."""
    return sum(any(sign.isalnum() for sign in token) for token in text.split())


def is_short_enough(words: int, parameters: Parameters = DEFAULTS) -> bool:
    """Whether so many words may be printed."""
    return words <= parameters.note_words


def note_refusals(of_subject: str, of_source: str, parameters: Parameters = DEFAULTS) -> Iterator[Refusal]:
    """The versions that are too long, each or the two together; nothing is cut."""
    versions = {"subject_version": count_words(of_subject), "source_version": count_words(of_source)}
    if parameters.note_scope is NoteScope.TOGETHER:
        long = tuple(versions) if not is_short_enough(sum(versions.values()), parameters) else ()
    else:
        long = tuple(name for name, words in versions.items() if not is_short_enough(words, parameters))
    for name in long:
        details = {"words": versions[name], "most": parameters.note_words}
        yield Refusal(Reason.NOTE_TOO_LONG, (name,), details, "CRD-61-a")


def litigation_remark_refusals(*, was_asked_by_subject: bool, was_corrected_through: bool) -> Iterator[Refusal]:
    """Why "subject of pending legal proceedings" is not printed: his request, after a procedure on it (CRD-61-b)."""
    if not was_asked_by_subject or not was_corrected_through:
        yield Refusal(Reason.CORRECTION_NOT_EXHAUSTED, clause="CRD-61-b")
