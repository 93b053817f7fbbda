"""The words of a dashboard: its figures, their changes, its periods. Presenting only."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..selectors.figures import Figure

register = template.Library()

_FIGURES = {
    "open": _("Open inquiries"),
    "over": _("Past their target"),
    "arrived": _("Arrived in seven days"),
    "handled": _("Handled, of the last 30 days'"),
    "waiting": _("Waiting for my team"),
    "mine": _("My inquiries"),
    "queue": _("Head team's queue"),
}
_GOOD_WHEN_FALLING = frozenset({"open", "over"})
_PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "365": _("a year")}


@register.filter
def figure_words(figure: Figure) -> str:
    return str(_FIGURES[figure.key])


@register.filter
def period_words(days: str) -> str:
    return str(_PERIODS[days])


@register.simple_tag
def change(figure: Figure) -> SafeString | str:
    """What changed, in words; a sign, and a colour only where a direction is good or bad."""
    if figure.change is None:
        return gettext("nothing to compare with yet")
    if figure.key in ("waiting", "mine", "queue"):
        return ngettext("one came today", "%(n)s came today", figure.change) % {"n": figure.change}
    if figure.key == "over":
        return ngettext("one more this week", "%(n)s more this week", figure.change) % {"n": figure.change}
    against = {
        "open": gettext("than a week ago"),
        "arrived": gettext("than the week before"),
        "handled": gettext("points against the 30 days before"),
    }[figure.key]
    if not figure.change:
        return gettext("no change")
    return format_html(
        '<b class="{}"><bdi class="num">{}{}</bdi></b> {}',
        _tone(figure.key, figure.change), "+" if figure.change > 0 else "\u2212", abs(figure.change), against,
    )  # fmt: skip


def _tone(key: str, change: int) -> str:
    if key == "arrived":
        return ""
    direction = "up" if change > 0 else "down"
    is_good = (change < 0) == (key in _GOOD_WHEN_FALLING)
    return f"{direction}-{'good' if is_good else 'bad'}"


@register.simple_tag(takes_context=True)
def sort_query(context: Context, key: str, order: str) -> str:
    """The dashboard's address with one of its lists sorted otherwise."""
    params: Any = context["request"].GET.copy()
    params[f"sort_{key}"] = order
    return f"?{params.urlencode()}"
