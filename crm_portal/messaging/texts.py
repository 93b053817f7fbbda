"""Write the words of a message: `render(kind, language, context)` gives its subject and its body."""

import unicodedata
from collections.abc import Mapping

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured

from .rules.kinds import SAYS, Kind
from .rules.states import MessageChannel

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# Left bare: a code and a link are copied or tapped, and an invisible character in them would break them.
_BARE = frozenset({"code", "link", "minutes"})


def render(
    kind: str,
    language: str,
    context: Mapping[str, object],
    *,
    channel: MessageChannel = MessageChannel.SMS,
) -> tuple[str, str]:
    """
    Return (subject, body) of a message as plain text; an e-mail also says who sends it and that it is automatic.

    The context holds what `rules.kinds.SAYS` names for the kind; whatever else it holds never reaches the text.

    :raises KeyError: when a word the text needs is missing
    """
    words = {word: _shown(word, context[word]) for word in SAYS[Kind(kind)]}
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    subject, _, body = _fill(f"messaging/{spoken}/{Kind(kind).value}.txt", words).partition("\n")
    if channel is MessageChannel.EMAIL:
        body = _fill(f"messaging/{spoken}/_email.txt", {"body": body.strip()})
    return subject.strip(), body.strip()


def _fill(template: str, words: Mapping[str, str]) -> str:
    # Plain text: `&` in a file's name stays `&`.
    periods = {
        "correspondence_days": configured(options.CORRESPONDENCE_DAYS),
        "waiting_months": configured(options.WAITING_MONTHS),
    }
    plain = Context({**words, **periods}, autoescape=False)
    return str(get_template(template).template.render(plain))  # type: ignore[attr-defined]


def _shown(word: str, value: object) -> str:
    """
    Make a value safe inside a sentence of either direction: one line, no direction marks of its own, isolated.

    A file may be named by anybody, so its name could otherwise reverse or continue the sentence.
    """
    if word == "answer":  # an employee's text, which stands by itself and keeps its lines
        return "\n".join(_plain(line) for line in str(value).splitlines())
    plain = _plain(value)
    return plain if word in _BARE else f"{FIRST_STRONG_ISOLATE}{plain}{POP_ISOLATE}"


def _plain(value: object) -> str:
    line = " ".join(str(value).split())
    return "".join(character for character in line if unicodedata.category(character) not in {"Cc", "Cf"})
