"""
What a text for the customer may not say, and when it says too little (6.4, 6.5).

Phrases are compared by their words: spaces, punctuation, niqqud and marks of direction make no difference. A phrase is
found as whole words; a joined "and" or "that" before its first word does not hide it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable

from crm_portal.errors import Code, Refusal

JOINED = "(?:כש|וש|ו|ש)?"  # and, that, when
# Gershayim and geresh stand inside a word; any other punctuation parts two.
_INSIDE_A_WORD = frozenset("'\"׳״’”`")


def words_of(text: str) -> str:
    """The bare words of a text, one space between them."""
    kept = []
    for char in unicodedata.normalize("NFKD", text).casefold():
        kind = unicodedata.category(char)
        if kind in ("Mn", "Cf") or char in _INSIDE_A_WORD:
            continue
        kept.append(char if kind[0] in "LN" else " ")
    return " ".join("".join(kept).split())


def phrase_in(text: str, phrases: Iterable[str]) -> str | None:
    """The first of the phrases that the text says (CRM-6.4-b)."""
    said = words_of(text)
    for phrase in phrases:
        bare = words_of(phrase)
        if bare and re.search(rf"(?:^| ){JOINED}{re.escape(bare)}(?: |$)", said):
            return phrase
    return None


def is_thin(reply: str, *, titles: Collection[str], least: int) -> bool:
    """Whether a reply has no substance: shorter than `least`, or only the title of a template (CRM-6.5-a)."""
    bare = words_of(reply)
    return len(bare) < least or bare in {words_of(title) for title in titles}


def phrase_refusal(phrase: str, advice: str, *, field: str) -> Refusal:
    """Name the phrase, and what to do instead of sending the customer away."""
    details = {"phrase": phrase, **({"advice": advice, "because": "forbidden_phrase"} if advice else {})}
    return Refusal(Code.FORBIDDEN_PHRASE, (field,), details, "CRM-6.4-b")
