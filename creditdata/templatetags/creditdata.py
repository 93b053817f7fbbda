"""What the pages of credit data show in their own way."""

from collections.abc import Mapping

from django import template

from crm_portal.errors import Code, Refusal
from crm_portal.sentences import sentence

from ..control_words import OBJECT
from ..rules.reasons import Reason
from ..selectors.proposed import value_words

register = template.Library()


@register.filter(name="hex")
def as_hex(value: bytes | memoryview) -> str:
    """A hash as text."""
    return bytes(value).hex()


@register.filter
def at(table: Mapping[str, object], key: str) -> object:
    """What a table holds for a key."""
    return table.get(key, key)


@register.filter
def object_word(code: str) -> str:
    """What sort of thing was opened."""
    return str(OBJECT.get(code, code))


@register.filter
def refusal_words(code: str) -> str:
    """Why something was refused, as the reader of the log is told."""
    known = Reason if code in set(Reason) else Code
    return sentence(Refusal(known(code))) if code in set(known) else code


register.filter("value_words", value_words)
