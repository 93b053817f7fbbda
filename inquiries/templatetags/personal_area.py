"""How an inquiry's status looks to its inquirer."""

from django import template

from crm_portal.ui.templatetags.portal import status_badge

from .. import labels

register = template.Library()
_WORDS = dict(labels.STATUS)


@register.simple_tag
def inquiry_status(code: str) -> str:
    """The status with its glyph, colour and label."""
    return str(status_badge(labels.STATUS_LOOK.get(code, "open"), status_words(code)))


@register.simple_tag
def status_words(code: str) -> str:
    """The label of a status."""
    return str(_WORDS.get(code, code))


@register.filter
def status_look(code: str) -> str:
    """The style sheet's name of a status."""
    return labels.STATUS_LOOK.get(code, "open")
