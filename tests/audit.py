"""Looking a page over in a real Chromium: axe with all its rules, and whether anything sticks out sideways."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.axe import look_over
from tests.chromium import window

# Everything axe knows but what asks for AAA: 7:1 contrast would leave no secondary text.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice", "experimental")
# Axe would otherwise fetch every stylesheet again.
OPTIONS = {"preload": False, "resultTypes": ["violations"], "runOnly": TAGS}
WIDE, PHONE = 1440, 360
MOST = 12_000  # pixels of height that a window can have
# Its language, and which elements of which classes there are in the page.
MAKE = """document.documentElement.lang + [...new Set([...document.querySelectorAll("body *:not(svg *)")].map(
  (each) => `${each.tagName}.${each.getAttribute("class") ?? ""}`))].sort().join()"""
# 1280 pixels wide at 200 and at 400 per cent.
ZOOMED = (640, 320)


@dataclass
class Auditor:
    """One window of one browser; whoever looks brings a session cookie instead of signing in."""

    page: Page
    url: str
    looked_at: list[str] = field(default_factory=list)
    makes: set[str] = field(default_factory=set)
    layouts: set[str] = field(default_factory=set)
    looks: set[int] = field(default_factory=set)

    def be(self, client: Client | None) -> None:
        """Take on the session of a test client, or none."""
        context = self.page.context
        context.clear_cookies()
        if client and settings.SESSION_COOKIE_NAME in client.cookies:
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}])

    def complaints(self, path: str, status: int = 200) -> list[str]:
        """Everything that is wrong with one page.

        Axe goes over every make of page, on a phone and at a desk: where two pages of one language consist of the
        same elements and classes, only their words differ. Whether anything sticks out is asked of every page.
        """
        return self._open(path, status) or [*self._made(path), *self._narrow(path), *self._dark(path)]

    def sticking_out(self, path: str) -> list[str]:
        """Only whether the page answers and fits: for one that is made like others, which axe has gone over."""
        return self._open(path, 200) or list(self._narrow(path))

    def _open(self, path: str, status: int) -> list[str]:
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        answer = self.page.goto(path, wait_until="load")
        if answer is None or answer.status != status:
            return [f"{path} answered {answer.status if answer else 'nothing'}"]
        self.looked_at.append(path)
        return []

    def _made(self, path: str) -> Iterator[str]:
        """Axe, where no page of this make was looked at before."""
        make = self.page.evaluate(MAKE)
        if make in self.makes:
            return
        self.makes.add(make)
        for width in (WIDE, PHONE):
            self.page.set_viewport_size({"width": width, "height": 740})
            yield from self._axe(path, width)

    def _narrow(self, path: str) -> Iterator[str]:
        for width in ZOOMED:
            self.page.set_viewport_size({"width": width, "height": 640})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{path} is {wide} px wide in a window of {width}"

    def _dark(self, path: str) -> Iterator[str]:
        """The first page of each layout by night."""
        layout = self.page.evaluate("document.body.className")
        if layout in self.layouts:
            return
        self.layouts.add(layout)
        self.page.emulate_media(color_scheme="dark")
        for width in (PHONE, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            yield from self._axe(f"{path} by night", width)
        self.page.emulate_media(color_scheme="light")

    def _axe(self, path: str, width: int) -> Iterator[str]:
        """Axe over the whole length of the page: a bar that sticks to the window's edge covers nothing for good."""
        tall = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": min(tall, MOST)})
        for rule, element in look_over(self.page, OPTIONS, self.looks):
            yield f"{path} at {width}: {rule}: {element}"


@contextmanager
def auditor(browser: Browser, url: str) -> Iterator[Auditor]:
    """A window to look pages over with."""
    with window(browser, url, width=WIDE) as context:
        yield Auditor(context.new_page(), url)


def all_complaints(auditor: Auditor, paths: Iterable[str], status: int = 200) -> list[str]:
    """What is wrong with any of these pages."""
    return [complaint for path in paths for complaint in auditor.complaints(path, status)]
