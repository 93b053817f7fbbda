"""The filters that are on, each as a chip that leads to the list without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from crm_portal.ui.figures import day

from ..forms.filters import HOW, TEXTS, FilterForm
from ..selectors.filters import How

PLACE_KEYS = ("after", "place")  # of the address: where in the list, not what is in it
_HOW = dict(HOW)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    words: str
    address: str


def chips(params: QueryDict, form: FilterForm) -> list[Chip]:
    """The filters that are on, in the form's order."""
    found = []
    for name, field in form.fields.items():
        if name in ("q", "customer") or name.endswith("_how"):
            continue
        words = _text_words(form, name) if name in TEXTS else _words(field, form.cleaned_data.get(name))
        if words is not None:
            found.append(Chip(str(field.label), words, without(params, name, f"{name}_how")))
    return found


def _text_words(form: FilterForm, name: str) -> str | None:
    value, how = form.cleaned_data.get(name, ""), form.cleaned_data.get(f"{name}_how") or How.BEGINS.value
    if how in (How.EMPTY, How.FILLED):
        return str(_HOW[how])
    return f"{_HOW[how]} {value}" if value else None


def _words(field: Any, value: Any) -> str | None:
    if value in (None, "", False, []):
        return None
    if value is True:
        return ""
    if isinstance(value, date):
        return day(value)
    names: Mapping[str, Any] = {str(code): words for code, words in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(names.get(str(one), one)) for one in values)


def without(params: QueryDict, *names: str) -> str:
    """The address without these, and back at the beginning of the list."""
    rest = params.copy()
    for name in (*names, *PLACE_KEYS):
        rest.pop(name, None)
    return f"?{rest.urlencode()}"
