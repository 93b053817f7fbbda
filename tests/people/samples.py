"""
What stands in a route's variable parts when the permission matrix walks it.

A value need not exist: whoever may use the route then gets a 404, whoever may not is refused before. Add a line here
when a route's pattern accepts neither the converter's value nor "1".
"""

import re
from collections.abc import Iterator

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver, get_resolver

BY_CONVERTER = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "slug": "none", "str": "1", "path": "1"}
BY_NAME = {"app_label": "people", "url": "nowhere", "format": "json"}


def routes() -> Iterator[tuple[str, str]]:
    """Every route of the project: its name (or its pattern) and an address of it."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            name = f"{namespace}{pattern.name}" if pattern.name else f"/{route}"
            yield name, "/" + re.sub(r"<(?:(\w+):)?(\w+)>", _sample, route)


def _plain(pattern: str) -> str:
    return simplify_regex(pattern).lstrip("/") if re.search(r"[\^$(\\]", pattern) else pattern


def _sample(part: re.Match[str]) -> str:
    converter, name = part.groups()
    return BY_NAME.get(name) or BY_CONVERTER.get(converter or "str", "1")
