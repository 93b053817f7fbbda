"""A person at a browser: goes, presses, chooses, and whose browser must never complain."""

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

HEAVIEST = 150_000  # bytes of a page with everything it loads, as if nothing was cached
LOADED = """
["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize])
"""
UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling"


@cache
def squeezed(static: str) -> int:
    """The size of a static file as the portal sends it, compressed when it was collected."""
    path = finders.find(static.removeprefix(settings.STATIC_URL))
    return len(gzip.compress(Path(str(path)).read_bytes()))


class Visitor:
    """Counts what is pressed and chosen, and looks at each page that opens."""

    def __init__(self, page: Page, assert_accessible: Callable[[Page], None]) -> None:
        self.page = page
        self.acts = 0
        self.complaints: list[str] = []
        self._assert_accessible = assert_accessible
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused form answers 422, which the browser reports as an error of its own.
        if message.type in ("error", "warning") and "status of 422" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def goes(self, address: str) -> None:
        self.page.goto(address)
        self.looks()

    def presses(self, name: str, within: Locator | None = None) -> None:
        """Press the one button of this name, and look at the page that comes."""
        self.clicks((within or self.page.locator("main, dialog")).get_by_role("button", name=name, exact=True))

    def follows(self, name: str) -> None:
        """Follow the one link of this name."""
        self.clicks(self.page.locator("main").get_by_role("link", name=name))

    def clicks(self, place: Locator) -> None:
        """Click what leads to another page, and look at that one."""
        self.acts += 1
        with self.page.expect_navigation():
            place.click()
        self.looks()

    def chooses(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose from a list by which the page redraws a part of itself."""
        self.acts += 1
        with self.page.expect_response("**"):
            (within or self.page.locator("main")).get_by_label(label).select_option(label=option)
        expect(self.page.locator(UNSETTLED)).to_have_count(0)

    def writes(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_label(label).fill(text)

    def reads(self, *texts: str) -> None:
        """Find each of these words on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def looks(self) -> None:
        """Fail when the page is inaccessible in the light or the dark, wider than the window or too heavy."""
        self.page.wait_for_load_state("networkidle")
        weight = sum(
            squeezed(path) if path.startswith(settings.STATIC_URL) else size
            for path, size in self.page.evaluate(LOADED)
        )
        assert weight < HEAVIEST, f"{self.page.url} weighs {weight} bytes"
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window, f"{self.page.url} is {wide} wide in a window of {window}"
        for theme in ("dark", "light"):
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self._assert_accessible(self.page)
        assert not self.complaints, "\n".join(self.complaints)
