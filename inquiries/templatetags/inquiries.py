"""How inquiries look: a status, a meter, a duration. Presenting only."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm_portal.people.labels import POA_LIMITED_TOPIC, POA_SOURCE, ROLE
from crm_portal.people.models import Customer, User
from crm_portal.people.rules.roles import CustomerKind
from crm_portal.ui.templatetags.portal import status_badge

from .. import labels
from ..models import Inquiry, Message, StatusHistory
from ..rules.codes import Side
from ..rules.representation import SECTION_60
from ..selectors.meters import DAY, Meter, Sla
from ..selectors.pages import Order
from ..selectors.timelines import Segment

register = template.Library()

_WORDS = dict(labels.STATUS)


@register.simple_tag
def status(code: str) -> str:
    """Show a status with its glyph, colour and label."""
    return str(status_badge(look(code), str(_WORDS.get(code, code))))


@register.filter
def look(code: str) -> str:
    """The style sheet's name of a status."""
    return labels.STATUS_LOOK.get(code, "open")


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """One value of a mapping."""
    return mapping.get(key, "")


@register.inclusion_tag("inquiries/_meter.html")
def meter(meter: Meter) -> dict[str, Any]:
    """Show how near an inquiry is to its target, in a bar and in words."""
    return {"meter": meter, "words": left_in_words(meter)}


def left_in_words(meter: Meter) -> str:
    """Say how much business time is left, or by how much the target was passed."""
    if meter.state == Sla.NONE:
        return ""
    if meter.state == Sla.PAUSED:
        return gettext("The clock is stopped")
    if meter.state == Sla.OVER:
        if meter.days == 2:
            return gettext("Two days over")
        return ngettext("One day over", "%(days)s days over", meter.days) % {"days": meter.days}
    if meter.left < DAY:
        if meter.hours < 1:
            return gettext("Less than an hour left")
        return ngettext("One hour left", "%(hours)s hours left", meter.hours) % {"hours": meter.hours}
    if meter.days == 2:
        return gettext("Two days left")
    return ngettext("One day left", "%(days)s days left", meter.days) % {"days": meter.days}


@register.filter
def business_days(length: timedelta) -> str:
    """Business time as days with one decimal: 2.1."""
    return f"{length / DAY:.1f}"


@register.filter
def in_words(length: timedelta | None) -> str:
    """A length of time in the largest unit that says something: days, hours or minutes."""
    if length is None:
        return ""
    if length >= DAY:
        days = f"{length / DAY:.1f}".removesuffix(".0")
        return gettext("one day") if days == "1" else gettext("%(days)s days") % {"days": days}
    if length >= timedelta(hours=1):
        hours = f"{length / timedelta(hours=1):.1f}".removesuffix(".0")
        return gettext("one hour") if hours == "1" else gettext("%(hours)s hours") % {"hours": hours}
    minutes = length // timedelta(minutes=1)
    return ngettext("one minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}


# Columns of the age chart: six of them, drawn in a field 94 high with room for the number above.
_BASE, _ROOM = 94, 78


@register.simple_tag
def column(place: int, inset: float) -> str:
    """Where the n-th of six columns stands."""
    return f"{place * 100 / 6 + inset:.2f}%"


@register.simple_tag
def bar_height(size: float) -> str:
    return f"{size * _ROOM / 100:.1f}"


@register.simple_tag
def bar_top(size: float) -> str:
    return f"{_BASE - size * _ROOM / 100:.1f}"


@register.simple_tag
def bar_label(size: float) -> str:
    return f"{_BASE - 5 - size * _ROOM / 100:.1f}"


COLUMNS = {
    "customer": _("Customer"),
    "number": _("Inquiry number"),
    "triplet": _("Triplet"),
    "status": _("Status"),
    "team": _("Handling team"),
    "owner": _("Employee"),
    "left": _("Time left"),
    "opened": _("Opened"),
    "updated": _("Last update"),
    "waiting": _("Waiting since"),
    "messages": _("Messages"),
    "reason": _("Why it is here"),
    "flags": _("Marks"),
    "more": _("More filters"),
}
_ID_KINDS = {
    CustomerKind.PERSON.value: _("ID no."),
    CustomerKind.COMPANY.value: _("Company no."),
    CustomerKind.FOREIGN.value: _("Foreign no."),
}


@register.filter
def column_name(column: str) -> str:
    return str(COLUMNS[column])


@register.filter
def id_kind(customer: Customer) -> str:
    """What the customer's number is."""
    return str(_ID_KINDS[customer.kind])


@register.filter
def sort_by(order: Order, column: str) -> str:
    """The sort that a click on a column's heading gives: this column, or the other direction."""
    return str(Order(column, descending=order.column == column and not order.descending))


@register.filter
def in_list(address: str, key: str) -> str:
    """A list's address, short enough to travel with each of its links: the view's key and what follows the `?`."""
    return quote(f"{key}?{address.partition('?')[2]}".removesuffix("?"), safe="")


_ROLES = {str(code): words for code, words in ROLE}


@register.filter
def status_words(code: str) -> str:
    """The label of a status."""
    return str(_WORDS.get(code, code))


@register.filter
def role_words(codes: str) -> str:
    """The roles in which somebody did a step, as the history keeps them: codes with commas."""
    return ", ".join(str(_ROLES.get(code, code)) for code in codes.split(","))


@register.filter
def file_type(code: str) -> str:
    """What the numbers of income-tax files mean, where the instruction says (2.2)."""
    return str(_FILE_TYPES.get(code, code))


@register.filter
def call_length(length: timedelta) -> str:
    """The length of a recorded call: minutes and seconds."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02d}"


@register.filter
def grant_state(code: str) -> str:
    """What became of a work grant, in the register's own word where there is no other."""
    return str(_GRANT_STATES.get(code, code))


_GRANT_STATES = {"paid": _("Paid"), "refused": _("Refused"), "pending": _("In examination")}
_FILE_TYPES = {
    "91": _("91 - tax refunds of employees"),
    "10": _("10 - closed self-employed, no balance"),
    "95": _("95 - rent tax, or no file"),
}


@register.simple_tag
def clock_words(meter: Meter) -> str:
    """The large figure of a record's clock: business days left, or over; on the last day hours."""
    if meter.state == Sla.PAUSED:
        return gettext("The clock is stopped")
    is_over = meter.state == Sla.OVER
    if meter.left < timedelta(hours=1):
        words = gettext("Less than an hour over") if is_over else gettext("Less than an hour left")
        return format_html("<b>{}</b>", words)
    if meter.left < DAY:
        figure, n = str(meter.hours), meter.hours
        words = ngettext("hour over", "hours over", n) if is_over else ngettext("hour left", "hours left", n)
    else:
        figure = f"{meter.left / DAY:.1f}"
        words = gettext("business days over") if is_over else gettext("business days left")
    return format_html('<b class="num">{}</b> {}', figure, words)


@register.simple_tag
def segment_words(segment: Segment) -> str:
    """One stretch of the rail, spoken."""
    words = {"status": status_words(segment.line.step.to_status), "length": in_words(segment.length)}
    if segment.line.stands_still:
        return gettext("%(status)s: %(length)s, not counted") % words
    return gettext("%(status)s: %(length)s") % words


@register.simple_tag
def history_changes(step: StatusHistory) -> list[tuple[str, str, str]]:
    """What a step changed, each with its words before and after."""
    pairs = (
        (gettext("Status"), status_words(step.from_status) if step.from_status else "", status_words(step.to_status)),
        (gettext("Employee"), _person(step.from_owner), _person(step.to_owner)),
        (gettext("Handling team"), str(step.from_team or ""), str(step.to_team or "")),
        (gettext("Triplet"), str(step.from_triplet or ""), str(step.to_triplet or "")),
    )
    return [(label, was, became) for label, was, became in pairs if was != became]


def _person(user: User | None) -> str:
    return str(user) if user is not None else gettext("The team")


@register.simple_tag
def snapshot(kept: dict[str, Any]) -> dict[str, Any]:
    """The representation as it was found at opening, made ready to be shown (CRM-2.2.1-e)."""
    instants = {name: datetime.fromisoformat(kept[name]) for name in ("checked_at",) if kept.get(name)}
    days = {name: date.fromisoformat(kept[name]) for name in ("valid_from", "valid_until") if kept.get(name)}
    topic = dict(POA_LIMITED_TOPIC).get(kept.get("limited_topic", ""), "")
    words = {"source": source_words(kept), "topic": topic, "assessment": kept.get("assessment", "")}
    return {**words, **instants, **days}


def source_words(kept: dict[str, Any]) -> str:
    """Where a representation was found."""
    return str(_SOURCES.get(kept.get("source", ""), ""))


_SOURCES = {**dict(POA_SOURCE), SECTION_60: _("Section-60 representative")}


@register.simple_tag
def inquiry_flags(inquiry: Inquiry) -> list[str]:
    """What is to be noticed about an inquiry, in words (CRM-4.1-a)."""
    decision = inquiry.routing_decision
    marks = (
        (inquiry.has_many_messages, gettext("Many messages")),
        (inquiry.customer_id is None, gettext("Not identified")),
        (inquiry.is_own_name and bool(inquiry.concerns_client), gettext("In his own name, about a client")),
        (inquiry.closed_with_wrong_triplet, gettext("Closed with an incorrect triplet")),
        (decision is not None and decision.is_fallback, gettext("Routed to the head team for want of another")),
    )
    return [words for holds, words in marks if holds]


@register.simple_tag
def last_reply(messages: Sequence[Message]) -> Message | None:
    """The employee's latest words to the customer."""
    return next((message for message in reversed(messages) if message.side == Side.EMPLOYEE.value), None)


@register.simple_tag
def representation_words(snapshot: dict[str, Any]) -> str:
    """The representation in one line."""
    source = source_words(snapshot)
    until = snapshot.get("valid_until")
    return format_html("{}{}", source, gettext(", valid until %(day)s") % {"day": until} if until else "")
