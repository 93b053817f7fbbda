"""
Take out of a text whatever tells whom it is about (CRM-2.2.8-b, [A-8]).

Two nets: what is known of the inquiry's people and numbers, however it is written; and whatever looks like an
identifier of anybody. Short numbers stay, for they name forms and years (106, 135, 2024).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NAME, NUMBER, ADDRESS = "[שם]", "[מספר]", "[כתובת]"  # what stands in the place of what was taken out
SHORTEST_NAME, FEWEST_DIGITS = 2, 5
_BETWEEN = r"[\s\-–./]{0,3}"  # what people write between the digits of a number
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{{FEWEST_DIGITS - 1},}}")
_OF_COMPANIES = frozenset({'בע"מ', "בע״מ", "בעמ", "חברה", "ושות'", "ltd", "inc"})  # in many names, so in none's
_PREFIXES = "[ולבהשמכ]{0,3}"  # letters that Hebrew writes together with the word


@dataclass(frozen=True, slots=True)
class Known:
    """What the inquiry says of its people."""

    names: tuple[str, ...] = ()  # of the customer, the representative, the contact; each may have several words
    numbers: tuple[str, ...] = ()  # identity, passport, file, assessment and inquiry numbers, telephones
    emails: tuple[str, ...] = ()


def anonymised(text: str, known: Known) -> str:
    """The text without the people's names, numbers and addresses, and without anything that looks like one."""
    for email in _longest_first(known.emails):
        text = re.sub(re.escape(email), ADDRESS, text, flags=re.IGNORECASE)
    text = _EMAIL.sub(ADDRESS, text)
    for number in _longest_first(known.numbers):
        text = _written(number).sub(NUMBER, text)
    text = _DIGITS.sub(NUMBER, text)
    for word in _longest_first(word for name in known.names for word in _words(name)):
        text = _named(word).sub(rf"\g<prefix>{NAME}", text)
    return re.sub(rf"{re.escape(NAME)}(?:\s+{re.escape(NAME)})+", NAME, text)


def identifiers_in(text: str, known: Known) -> list[str]:
    """What in a text, which somebody has looked through, still tells whom it was about, in the order of the nets."""
    found = list(_found(text, known))
    return list(dict.fromkeys(found))


def _found(text: str, known: Known) -> Iterator[str]:
    for email in known.emails:
        yield from re.findall(re.escape(email), text, flags=re.IGNORECASE)
    for number in known.numbers:
        yield from (match[0] for match in _written(number).finditer(text))
    for name in known.names:  # by the last name, or the first word of a company's
        yield from (word for word in _words(name)[:1] if _named(word).search(text))


def _words(name: str) -> list[str]:
    return [word for word in name.split() if len(word) >= SHORTEST_NAME and word.lower() not in _OF_COMPANIES]


def _written(number: str) -> re.Pattern[str]:
    """A number however its digits are set apart, with or without leading zeros."""
    signs = [sign for sign in number if sign.isalnum()]
    while len(signs) > FEWEST_DIGITS and signs[0] == "0":
        signs.pop(0)
    if len(signs) < FEWEST_DIGITS - 1:
        return re.compile(r"(?!)")  # too short to be told from any other number
    return re.compile(
        rf"(?<![^\W_])(?:\+?972{_BETWEEN})?[+0]*{_BETWEEN.join(map(re.escape, signs))}(?![^\W_])", re.IGNORECASE
    )


def _named(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<prefix>{_PREFIXES}){re.escape(word)}(?!\w)", re.IGNORECASE)


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word.strip()}, key=lambda word: (-len(word), word))
