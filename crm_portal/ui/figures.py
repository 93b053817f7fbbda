"""
Figures in words and digits, the same on a page, in a letter and in a message.

Signs stand directly before the digits and are the true minus; a page isolates each figure with `<bdi>`, plain text
with the isolating characters of `isolated`.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUS = "\u2212"
FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"  # isolate by content, isolate left to right, end
DAY = 24 * 3600  # a working day counts whole


def isolated(text: str) -> str:
    """A figure or identifier that stays in its order inside plain Hebrew text (mail, SMS)."""
    return f"{LRI}{text}{PDI}"


def number(value: int | float | Decimal) -> str:
    """Thousands with commas: `−1,284`."""
    return f"{value:,}".replace("-", MINUS)


def money(value: Decimal | int) -> str:
    """`₪ −65,862`; agorot only where there are any."""
    amount = Decimal(value)
    shown = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"₪\u00a0{shown.replace('-', MINUS)}"


def day(value: date | datetime) -> str:
    """`12.02.2024`, by the calendar of Jerusalem."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local:%d.%m.%Y}"


def clock(value: datetime) -> str:
    """`08:12` in Jerusalem."""
    return f"{timezone.localtime(value):%H:%M}"


def duration(value: timedelta) -> str:
    """Business time in words, the two largest units: `4 business days and 3 hours`."""
    seconds = max(int(value.total_seconds()), 0)
    days, hours, minutes = seconds // DAY, seconds % DAY // 3600, seconds % 3600 // 60
    parts = []
    if days:
        parts.append(ngettext("%(n)s business day", "%(n)s business days", days) % {"n": number(days)})
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if not days and (minutes or not hours):
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    if len(parts) == 1:
        return parts[0]
    first, second = parts
    if second[0].isdigit():  # Hebrew joins a word directly and a figure with a hyphen
        return _("%(words)s and %(figure)s") % {"words": first, "figure": second}
    return _("%(words)s and %(more)s") % {"words": first, "more": second}


def size(octets: int) -> str:
    """`184 KB`, `2.1 MB`."""
    if octets < 1024 * 1024:
        return f"{max(round(octets / 1024), 1)} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


def initials(name: str) -> str:
    """The first letters of the first two words of a name: `מזרחי ענת` gives `מע`."""
    return "".join(word[0] for word in name.split()[:2])
