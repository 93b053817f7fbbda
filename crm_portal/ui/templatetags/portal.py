"""The components of `static/portal`: icons, figures, fields, pagers. `{% load portal %}`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm_portal.people.phones import national

from .. import figures

register = template.Library()

MIRRORED = frozenset({"next", "prev", "assign", "release", "exit", "in", "out", "send", "refresh", "convert"})
TYPED_LEFT_TO_RIGHT = (forms.EmailInput, forms.NumberInput, forms.URLInput)
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "input input--file"),
    (forms.Widget, "input"),
)


def _num(text: str) -> SafeString:
    return format_html('<bdi class="num">{}</bdi>', text)


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon of the sprite. With a label it is spoken, else it is decoration beside words."""
    classes = " ".join(filter(None, ["i", "i-dir" if name in MIRRORED else "", extra]))
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 20 20" {} focusable="false"><use href="{}#i-{}"/></svg>',
        classes, spoken, static("portal/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def status_badge(tone: str, label: str) -> SafeString:
    """A status by colour, glyph and words; tones are those of the style sheet (`team`, `work`, `waiting` ...)."""
    return format_html(
        '<span class="status" data-status="{}"><svg viewBox="0 0 14 14" aria-hidden="true"{}>'
        '<use href="{}#s-{}"/></svg>{}</span>',
        tone, SafeString(' class="i-dir"') if tone == "moved" else "", static("portal/icons.svg"), tone, label,
    )  # fmt: skip


@register.simple_tag
def avatar(name: object, extra: str = "") -> SafeString:
    """The initials of somebody whose name stands beside; `extra`: "me", "lg" or both."""
    classes = " ".join(["avatar", *(f"avatar--{word}" for word in extra.split())])
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, figures.initials(str(name)))


@register.filter
def num(value: int | float | Decimal | None) -> SafeString | str:
    """A number, isolated."""
    return "" if value is None or value == "" else _num(figures.number(value))


@register.filter
def ident(value: object) -> SafeString | str:
    """An identifier, telephone, file name or other Latin text, isolated and left to right."""
    return "" if value is None or value == "" else _num(str(value))


@register.filter
def phone(number: str) -> SafeString | str:
    """A telephone number as it is written in Israel, isolated and left to right."""
    return _num(national(number)) if number else ""


@register.filter
def money(value: Decimal | int | None) -> SafeString | str:
    """An amount in shekels, isolated."""
    return "" if value is None or value == "" else _num(figures.money(value))


@register.filter
def instant(value: datetime | None) -> SafeString | str:
    """Day and time, `היום` for today; the machine-readable instant with it."""
    if not value:
        return ""
    today = timezone.localdate(value) == timezone.localdate()
    shown = _("today") if today else _num(figures.day(value))
    return format_html('<time datetime="{}">{} · {}</time>', value.isoformat(), shown, _num(figures.clock(value)))


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A day, with its machine-readable form."""
    if not value:
        return ""
    local = timezone.localdate(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), _num(figures.day(value)))


@register.filter
def duration(value: timedelta | None) -> str:
    """Business time in words."""
    return "" if value is None else figures.duration(value)


@register.filter
def size(value: int | None) -> SafeString | str:
    """The size of a file."""
    return "" if value is None else _num(figures.size(value))


def _widget_attributes(bound: BoundField, extra: Mapping[str, Any]) -> dict[str, Any]:
    widget = bound.field.widget
    named = next(name for kind, name in CLASSES if isinstance(widget, kind))
    left_to_right = isinstance(widget, TYPED_LEFT_TO_RIGHT) or widget.attrs.get("dir") == "ltr"
    attributes: dict[str, Any] = {
        "class": " ".join(filter(None, [named, "num" if left_to_right else "", widget.attrs.get("class", "")]))
    }
    if left_to_right:
        attributes["dir"] = "ltr"
    if getattr(bound.field, "must_be_filled", False) and not isinstance(widget, forms.RadioSelect):
        attributes["required"] = True
    attributes |= {name.replace("_", "-"): value for name, value in extra.items()}
    return {name: value for name, value in attributes.items() if value not in ("", None, False)}


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.simple_tag
def field(
    bound: BoundField, label: str = "", hint: str = "", kind: str = "", optional: bool = False, **extra: Any
) -> str:
    """
    One field with its label, the hint above the control, the error below, all named to assistive technology.

    `kind`: "money" for an amount, "segments" for a few short choices. Further arguments become attributes of the
    control: `hx_get=url` is `hx-get`. `optional=True` writes "(optional)" beside the label. A form field marked
    `must_be_filled` is shown as mandatory although only the service demands it.
    """
    if bound.is_hidden:
        return str(bound)
    shown = kind or _kind(bound)
    hint_id, error_id = f"{bound.auto_id}_helptext", f"{bound.auto_id}_error"
    hint = hint or str(bound.help_text)
    described = " ".join(
        filter(None, [extra.pop("aria_describedby", ""), hint_id if hint else "", error_id if bound.errors else ""])
    )
    attributes = _widget_attributes(bound, {**extra, "aria_describedby": described if shown != "choices" else ""})
    context = {
        "field": bound,
        "label": label or bound.label,
        "hint": hint,
        "kind": shown,
        "optional": optional,
        "required": bound.field.required or getattr(bound.field, "must_be_filled", False),
        "hint_id": hint_id,
        "error_id": error_id,
        "described": described,
        "control": bound.as_widget(attrs=attributes) if shown not in ("choices", "segments") else "",
    }
    return render_to_string("portal/components/field.html", context)


@register.inclusion_tag("portal/components/error_summary.html")
def error_summary(form: forms.BaseForm, title: str = "") -> dict[str, Any]:
    """What is wrong, first in the form, each line a link to its field; takes the focus after a failed submit."""
    lines = [("", "", error) for error in form.non_field_errors()] if form.is_bound else []
    for bound in form if form.is_bound else ():
        target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
        lines += [(target, str(bound.label), error) for error in bound.errors]
    return {"lines": lines, "title": title}


@register.inclusion_tag("portal/components/pager.html", takes_context=True)
def pager(
    context: template.Context, previous: str | None = "", following: str | None = "", text: str = ""
) -> dict[str, Any]:
    """Before and after in a keyset list: the cursors of the neighbouring pages, empty where there is none."""
    return {"request": context.get("request"), "previous": previous, "following": following, "text": text}
