"""What the pages of credit data show in their own way."""

from collections.abc import Mapping

from django import template

from ..control_words import OBJECT
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


register.filter("value_words", value_words)
