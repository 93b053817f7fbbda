"""The words and fields of the claimant's pages. `{% load claimant %}`."""

import re
from datetime import datetime
from decimal import Decimal

from django import template
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm_portal.ui import figures
from crm_portal.ui.templatetags.portal import field

from .. import claim_words, labels
from ..forms.wizard.business import TownField
from ..rules.assessment import Step
from ..rules.wizard import WizardStep
from ..selectors.plain_steps import PlainStep

register = template.Library()


@register.filter
def wizard_words(step: str) -> str:
    """The name of a step."""
    return str(claim_words.STEP[WizardStep(step)])


@register.filter
def track_words(track: str) -> str:
    """The name of a track."""
    return str(dict(labels.TRACK)[track])


@register.filter
def row_words(row: str) -> str:
    """The name of a row of the matrix."""
    return str(dict(labels.LOCATION_ROW)[row])


@register.filter
def eligibility_words(cell: str) -> str:
    """What a cell of the matrix says."""
    return str(dict(labels.ELIGIBILITY)[cell])


@register.filter
def note_words(note: int) -> str:
    """A note under the matrix."""
    return str(labels.NOTE[note])


@register.filter
def document_words(document: str) -> str:
    """The name of a document of the checklist."""
    return str(dict(labels.DOCUMENT)[document])


@register.simple_tag
def regulations_prevail() -> str:
    """The banner of every page with computed results (CMP-1.13-a)."""
    return str(labels.REGULATIONS_PREVAIL)


@register.filter
def percent(rate: Decimal) -> SafeString:
    """A rate, isolated."""
    return format_html('<bdi class="num">{}%</bdi>', f"{rate * 100:.2f}".rstrip("0").rstrip("."))


@register.filter
def clock_time(at: datetime) -> str:
    """The time of day in Jerusalem."""
    return figures.clock(at)


@register.simple_tag
def formula(step: Step | PlainStep) -> str:
    """The formula with its figures in the place of their names, as the instruction's example has it."""
    values = {name: Decimal(value) for name, value in dict(step.values).items()}
    if not values:
        return step.formula
    names = "|".join(re.escape(name) for name in sorted(values, key=len, reverse=True))
    return re.sub(rf"(?<![\w'])(?:{names})(?![\w'])", lambda found: _written(values[found[0]]), step.formula)


@register.simple_tag
def step_field(bound: BoundField) -> str:
    """A field of a step as its sort wants: an amount, a town, segments, choices."""
    if isinstance(bound.field, TownField):
        return towns_field(bound)
    return field(bound, kind=getattr(bound.field, "kind", ""))


@register.simple_tag
def towns_field(bound: BoundField) -> str:
    """A town, with the towns that fit offered while somebody types."""
    return field(
        bound,
        hx_get=reverse("compensation:towns"),
        hx_trigger="input changed delay:300ms",
        hx_target="#towns",
        hx_swap="outerHTML",
        hx_vals=f'{{"field": "{bound.html_name}"}}',
        hx_params="*",
    )


def _written(value: Decimal) -> str:
    """A number as it stands in a formula."""
    if value == value.to_integral_value():
        return figures.number(int(value))
    return f"{value:,f}".rstrip("0")
