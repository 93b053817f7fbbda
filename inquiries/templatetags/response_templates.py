"""How the text of a response template looks: its placeholders by their names."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ..rules.templates import CUSTOMER_NAME, INQUIRY_NUMBER

register = template.Library()
NAMES = {CUSTOMER_NAME: _("the customer's name"), INQUIRY_NUMBER: _("the inquiry's number")}
_KNOWN = re.compile("|".join(rf"\{{{name}\}}" for name in NAMES))


@register.filter
def placeholders(text: str) -> SafeString:
    """The text, with what will be filled in marked by its name."""
    shown = str(conditional_escape(text))
    return mark_safe(  # noqa: S308 - escaped above; braces are not
        _KNOWN.sub(lambda found: format_html('<span class="placeholder">{}</span>', NAMES[found[0][1:-1]]), shown)
    )
