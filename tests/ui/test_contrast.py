"""Every pair of colours that the style sheet puts together can be told apart (WCAG 2.2: text 4.5:1, marks 3:1)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "portal" / "css"
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)",
        (CSS / "tokens.css").read_text(encoding="utf-8"),
    )
}
TEXT, MARK = 4.5, 3.0
PAIRS = [
    *[(fg, bg, TEXT) for fg in ("text", "text-2", "text-3") for bg in ("bg", "surface", "surface-2", "accent-soft")],
    ("text", "surface-3", TEXT),
    ("text-2", "surface-3", TEXT),
    *[("accent", bg, TEXT) for bg in ("bg", "surface", "surface-2", "accent-soft")],
    *[("on-accent", bg, TEXT) for bg in ("accent-solid", "accent-solid-hover")],
    *[(fg, bg, TEXT) for fg in ("on-ink", "on-ink-2") for bg in ("ink", "ink-field")],
    *[(f"{tone}-fg", bg, TEXT) for tone in ("ok", "warn", "bad", "info", "new", "move", "mute")
      for bg in (f"{tone}-bg", "surface")],
    *[(f"{tone}-mark", "surface", MARK) for tone in ("ok", "warn", "bad", "info", "new", "move", "mute")],
    ("warn-fg", "accent-soft", TEXT),
    ("bad-fg", "accent-soft", TEXT),
    ("bad-fg", "warn-bg", TEXT),
    ("text", "warn-bg", TEXT),
    ("surface", "new-fg", TEXT),  # the unread number
    *[("line-strong", bg, MARK) for bg in ("surface", "bg")],
    *[("focus", bg, MARK) for bg in ("bg", "surface", "surface-2", "accent-soft")],
    *[("heat-text-low", f"heat-{step}", TEXT) for step in (0, 1)],
    *[("heat-text-mid", f"heat-{step}", TEXT) for step in (2, 3)],
    *[("heat-text-high", f"heat-{step}", TEXT) for step in (4, 5)],
]  # fmt: skip


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("foreground", "background", "least"), PAIRS, ids=str)
def test_colours_that_meet_can_be_told_apart(foreground, background, least, theme):
    assert ratio(TOKENS[foreground][theme], TOKENS[background][theme]) >= least


def test_every_colour_used_is_a_token_that_exists():
    defined = set()
    used = set()
    for sheet in CSS.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        defined |= set(re.findall(r"--([\w-]+)\s*:", text))
        used |= set(re.findall(r"var\(--([\w-]+)\)", text))  # those with a fall-back may be missing

    assert used - defined == set()


def test_the_style_sheets_know_no_left_and_right_but_where_figures_need_it():
    physical = re.compile(r"(?<![\w-])(margin|padding|border)-(left|right)\b|float\s*:")

    assert [s.name for s in CSS.glob("*.css") if physical.search(s.read_text(encoding="utf-8"))] == []
