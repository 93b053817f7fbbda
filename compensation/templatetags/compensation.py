"""The words and looks of claims. `{% load compensation %}`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm_portal.ui import figures
from crm_portal.ui.templatetags.portal import day, money, status_badge

from .. import labels, money_words, programme_words
from .. import review_words as words
from ..models import ClaimHistory, ReviewFinding
from ..rules.assessment import Unit
from ..rules.clocks import filing_window
from ..selectors.programmes import current

register = template.Library()
PERCENT = Decimal(100)
ADVANCE_TONE = {
    "REQUESTED": "open", "PROPOSED": "waiting", "ESCALATED": "rejected", "CONFIRMED": "work", "REFUSED": "rejected",
    "LAPSED": "closed", "PAID": "done",
}  # fmt: skip
REQUEST_TONE = {"PENDING": "waiting", "GRANTED": "done", "REFUSED": "rejected"}


@register.simple_tag
def claim_status(state: str) -> SafeString:
    """The badge of a claim's state."""
    return status_badge(words.TONE[state], str(dict(labels.CLAIM_STATE)[state]))


@register.simple_tag
def payment_status(state: str) -> SafeString:
    """The badge of a payment's state."""
    return status_badge(money_words.PAYMENT_TONE[state], str(dict(labels.PAYMENT_STATE)[state]))


@register.simple_tag
def overpayment_status(state: str) -> SafeString:
    """The badge of an overpayment's state."""
    return status_badge(money_words.OVERPAYMENT_TONE[state], str(dict(money_words.OVERPAYMENT_STATE)[state]))


@register.simple_tag
def advance_status(state: str) -> SafeString:
    """The badge of an advance's state."""
    return status_badge(ADVANCE_TONE[state], str(dict(labels.ADVANCE_STATE)[state]))


@register.simple_tag
def request_status(state: str) -> SafeString:
    """The badge of a request for more time, or for an eligibility check."""
    return status_badge(REQUEST_TONE[state], str(dict(labels.REQUEST_STATE)[state]))


@register.filter
def figure_words(key: str) -> str:
    """What a figure of the programme is called."""
    return str(programme_words.PARAMETER.get(key, key))


@register.filter
def figure_value(value: str, key: str) -> SafeString | str:
    """The value of a figure of the programme, as it is read."""
    return programme_words.shown(key, value)


@register.inclusion_tag("compensation/_opening.html")
def opening_notice() -> dict[str, Any]:
    """While the form is not open yet: from when and until when claims can be filed (CMP-8.1.1-a)."""
    programme, today = current(), timezone.localdate()
    if programme.window_opens_on <= today:
        return {}
    last_day = filing_window(programme.window_opens_on, programme).last_day
    return {"opens_on": programme.window_opens_on, "last_day": last_day}


@register.filter
def as_percent(fraction: Decimal) -> SafeString:
    """A fraction that is read as a percentage."""
    return format_html('<bdi class="num">{}%</bdi>', programme_words.percent(str(fraction)))


@register.filter
def as_money(text: str) -> SafeString | str:
    """An amount that a payment keeps as text."""
    return money(Decimal(text))


@register.filter
def as_day(text: str) -> SafeString | str:
    """A day that a payment keeps as text."""
    return day(date.fromisoformat(text))


@register.filter
def step_words(key: str) -> str:
    """The words for a step of a computation."""
    return str(labels.STEP.get(key, key))


@register.filter
def input_words(path: str) -> str:
    """The words for a figure of the inputs."""
    return words.input_words(path)


@register.filter
def reason_words(code: str) -> str:
    """The words for a code that was found."""
    return words.reason_words(str(code))


@register.filter
def clock_words(key: str) -> str:
    """The name of a statutory clock."""
    return str(words.CLOCK[key])


@register.filter
def event_words(event: str) -> str:
    """What happened to a claim."""
    return str(words.EVENT.get(event, event))


@register.filter
def finding_words(finding: ReviewFinding) -> str:
    """The words for a finding, with what it names."""
    return words.finding_words(finding.code, finding.details)


@register.filter
def event_reason(step: ClaimHistory) -> str:
    """Why something happened."""
    return words.event_reason(step.event, step.reason)


@register.filter
def tally(cells: Mapping[str, Any], track: str) -> Any:
    """The tally of a track."""
    return cells[track]


@register.filter
def location_words(row: str) -> str:
    """The words for a row of the eligibility matrix."""
    return str(dict(labels.LOCATION_ROW)[row])


@register.simple_tag
def measured(value: Decimal | None, unit: str) -> SafeString | str:
    """A step's value in its unit: an amount, a percentage, a count."""
    if value is None:
        return "–"
    if unit == Unit.ILS.value:
        return money(value)
    shown = f"{value * PERCENT:.2f}%" if unit == Unit.RATE.value else figures.number(value)
    return format_html('<bdi class="num">{}</bdi>', shown.replace("-", figures.MINUS))


@register.simple_tag
def signed(value: Decimal | None, unit: str) -> SafeString | str:
    """A difference with its sign, of rates in points of a percent; an en dash when there is none."""
    if value is None:
        return "–"
    sign = figures.MINUS if value < 0 else "+"
    size = f"{abs(value) * PERCENT:.2f}" if unit == Unit.RATE.value else figures.number(_short(abs(value)))
    words = f" {_('points')}" if unit == Unit.RATE.value else ""
    return format_html('<bdi class="num">{}{}</bdi>{}', sign, size, words)


@register.filter
def figure(value: object) -> SafeString | str:
    """A figure of the inputs with its thousands; what is no number is shown as it is."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return format_html('<bdi class="num">{}</bdi>', figures.number(_short(number)))


def _short(value: Decimal) -> Decimal:
    """Without decimals that say nothing."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@register.simple_tag
def objection_status(state: str) -> SafeString:
    """The badge of an objection's state."""
    return status_badge(words.OBJECTION_TONE[state], str(dict(labels.OBJECTION_STATE)[state]))
