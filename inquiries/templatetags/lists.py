"""How a list looks: its columns, what their arrows offer, and the marks of a row. Presenting only."""

from collections.abc import Mapping
from types import MappingProxyType

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..forms.filters import COLUMN_FILTERS, FLAG, TEXTS, FilterForm
from ..models import Inquiry
from ..selectors import filters
from ..selectors.filters import Flag
from ..selectors.origins import Origin
from ..selectors.pages import SORTS

register = template.Library()

# By what a column is sorted besides itself, and in which words.
_FURTHER_SORTS: Mapping[str, tuple[tuple[str, Promise], ...]] = MappingProxyType(
    {
        "customer": (("id", _("Identity number")), ("unread", _("Unread messages"))),
        "team": (("unit", _("Business unit")),),
    }
)
_SORT_WORDS = {"customer": _("Customer name"), "opened": _("Opening date")}
_OPTIONAL = frozenset({"team", "owner", "updated"})  # left out where the list is narrow
ORIGIN: Mapping[str, Promise] = MappingProxyType(
    {
        Origin.FALLBACK: _("Routing fallback"),
        Origin.CROSS_SYSTEM: _("Wrong triplet: another tax system"),
        Origin.UNDECIDED: _("Undecided"),
        Origin.FORWARDED: _("Forwarded"),
        Origin.DIRECT: _("Routed here"),
    }
)
_FLAG_ICONS = {
    Flag.MANY_MESSAGES: "chat",
    Flag.FALLBACK: "route",
    Flag.OWN_NAME: "user",
    Flag.REPRESENTED: "users",
    Flag.WRONG_TRIPLET: "layers",
    Flag.IMPORTED: "download",
}
_FLAG_WORDS = dict(FLAG)


@register.filter
def sorts_of(column: str) -> list[tuple[str, str]]:
    """What the arrow of a column sorts by, each with its words."""
    from .inquiries import COLUMNS

    own = [(column, _SORT_WORDS.get(column, COLUMNS[column]))] if column in SORTS else []
    return [(sort, str(words)) for sort, words in (*own, *_FURTHER_SORTS.get(column, ()))]


@register.filter
def has_filters(column: str) -> bool:
    return bool(COLUMN_FILTERS.get(column))


@register.filter
def column_class(column: str) -> str:
    return "c-opt" if column in _OPTIONAL else ""


@register.filter
def field_of(form: FilterForm, name: str) -> BoundField:
    return form[name]


@register.filter
def how_of(form: FilterForm, name: str) -> BoundField | None:
    """The field that says how a text is compared."""
    return form[f"{name}_how"] if name in TEXTS else None


@register.filter
def as_input(field: BoundField) -> SafeString:
    """A text control, dressed and no more: its label stands beside."""
    return field.as_widget(attrs={"class": "input", **({"aria-invalid": "true"} if field.errors else {})})


@register.filter
def as_select(field: BoundField) -> SafeString:
    return field.as_widget(attrs={"class": "select select--short"})


@register.filter
def is_ticks(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect)


@register.filter
def is_tick(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def files_of(inquiry: Inquiry) -> list[str]:
    """The numbers of the customer's tax files, those of the inquiry's own tax system first; loaded with the rows."""
    if inquiry.customer is None or inquiry.triplet is None:
        return []
    system = inquiry.triplet.tax_system_id
    files = sorted(inquiry.customer.tax_files.all(), key=lambda file: (file.tax_system != system, not file.is_active))
    return [file.file_number for file in files]


@register.filter
def flags_of(inquiry: Inquiry) -> list[tuple[str, str]]:
    """The marks of an inquiry: an icon and its words. Unread messages stand beside the name."""
    return [
        (_FLAG_ICONS[flag], str(_FLAG_WORDS[flag.value])) for flag in filters.flags_of(inquiry) if flag in _FLAG_ICONS
    ]


@register.filter
def age_words(days: int) -> str:
    """The net age of an inquiry."""
    if days == 0:
        return gettext("today")
    return ngettext("one business day", "%(days)s business days", days) % {"days": days}


@register.filter
def origin_words(origin: str) -> str:
    """How an inquiry came to the head team (CRM-7-o)."""
    return str(ORIGIN.get(origin, ""))
