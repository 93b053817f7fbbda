"""A person at a browser: goes, presses, chooses, and whose browser must never complain."""

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

HEAVIEST = 150_000  # bytes of a page with everything it loads, as if nothing was cached
WEIGHT = """
["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
"""


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
        self.acts += 1
        place.click()
        self.looks()

    def chooses(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose from a list; the page may redraw a part of itself after it."""
        self.acts += 1
        (within or self.page.locator("main")).get_by_label(label, exact=True).select_option(label=option)
        self.page.wait_for_load_state("networkidle")

    def writes(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_label(label).fill(text)

    def reads(self, *texts: str) -> None:
        """Find each of these words on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def looks(self) -> None:
        """Fail when the page is inaccessible in the light or the dark, wider than the window or too heavy."""
        self.page.wait_for_load_state("networkidle")
        weight = self.page.evaluate(WEIGHT)
        assert weight < HEAVIEST, f"{self.page.url} weighs {weight} bytes"
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window, f"{self.page.url} is {wide} wide in a window of {window}"
        for theme in ("dark", "light"):
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self._assert_accessible(self.page)
        assert not self.complaints, "\n".join(self.complaints)
